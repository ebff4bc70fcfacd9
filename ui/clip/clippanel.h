#pragma once

#include "ui/clip/clipstage.h"
#include "ui/widgets/debounce.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class LabelChecklist;
class SoundView;
struct SpectrumLook;

/// The clip on the stage: what it is, its picture, what was measured and said of it, and the keys to play it.
class ClipPanel final : public QWidget
{
    Q_OBJECT

public:
    enum class Shape {
        Dock, ///< narrow, everything below one another
        Page, ///< the picture takes all the room there is
    };
    /// All must outlive the panel.
    ClipPanel(session::Session &session, ClipStage &stage, const ActionRegistry &actions, Shape shape,
              QWidget *parent = nullptr);

    /// Whether labels stay hidden for as long as there is no verdict.
    void setBlind(bool blind);
    void setLook(const SpectrumLook &look);

Q_SIGNALS:
    /// The person doubts a label of the clip, from 0, or believes it again.
    void labelDoubted(int label);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void layOut(Shape shape, const ActionRegistry &actions);
    void describe();
    void describeLabels();
    void takeSound();
    void showPosition();
    void showPlayState();
    QString stateSentence();
    QString queuedSentence();
    QString measuresText() const;

    session::Session &m_session;
    ClipStage &m_stage;
    QLabel *m_id;
    QLabel *m_span;
    QLabel *m_stateIcon;
    QLabel *m_state;
    QPushButton *m_again; ///< downloads a missing or damaged clip again
    QLabel *m_verdictIcon;
    QLabel *m_flagIcon;
    QLabel *m_verdict;
    SoundView *m_view;
    QPushButton *m_play;
    QLabel *m_position;
    QLabel *m_measures;
    LabelChecklist *m_labels;
    QLabel *m_note;
    QLabel *m_trouble;    ///< why nothing can be heard
    QWidget *m_clipParts; ///< what only a row has
    Debounce m_second;    ///< while the clip waits for its next try
    bool m_isBlind = false;
};

} // namespace earmark::ui
