#pragma once

#include "base/descriptor.h"
#include "base/result.h"

#include <QStringList>

namespace earmark::exports {

/// A folder that appears under its name whole or not at all: it is filled in a private folder beside it,
/// ".earmark-draft-XXXXXX", flushed, renamed. A former export of that name is replaced; what Earmark did not
/// write in it is carried over. What a program that was killed left behind is put right by the next export to
/// that name, on whatever computer: the draft of a program that runs is locked.
class AtomicFolder final
{
public:
    /// Whether make() would take what lies at `path` for a former export, or nothing lies there. Changes
    /// nothing. Errors: Unwritable.
    static Result<void> check(const QString &path);
    /// Errors: Unwritable when something lies there that no export has written, or that belongs to another
    /// user; when files of an export that was broken off cannot be put back; DiskFull.
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
