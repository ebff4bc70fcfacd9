#include "base/clipstate.h"

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

std::optional<ClipState> clipStateFromWord(QStringView text)
{
    for (const ClipState state : AllClipStates) {
        if (text.compare(word(state), Qt::CaseInsensitive) == 0)
            return state;
    }
    return std::nullopt;
}

std::optional<FailureClass> failureClassFromWord(QStringView text)
{
    for (const FailureClass failure : AllFailureClasses) {
        if (text.compare(word(failure), Qt::CaseInsensitive) == 0)
            return failure;
    }
    return std::nullopt;
}

} // namespace earmark
