#pragma once

#include "base/descriptor.h"
#include "base/result.h"

#include <QStringList>

namespace earmark::exports {

/// A folder that appears under its name whole or not at all: it is filled in a private folder beside it,
/// ".earmark-draft-XXXXXX", flushed, renamed. A previous export of that name is replaced; files that Earmark
/// did not write are carried over. What a program that was killed left behind is put right by the next export
/// to that name, on whatever computer: the draft of a program that runs is locked.
class AtomicFolder final
{
public:
    /// Whether make() would accept `path`: a previous export, or nothing. Changes nothing. Errors:
    /// Unwritable.
    static Result<void> check(const QString &path);
    /// Errors: Unwritable when the place is taken by something that no export has written, or that belongs to
    /// another user, or when files of an interrupted export cannot be restored; DiskFull.
    static Result<AtomicFolder> make(const QString &path);
    ~AtomicFolder();
    AtomicFolder(AtomicFolder &&other) noexcept;
    AtomicFolder &operator=(AtomicFolder &&) = delete;

    /// Where it is filled.
    QString path() const;
    /// Errors: DiskFull, Unwritable.
    Result<void> addFolder(const QString &name) const;
    /// Gives what was carried over, as carryOver() does. Errors: DiskFull, Unwritable.
    Result<QStringList> commit();

private:
    AtomicFolder(QString target, QString box, Descriptor lock, QStringList kept);
    Result<QString> moveInPlace() const;

    QString m_target;
    QString m_box; ///< the private folder; empty: moved away
    Descriptor m_lock;
    QStringList m_kept; ///< of an export that was broken off
};

} // namespace earmark::exports
