#pragma once

#include "base/async.h"
#include "playback/player.h"
#include "segments/segmenttable.h"
#include "ui/clip/soundcache.h"
#include "ui/widgets/debounce.h"

#include <QObject>

#include <optional>
#include <span>

namespace earmark::session {
class Session;
}

namespace earmark::ui {

/// The one clip that is looked at and listened to, wherever it is shown: brings its sound to the player.
/// While clips go by faster than one can hear them (a key is held), only the one where that stops is read,
/// drawn and played.
class ClipStage final : public QObject
{
    Q_OBJECT

public:
    enum class Start { Silent, Playing };

    /// Both must outlive the stage.
    ClipStage(session::Session &session, playback::Player &player, QObject *parent = nullptr);

    /// Nothing: no row is current.
    void show(std::optional<segments::Row> row, Start start = Start::Silent);
    std::optional<segments::Row> row() const { return m_row; }
    /// Those that come next, nearest first: they are read ahead.
    void expect(std::span<const segments::Row> rows);

    /// Null while there is none, or it is on its way.
    const ClipSoundPtr &sound() const { return m_sound; }
    /// Why there is no sound, or what is amiss with it: a sentence for the user; empty when all is well.
    const QString &notice() const { return m_notice; }

    /// Plays or pauses; when the sound is still on its way, plays as soon as it is there.
    void toggle();
    playback::Player &player() { return m_player; }

    /// Plays all clips as loud as one another.
    void setCommonLoudness(bool common);
    bool isCommonLoudness() const { return m_isCommonLoudness; }

Q_SIGNALS:
    /// Another row, or something else is known of it.
    void rowChanged();
    /// Another sound, or none, or another notice.
    void soundChanged();

private:
    void load();
    void take(const Result<ClipSoundPtr> &loaded);
    /// Has a look at the file of a sound that was in memory: it may be gone by now.
    void lookAtFile();
    /// True after it has told the workspace that the clip's file is not what the ledger knows.
    bool isLost(const Result<audio::WavInfo> &found);
    QString whyNoSound() const;
    void setSound(ClipSoundPtr sound, const QString &notice);
    void setNotice(const QString &notice);
    void setGain();
    void keepMeasures();
    QString fileOf(segments::Row row) const;

    session::Session &m_session;
    playback::Player &m_player;
    SoundCache m_sounds;
    std::optional<segments::Row> m_row;
    QString m_file; ///< what is there, or on its way; empty when nothing is
    ClipSoundPtr m_sound;
    QString m_notice;
    bool m_playWhenLoaded = false;
    bool m_isCommonLoudness = false;
    LatestTask m_look{this};
    Debounce m_settle; ///< runs while rows go by too fast to load each
};

} // namespace earmark::ui
