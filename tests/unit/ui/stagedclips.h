#pragma once

#include "playback/player.h"
#include "session/session.h"
#include "support/auditionclips.h"
#include "ui/clip/clipstage.h"

#include <QTemporaryDir>
#include <QTest>

namespace earmark::test {

/// A session on the clips of makeClips(), with a stage and a player, without a window.
struct StagedClips
{
    /// Waits until the clips are known; false when they do not come.
    bool open()
    {
        makeClips(QDir(folder.path()));
        session.openSplit(folder.filePath(u"split.csv"_s));
        if (!QTest::qWaitFor([this] { return session.split() != nullptr; }))
            return false;
        session.openWorkspace(folder.filePath(u"clips"_s));
        return QTest::qWaitFor([this] { return session.count(ClipState::Ready) == Clips; });
    }
    void setState(int clip, ClipState state)
    {
        Clip record = session.workspace()->record(keyOf(clip));
        record.progress.state = state;
        session.workspace()->update(keyOf(clip), record);
        QTRY_COMPARE(session.split()->table.state(static_cast<segments::Row>(clip)), state);
    }

    const QTemporaryDir folder;
    session::Session session{ytdlp::Source()};
    playback::Player player;
    ui::ClipStage stage{session, player};
};

} // namespace earmark::test
