#include "clips/clipstate.h"

#include "base/enumwords.h"

namespace earmark {

namespace {

constexpr std::array StateWords{
    EnumWord{ClipState::Absent, "absent"},     EnumWord{ClipState::Queued, "queued"},
    EnumWord{ClipState::Fetching, "fetching"}, EnumWord{ClipState::Formatting, "formatting"},
    EnumWord{ClipState::Ready, "ready"},       EnumWord{ClipState::Short, "short"},
    EnumWord{ClipState::Failed, "failed"},     EnumWord{ClipState::Missing, "missing"},
    EnumWord{ClipState::Damaged, "damaged"},
};
constexpr std::array FailureWords{
    EnumWord{FailureClass::RateLimit, "rate-limit"},    EnumWord{FailureClass::Permanent, "permanent"},
    EnumWord{FailureClass::Conditional, "conditional"}, EnumWord{FailureClass::Later, "later"},
    EnumWord{FailureClass::Transient, "transient"},     EnumWord{FailureClass::Environment, "environment"},
    EnumWord{FailureClass::BadMedia, "bad-media"},      EnumWord{FailureClass::Unknown, "unknown"},
};
constexpr std::array VerdictWords{
    EnumWord{Verdict::Undecided, "undecided"},
    EnumWord{Verdict::Keep, "keep"},
    EnumWord{Verdict::Reject, "reject"},
};
constexpr std::array MarkWords{
    EnumWord{ClipMark::Flagged, "flagged"},
    EnumWord{ClipMark::Doubted, "doubted"},
    EnumWord{ClipMark::Noted, "noted"},
    EnumWord{ClipMark::Duplicate, "duplicate"},
};

} // namespace

QLatin1StringView word(ClipState state)
{
    return wordOf(StateWords, state);
}

QLatin1StringView word(FailureClass failure)
{
    // No failure has a word, but is nothing to ask for.
    return failure == FailureClass::None ? QLatin1StringView("none") : wordOf(FailureWords, failure);
}

QLatin1StringView word(Verdict verdict)
{
    return wordOf(VerdictWords, verdict);
}

QLatin1StringView word(ClipMark mark)
{
    return wordOf(MarkWords, mark);
}

std::optional<ClipState> clipStateFromNumber(qint64 number)
{
    static_assert(static_cast<std::size_t>(AllClipStates.back()) + 1 == AllClipStates.size());
    if (number < 0 || number >= std::ssize(AllClipStates))
        return std::nullopt;
    return static_cast<ClipState>(number);
}

std::optional<ClipState> clipStateFromWord(QStringView text)
{
    return fromWord(StateWords, text, Qt::CaseInsensitive);
}

std::optional<FailureClass> failureClassFromWord(QStringView text)
{
    return fromWord(FailureWords, text, Qt::CaseInsensitive);
}

std::optional<Verdict> verdictFromWord(QStringView text)
{
    return fromWord(VerdictWords, text, Qt::CaseInsensitive);
}

ClipMarks clipMarkFromWord(QStringView text)
{
    const auto mark = fromWord(MarkWords, text, Qt::CaseInsensitive);
    return mark ? static_cast<ClipMarks>(*mark) : ClipMarks(0);
}

} // namespace earmark
