#pragma once

#include "clips/segmentkey.h"

#include <QString>

namespace earmark::workspace {

/// Where things lie in a workspace folder.
class Layout final
{
public:
    explicit Layout(QString root)
        : m_root(std::move(root))
    {
    }
    const QString &root() const { return m_root; }
    QString downloaded() const { return m_root + QStringLiteral("/downloaded"); }
    QString processed() const { return m_root + QStringLiteral("/processed"); }
    QString manifest() const { return m_root + QStringLiteral("/manifest.json"); }
    QString ledger() const { return m_root + QStringLiteral("/earmark.sqlite"); }
    QString ledgerBackup() const { return ledger() + QStringLiteral(".backup"); }
    /// The backup of the day before, or of a time when the ledger held half as much.
    QString formerLedgerBackup() const { return ledgerBackup() + QStringLiteral(".1"); }
    QString lock() const { return m_root + QStringLiteral("/.earmark.lock"); }
    /// Half-done downloads, a folder a worker; swept at every start. On the same file system, so that a
    /// finished download is moved by a rename.
    QString temporary() const { return m_root + QStringLiteral("/.earmark.tmp"); }

    /// What was printed for downloads that failed.
    QString logs() const { return m_root + QStringLiteral("/logs"); }

    /// The raw section as it was fetched, on the video's clock.
    QString rawClip(const SegmentKey &key) const
    {
        return downloaded() + u'/' + key.stem() + QStringLiteral(".mka");
    }
    /// A raw section that could not be used, kept for a look; the next try does not take it for a good one.
    QString refusedClip(const SegmentKey &key) const { return refused(rawClip(key)); }
    /// What a file that will not do is called from then on. A WAV of that name may hold work of the user's:
    /// Earmark removes refused raw sections alone, when a good one has taken their place.
    static QString refused(const QString &path) { return path + QStringLiteral(".refused"); }
    /// The finished clip: WAV, 16-bit PCM.
    QString clip(const SegmentKey &key) const
    {
        return processed() + u'/' + key.stem() + QStringLiteral(".wav");
    }
    /// The finished clip as the manifest names it, relative to the workspace.
    static QString clipName(const SegmentKey &key)
    {
        return QStringLiteral("processed/") + key.stem() + QStringLiteral(".wav");
    }

private:
    QString m_root;
};

} // namespace earmark::workspace
