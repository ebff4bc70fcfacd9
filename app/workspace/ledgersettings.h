#pragma once

#include <QString>
#include <QStringList>

namespace earmark::workspace {

/// How clips are written in a workspace: one for the whole of it, kept in the ledger.
struct ClipFormat
{
    int sampleRate = 44100; ///< Hz, 8000 to 192000
    int channels = 1;       ///< 1 or 2
    bool operator==(const ClipFormat &) const = default;
};

/// What the ledger holds besides clips.
struct LedgerSettings
{
    ClipFormat format;
    qint64 lastStart = 0;        ///< when a download was last begun, milliseconds since 1970, UTC; 0: never
    qint64 unavailableSince = 0; ///< see Workspace::unavailableSince()
    QString lastHeard;           ///< the clip that was listened to last, as a name; empty: none
    QStringList choices; ///< how segments were chosen that were queued, each once, the first one first
    int perHour = 0;     ///< pace, downloads begun in any hour, of the last run; 0: no limit, or not known
};

} // namespace earmark::workspace
