#include "clips/clipstate.h"

#include "base/enumkeywords.h"

namespace earmark {

namespace {

constexpr std::array StateKeywords{
    EnumKeyword{ClipState::Absent, "absent"},     EnumKeyword{ClipState::Queued, "queued"},
    EnumKeyword{ClipState::Fetching, "fetching"}, EnumKeyword{ClipState::Formatting, "formatting"},
    EnumKeyword{ClipState::Ready, "ready"},       EnumKeyword{ClipState::Short, "short"},
    EnumKeyword{ClipState::Failed, "failed"},     EnumKeyword{ClipState::Missing, "missing"},
    EnumKeyword{ClipState::Damaged, "damaged"},
};
constexpr std::array FailureKeywords{
    EnumKeyword{FailureClass::RateLimit, "rate-limit"},
    EnumKeyword{FailureClass::Permanent, "permanent"},
    EnumKeyword{FailureClass::Conditional, "conditional"},
    EnumKeyword{FailureClass::Later, "later"},
    EnumKeyword{FailureClass::Transient, "transient"},
    EnumKeyword{FailureClass::Environment, "environment"},
    EnumKeyword{FailureClass::BadMedia, "bad-media"},
    EnumKeyword{FailureClass::Unknown, "unknown"},
};
constexpr std::array VerdictKeywords{
    EnumKeyword{Verdict::Undecided, "undecided"},
    EnumKeyword{Verdict::Keep, "keep"},
    EnumKeyword{Verdict::Reject, "reject"},
};
constexpr std::array MarkKeywords{
    EnumKeyword{ClipMark::Flagged, "flagged"},
    EnumKeyword{ClipMark::Doubted, "doubted"},
    EnumKeyword{ClipMark::Noted, "noted"},
    EnumKeyword{ClipMark::Duplicate, "duplicate"},
};

} // namespace

QLatin1StringView keyword(ClipState state)
{
    return keywordOf(StateKeywords, state);
}

QLatin1StringView keyword(FailureClass failure)
{
    // No failure has a word, but is nothing to ask for.
    return failure == FailureClass::None ? QLatin1StringView("none") : keywordOf(FailureKeywords, failure);
}

QLatin1StringView keyword(Verdict verdict)
{
    return keywordOf(VerdictKeywords, verdict);
}

QLatin1StringView keyword(ClipMark mark)
{
    return keywordOf(MarkKeywords, mark);
}

std::optional<ClipState> clipStateFromNumber(qint64 number)
{
    static_assert(static_cast<std::size_t>(AllClipStates.back()) + 1 == AllClipStates.size());
    if (number < 0 || number >= std::ssize(AllClipStates))
        return std::nullopt;
    return static_cast<ClipState>(number);
}

std::optional<ClipState> clipStateFromKeyword(QStringView text)
{
    return fromKeyword(StateKeywords, text, Qt::CaseInsensitive);
}

std::optional<FailureClass> failureClassFromKeyword(QStringView text)
{
    return fromKeyword(FailureKeywords, text, Qt::CaseInsensitive);
}

std::optional<Verdict> verdictFromKeyword(QStringView text)
{
    return fromKeyword(VerdictKeywords, text, Qt::CaseInsensitive);
}

ClipMarks clipMarkFromKeyword(QStringView text)
{
    const auto mark = fromKeyword(MarkKeywords, text, Qt::CaseInsensitive);
    return mark ? static_cast<ClipMarks>(*mark) : ClipMarks(0);
}

} // namespace earmark
