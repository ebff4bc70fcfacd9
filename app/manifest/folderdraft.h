#pragma once

#include "base/result.h"

namespace earmark::manifest {

/// A folder that appears under its name whole or not at all: it is filled under a temporary name beside it,
/// flushed, renamed. A former export of that name is replaced; what a program that was killed left behind
/// goes with the next.
class FolderDraft final
{
public:
    /// Errors: Unwritable when something lies there that no export has written, so that nobody's files are
    /// replaced by a slip; DiskFull.
    static Result<FolderDraft> make(const QString &path);
    ~FolderDraft();
    FolderDraft(FolderDraft &&other) noexcept;
    FolderDraft &operator=(FolderDraft &&) = delete;

    /// Where it is filled.
    const QString &path() const { return m_draft; }
    /// Errors: DiskFull, Unwritable.
    Result<void> addFolder(const QString &name) const;
    Result<void> commit();

private:
    FolderDraft(QString target, QString draft);

    QString m_target;
    QString m_draft; ///< empty: put in place, or moved away
};

/// Makes `to` a hard link to `from`, or a copy. Errors: NotFound when `from` is gone; DiskFull, Unwritable.
Result<void> putClip(const QString &from, const QString &to, bool mayLink);

} // namespace earmark::manifest
