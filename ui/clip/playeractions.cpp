#include "ui/clip/playeractions.h"

#include "ui/clip/clipstage.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"

#include <QActionGroup>
#include <QCursor>
#include <QMenu>

namespace earmark::ui {

using namespace Qt::StringLiterals;

PlayerActions::PlayerActions(ClipStage &stage, Settings &settings, ActionRegistry &actions, QWidget *window)
    : QObject(window)
    , m_stage(stage)
    , m_settings(settings)
    , m_window(window)
{
    actions.add("clip.play"_L1, tr("&Play or pause"), tr("Play or pause the current clip"), u"play"_s,
                {Qt::Key_Space}, &stage, &ClipStage::toggle);
    actions.addSwitch("clip.loop"_L1, tr("&Loop"),
                      tr("Play over and over; drag over the picture to loop a part"), u"loop"_s, {Qt::Key_L},
                      &stage.player(), &playback::Player::setLooping);
    m_slow = actions.addSwitch("clip.slow"_L1, tr("&Slow"), tr("Play at half the speed"), u"slow"_s,
                               {Qt::Key_S}, this, &PlayerActions::setSpeed);
    m_keepPitch = actions.addSwitch("clip.keepPitch"_L1, tr("Keep the &pitch when slow"),
                                    tr("Slow sound keeps its pitch, instead of being an octave lower"), {},
                                    {}, this, [this](bool keep) {
                                        m_settings.keepPitch = keep;
                                        setSpeed();
                                    });
    QAction *loudness =
        actions.addSwitch("clip.commonLoudness"_L1, tr("Common lou&dness"),
                          tr("Play all clips equally loud, at −23 LUFS as far as they can be"), u"gain"_s,
                          {Qt::Key_G}, this, [this](bool common) {
                              m_settings.commonLoudness = common;
                              m_stage.setCommonLoudness(common);
                          });
    actions.add("clip.soundOutput"_L1, tr("Sound ou&tput…"), tr("Choose where clips are played"), u"volume"_s,
                {}, this, &PlayerActions::chooseOutput);
    m_keepPitch->setChecked(settings.keepPitch());
    loudness->setChecked(settings.commonLoudness());
    stage.player().setOutput(settings.soundOutput());
}

void PlayerActions::setSpeed()
{
    m_stage.player().setSpeed(m_slow->isChecked() ? 0.5 : 1.0, m_keepPitch->isChecked()
                                                                   ? playback::Player::Pitch::Kept
                                                                   : playback::Player::Pitch::Follows);
}

void PlayerActions::chooseOutput()
{
    auto *menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *group = new QActionGroup(menu);
    const QByteArray chosen = m_settings.soundOutput();
    const auto add = [&](const QString &name, const QByteArray &id) {
        QAction *action = menu->addAction(QString(name).replace(u'&', u"&&"_s));
        action->setCheckable(true);
        action->setChecked(id == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, id] {
            m_settings.soundOutput = id;
            m_stage.player().setOutput(id);
        });
    };
    add(tr("The system's output"), {});
    menu->addSeparator();
    for (const auto &output : m_stage.player().outputs())
        add(output.name, output.id);
    menu->popup(QCursor::pos());
}

} // namespace earmark::ui
