#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace earmark {

/// What kind of trouble an Error is, for code that must decide; the text is for the user.
enum class ErrorCode {
    Cancelled,   ///< asked for by the caller; never shown
    NotFound,    ///< a file, folder or program is not there
    Unreadable,  ///< it is there but cannot be read
    Unwritable,  ///< a place that must be written cannot be
    DiskFull,    ///< no room left
    BadInput,    ///< the content is not what was expected
    BadMedia,    ///< a sound file that cannot be decoded or holds too little
    TooOld,      ///< a tool or file of a version that will not do
    Locked,      ///< somebody else holds it
    Unreachable, ///< a server cannot be reached, breaks off or is busy: may work later
    Internal,    ///< should not happen: a library refused something it must take
};

/// A failure: its kind, and a sentence for the user that says what happened and what to do next.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString text;

    bool operator==(const Error &) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorCode code, QString text)
{
    return tl::unexpected<Error>(Error{code, std::move(text)});
}

/// What everything returns that was asked to stop before it had finished.
inline tl::unexpected<Error> cancelled()
{
    return failure(ErrorCode::Cancelled, QStringLiteral("Cancelled."));
}

} // namespace earmark
