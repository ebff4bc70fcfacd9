#include "ui/review/reviewactions.h"

#include "base/format.h"
#include "review/verdicts.h"
#include "session/session.h"
#include "ui/clip/clipstage.h"
#include "ui/review/audition.h"
#include "ui/segments/segmentpage.h"
#include "ui/segments/segmentselection.h"
#include "ui/settings/settings.h"
#include "ui/widgets/formatting.h"
#include "ui/window/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QCursor>
#include <QDesktopServices>
#include <QInputDialog>
#include <QMenu>
#include <QTableView>
#include <QUrl>

namespace earmark::ui {

using namespace Qt::StringLiterals;

ReviewActions::ReviewActions(session::Session &session, Audition &audition, ClipStage &stage,
                             SegmentPage &page, Settings &settings, Actions &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_audition(audition)
    , m_stage(stage)
    , m_page(page)
    , m_settings(settings)
    , m_actions(actions)
    , m_window(window)
{
    connect(actions.keep, &QAction::triggered, this, [this] { give(Verdict::Keep); });
    connect(actions.reject, &QAction::triggered, this, [this] { give(Verdict::Reject); });
    connect(actions.undecide, &QAction::triggered, this, [this] { give(Verdict::Undecided); });
    connect(actions.flag, &QAction::triggered, this, &ReviewActions::flag);
    connect(actions.note, &QAction::triggered, this, &ReviewActions::note);
    for (std::size_t label = 0; label < actions.doubt.size(); ++label)
        connect(actions.doubt[label], &QAction::triggered, this,
                [this, label] { doubt(static_cast<int>(label)); });
    connect(actions.undoVerdict, &QAction::triggered, this, [this] {
        if (m_session.workspace())
            take(m_session.workspace()->undoJudgement(), tr("Taken back: %1."));
    });
    connect(actions.redoVerdict, &QAction::triggered, this, [this] {
        if (m_session.workspace())
            take(m_session.workspace()->redoJudgement(), tr("Said again: %1."));
    });
    connect(actions.openHeard, &QAction::triggered, this, [this] {
        if (const auto row = m_stage.row())
            QDesktopServices::openUrl(QUrl(m_session.source().addressAt(m_session.split()->table.key(*row))));
    });

    connect(actions.loop, &QAction::toggled, &stage.player(), &playback::Player::setLooping);
    connect(actions.slow, &QAction::toggled, this, &ReviewActions::setSpeed);
    connect(actions.keepPitch, &QAction::toggled, this, [this](bool keep) {
        m_settings.keepPitch = keep;
        setSpeed();
    });
    connect(actions.commonLoudness, &QAction::toggled, this, [this](bool common) {
        m_settings.commonLoudness = common;
        m_stage.setCommonLoudness(common);
    });
    connect(actions.soundOutput, &QAction::triggered, this, &ReviewActions::chooseOutput);
    actions.keepPitch->setChecked(settings.keepPitch());
    actions.commonLoudness->setChecked(settings.commonLoudness());
    stage.player().setOutput(settings.soundOutput());

    connect(&page, &SegmentPage::foundChanged, this, &ReviewActions::updateActions);
    connect(&session, &session::Session::workspaceChanged, this, &ReviewActions::updateActions);
    connect(&session, &session::Session::rowChanged, this, &ReviewActions::updateActions);
    connect(&session, &session::Session::rowsReset, this, &ReviewActions::updateActions);
    updateActions();
}

std::vector<SegmentKey> ReviewActions::targets() const
{
    std::vector<segments::Row> rows;
    if (const auto heard = m_audition.current())
        rows.push_back(*heard);
    else
        rows = m_page.selectedRows();
    std::vector<SegmentKey> keys;
    keys.reserve(rows.size());
    for (const segments::Row row : rows)
        keys.push_back(m_session.split()->table.key(row));
    return keys;
}

void ReviewActions::give(Verdict verdict)
{
    const auto clips = targets();
    if (clips.empty() || !m_session.workspace())
        return;
    const bool changed = review::giveVerdict(*m_session.workspace(), clips, verdict);
    if (clips.size() > 1) {
        if (changed)
            Q_EMIT said(tr("%1; %2 takes it back.")
                            .arg(review::describe(*m_session.workspace()->journal().toUndo()),
                                 m_actions.undoVerdict->shortcut().toString(QKeySequence::NativeText)));
        else
            Q_EMIT said(tr("Nothing changed: none of the selected rows has a clip with another verdict."));
        return;
    }
    if (!changed && !isPlayable(m_session.workspace()->record(clips.front()).state)) {
        Q_EMIT said(tr("There is no clip yet to judge: download it first."));
        return;
    }
    if (verdict != Verdict::Undecided)
        goOn();
}

void ReviewActions::flag()
{
    if (const auto clips = targets(); !clips.empty() && m_session.workspace())
        review::toggleFlag(*m_session.workspace(), clips);
}

void ReviewActions::doubt(int label)
{
    const auto row = m_stage.row();
    if (!row || !m_session.workspace() || (m_audition.isOn() && m_audition.hidesLabels(*row)))
        return;
    const auto &table = m_session.split()->table;
    const auto labels = table.labels(*row);
    if (label < std::ssize(labels))
        review::toggleDoubt(*m_session.workspace(), table.key(*row),
                            table.mid(labels[static_cast<std::size_t>(label)]));
}

void ReviewActions::note()
{
    const auto row = m_stage.row();
    if (!row || !m_session.workspace() || !isPlayable(m_session.split()->table.state(*row)))
        return;
    const SegmentKey key = m_session.split()->table.key(*row);
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Note"));
    dialog->setLabelText(tr("About the clip %1:").arg(key.stem()));
    dialog->setTextValue(m_session.workspace()->record(key).judgement.note);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, key](const QString &text) {
        if (m_session.workspace())
            review::setNote(*m_session.workspace(), key, text);
    });
    connect(&m_session, &session::Session::workspaceChanged, dialog, &QDialog::reject);
    dialog->open();
}

