#pragma once

#include "base/result.h"
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
class SoundCache;
class SoundView;
struct ClipSound;

/// The clip of the current row: what it is, its pictures, and the sound.
class ClipPanel final : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive the panel.
    ClipPanel(Session &session, playback::Player &player, SoundCache &sounds, QWidget *parent = nullptr);

    /// Nothing: no row is current.
    void showRow(std::optional<dataset::Row> row);
    /// Plays or pauses; when the sound is still on its way, plays as soon as it is there.
    void toggle();

Q_SIGNALS:
    void openInBrowserRequested();

private:
    void load();
    void take(const Result<std::shared_ptr<const ClipSound>> &loaded);
    void clearSound(const QString &instead);
    void describe();
    QString stateSentence(dataset::Row row) const;
    void showPosition();
    void showPlayState();

    Session &m_session;
    playback::Player &m_player;
    SoundCache &m_sounds;
    QLabel *m_id;
    QLabel *m_span;
    QLabel *m_stateIcon;
    QLabel *m_state;
    SoundView *m_view;
    QPushButton *m_play;
    QLabel *m_position;
    QPushButton *m_browser;
    LabelChips *m_labels;
    QLabel *m_trouble; ///< why nothing can be heard

    std::optional<dataset::Row> m_row;
    QString m_file; ///< what is loaded, or being loaded; empty when nothing is
    bool m_playWhenLoaded = false;
    QTimer m_settle; ///< runs while rows go by too fast to load each
};

} // namespace earmark::ui
