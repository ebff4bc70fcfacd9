#include "clips/clipstate.h"

namespace earmark {

using namespace Qt::StringLiterals;

QLatin1StringView word(ClipState state)
{
    switch (state) {
    case ClipState::Absent:
        return "absent"_L1;
    case ClipState::Queued:
        return "queued"_L1;
    case ClipState::Fetching:
        return "fetching"_L1;
    case ClipState::Formatting:
        return "formatting"_L1;
    case ClipState::Ready:
        return "ready"_L1;
    case ClipState::Short:
        return "short"_L1;
    case ClipState::Failed:
        return "failed"_L1;
    case ClipState::Missing:
        return "missing"_L1;
    case ClipState::Damaged:
        return "damaged"_L1;
    }
    return "absent"_L1;
}

QLatin1StringView word(FailureClass failure)
{
    switch (failure) {
    case FailureClass::None:
        return "none"_L1;
    case FailureClass::RateLimit:
        return "rate-limit"_L1;
    case FailureClass::Permanent:
        return "permanent"_L1;
    case FailureClass::Conditional:
        return "conditional"_L1;
    case FailureClass::Later:
        return "later"_L1;
    case FailureClass::Transient:
        return "transient"_L1;
    case FailureClass::Environment:
        return "environment"_L1;
    case FailureClass::BadMedia:
        return "bad-media"_L1;
    case FailureClass::Unknown:
        return "unknown"_L1;
    }
    return "unknown"_L1;
}

QLatin1StringView word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Undecided:
        return "undecided"_L1;
    case Verdict::Keep:
        return "keep"_L1;
    case Verdict::Reject:
        return "reject"_L1;
    }
    return "undecided"_L1;
}

QLatin1StringView word(ClipMark mark)
{
    switch (mark) {
    case ClipMark::Flagged:
        return "flagged"_L1;
    case ClipMark::Doubted:
        return "doubted"_L1;
    case ClipMark::Noted:
        return "noted"_L1;
    case ClipMark::Duplicate:
        return "duplicate"_L1;
    }
    return "flagged"_L1;
}

namespace {

template <typename Value, std::size_t count>
std::optional<Value> fromWord(const std::array<Value, count> &all, QStringView text)
{
    for (const Value value : all) {
        if (text.compare(word(value), Qt::CaseInsensitive) == 0)
            return value;
    }
    return std::nullopt;
}

} // namespace

std::optional<ClipState> clipStateFromNumber(qint64 number)
{
    static_assert(static_cast<std::size_t>(AllClipStates.back()) + 1 == AllClipStates.size());
    if (number < 0 || number >= std::ssize(AllClipStates))
        return std::nullopt;
    return static_cast<ClipState>(number);
}

std::optional<ClipState> clipStateFromWord(QStringView text)
{
    return fromWord(AllClipStates, text);
}

std::optional<FailureClass> failureClassFromWord(QStringView text)
{
    return fromWord(AllFailureClasses, text);
}

std::optional<Verdict> verdictFromWord(QStringView text)
{
    return fromWord(AllVerdicts, text);
}

ClipMarks clipMarkFromWord(QStringView text)
{
    const auto mark = fromWord(AllClipMarks, text);
    return mark ? static_cast<ClipMarks>(*mark) : ClipMarks(0);
}

} // namespace earmark