void ReviewActions::take(const Journal::Step &step, const QString &sentence)
{
    if (!step) {
        Q_EMIT said(tr("There is nothing to take back."));
        return;
    }
    Q_EMIT said(sentence.arg(review::describe(*step)));
    if (step->changes.size() == 1)
        showClip(step->changes.front().key);
}

void ReviewActions::goOn()
{
    if (m_audition.isOn())
        m_audition.next();
    else
        m_actions.nextClip->trigger();
}

/// Where something was taken back, one wants to look again.
void ReviewActions::showClip(const SegmentKey &key)
{
    const auto row = m_session.split() ? m_session.split()->table.find(key) : std::nullopt;
    if (!row)
        return;
    if (m_audition.isOn()) {
        if (const auto position = m_audition.find(*row))
            m_audition.goTo(*position);
    } else if (m_page.model().isFound(*row)) {
        m_page.selection().selectRows({&*row, 1}, false);
    }
}

void ReviewActions::setSpeed()
{
    m_stage.player().setSpeed(m_actions.slow->isChecked() ? 0.5 : 1.0,
                              m_actions.keepPitch->isChecked() ? playback::Player::Pitch::Kept
                                                               : playback::Player::Pitch::Follows);
}

void ReviewActions::chooseOutput()
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

void ReviewActions::updateActions()
{
    const auto *workspace = m_session.workspace();
    const bool canHear = workspace && workspace->counts().playable() > 0;
    m_actions.auditionFound->setEnabled(canHear && m_page.foundCount() > 0);
    for (QAction *action :
         {m_actions.keep, m_actions.reject, m_actions.undecide, m_actions.flag, m_actions.note})
        action->setEnabled(canHear);
    for (QAction *action : m_actions.doubt)
        action->setEnabled(canHear);
    m_actions.undoVerdict->setEnabled(workspace && workspace->journal().toUndo());
    m_actions.redoVerdict->setEnabled(workspace && workspace->journal().toRedo());
}

} // namespace earmark::ui
