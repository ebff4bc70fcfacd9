#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QFile>
#include <QLockFile>
#include <QUrl>

namespace earmark::net {

/// What a part is a part of: enough to ask the server for the rest of the very same file.
struct PartOrigin
{
    QUrl address;
    QByteArray validator; ///< for If-Range; empty: the server gave none, and a part cannot be continued
    qint64 total = -1;    ///< bytes of the whole; -1: unknown

    bool operator==(const PartOrigin &) const = default;
};

/// A file that is on its way: "NAME.part" beside its final name, and "NAME.part.json" to tell where it comes
/// from. Both outlive the program, so that it can go on the next time; a lock keeps a second program away.
/// Used by one thread at a time. Errors: DiskFull, Unwritable; the text names the file.
class PartFile final
{
public:
    /// `path` is the final name.
    explicit PartFile(const QString &path);

    const QString &path() const { return m_part; }

    /// What an earlier run has left.
    struct Left
    {
        qint64 bytes = 0;
        PartOrigin origin;
    };
    /// Makes the folder and takes the lock. Errors, besides: Locked.
    Result<Left> take();
    /// Goes on after `bytes` bytes of this origin; what lies beyond them is cut off.
    Result<void> open(qint64 bytes, const PartOrigin &origin);
    /// What the disk did not take is not in the part, so that it can be continued all the same.
    Result<void> append(QByteArrayView bytes);
    /// It is whole and right: gets its final name, and the server's date if there is one.
    Result<void> finish(const QDateTime &modified);
    /// It is of no use.
    void discard();

private:
    QString m_final;
    QString m_part;
    QString m_note;
    QFile m_file;
    QLockFile m_lock;
};

} // namespace earmark::net
