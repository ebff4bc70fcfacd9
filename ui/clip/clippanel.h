#pragma once

#include "audio/peaks.h"
#include "base/async.h"
#include "dataset/segmenttable.h"
#include "playback/player.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace earmark::ui {

class LabelChips;
class Session;
class Waveform;

/// The clip of the current row: what it is, its waveform, and the sound.
class ClipPanel final : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive the panel.
    ClipPanel(Session &session, playback::Player &player, QWidget *parent = nullptr);

    /// Nothing: no row is current.
    void showRow(std::optional<dataset::Row> row);
    /// Plays or pauses; when the sound is still on its way, plays as soon as it is there.
    void toggle();

Q_SIGNALS:
    void openInBrowserRequested();

private:
    struct Loaded
    {
        std::shared_ptr<const audio::Pcm> sound;
        std::vector<audio::Peak> peaks;
    };

    void load();
    void take(Result<Loaded> loaded);
    void clearSound(const QString &instead);
    void describe();
    QString stateSentence(dataset::Row row) const;
    void showPosition();
    void showPlayState();

    Session &m_session;
    playback::Player &m_player;
    QLabel *m_id;
    QLabel *m_span;
    QLabel *m_stateIcon;
    QLabel *m_state;
    Waveform *m_waveform;
    QPushButton *m_play;
    QLabel *m_position;
    QPushButton *m_browser;
    LabelChips *m_labels;
    QLabel *m_trouble; ///< why nothing can be heard

    std::optional<dataset::Row> m_row;
    QString m_file;       ///< what is loaded, or being loaded; empty when nothing is
    double m_seconds = 0; ///< the length of what is loaded
    bool m_playWhenLoaded = false;
    QTimer m_settle; ///< runs while rows go by too fast to load each
    LatestTask m_loading{this};
};

} // namespace earmark::ui
