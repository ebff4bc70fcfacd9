#include "ui/review/reviewactions.h"

#include "base/format.h"
#include "review/verdicts.h"
#include "session/session.h"
#include "ui/clip/clipstage.h"
#include "ui/review/audition.h"
#include "ui/segments/segmentpage.h"
#include "ui/segments/segmentselection.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/formatting.h"

#include <QDesktopServices>
#include <QInputDialog>
#include <QTableView>
#include <QUrl>

#include <string>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostLabels = 9; // that have a key

} // namespace

ReviewActions::ReviewActions(session::Session &session, Audition &audition, ClipStage &stage,
                             SegmentPage &page, ActionRegistry &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_audition(audition)
    , m_stage(stage)
    , m_page(page)
    , m_window(window)
    , m_next(actions["segments.nextClip"_L1])
{
    m_begin = actions.add("review.auditionFound"_L1, tr("&Audition found"),
                          tr("Listen to the clips found, one after another"), u"review"_s, {Qt::Key_F5});
    addVerdicts(actions);
    m_undo = actions.add("review.undoVerdict"_L1, tr("Undo"), tr("Take back what was said last of a clip"),
                         u"undo"_s, {Qt::Key_Z, QKeySequence::Undo}, this, [this] {
                             if (m_session.workspace())
                                 take(m_session.workspace()->undoJudgement(), tr("Taken back: %1."));
                         });
    m_redo = actions.add("review.redoVerdict"_L1, tr("Redo"), tr("Say again what was taken back"), u"redo"_s,
                         {Qt::SHIFT | Qt::Key_Z, QKeySequence::Redo}, this, [this] {
                             if (m_session.workspace())
                                 take(m_session.workspace()->redoJudgement(), tr("Said again: %1."));
                         });
    actions.add("review.openHeard"_L1, tr("Open this clip in the browser"),
                tr("In the audition: open the clip's video in the browser"), u"link"_s,
                {Qt::Key_Return, Qt::CTRL | Qt::Key_B}, this, [this] {
                    if (const auto row = m_stage.row())
                        QDesktopServices::openUrl(
                            QUrl(m_session.source().addressAt(m_session.split()->table.key(*row))));
                });

    connect(&page, &SegmentPage::foundChanged, this, &ReviewActions::updateActions);
    connect(&session, &session::Session::workspaceChanged, this, &ReviewActions::updateActions);
    connect(&session, &session::Session::rowChanged, this, &ReviewActions::updateActions);
    connect(&session, &session::Session::rowsReset, this, &ReviewActions::updateActions);
    updateActions();
}

void ReviewActions::addVerdicts(ActionRegistry &actions)
{
    const auto add = [&](QLatin1StringView id, const QString &text, const QString &explanation,
                         const QString &iconName, const QKeySequence &key, auto slot) {
        QAction *action = actions.add(id, text, explanation, iconName, {key}, this, slot);
        action->setAutoRepeat(false); // a key that is held does not judge clip after clip
        m_judging.push_back(action);
    };
    add("review.keep"_L1, tr("&Keep"), tr("Keep this clip and go on to the next"), u"keep"_s, Qt::Key_K,
        [this] { give(Verdict::Keep); });
    add("review.reject"_L1, tr("&Reject"), tr("Reject this clip and go on to the next"), u"reject"_s,
        Qt::Key_R, [this] { give(Verdict::Reject); });
    add("review.undecide"_L1, tr("&Undecided"), tr("Take the verdict of this clip away"), u"undecided"_s,
        Qt::Key_U, [this] { give(Verdict::Undecided); });
    add("review.flag"_L1, tr("&Flag"), tr("Flag this clip, to look at it again"), u"flag"_s, Qt::Key_F,
        &ReviewActions::flag);
    add("review.note"_L1, tr("N&ote…"), tr("Write something down about this clip"), u"note"_s, Qt::Key_N,
        &ReviewActions::note);
    for (int number = 1; number <= MostLabels; ++number)
        add(QLatin1StringView(("review.doubt" + std::to_string(number)).c_str()),
            tr("Doubt label &%1").arg(number),
            tr("Doubt label %1 of this clip, or believe it again").arg(number), {}, Qt::Key_0 + number,
            [this, number] { doubt(number - 1); });
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
                                 m_undo->shortcut().toString(QKeySequence::NativeText)));
        else
            Q_EMIT said(tr("Nothing changed: none of the selected rows has a clip with another verdict."));
        return;
    }
    if (!changed && !isPlayable(m_session.workspace()->record(clips.front()).progress.state)) {
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
        m_next->trigger();
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

void ReviewActions::updateActions()
{
    const auto *workspace = m_session.workspace();
    const bool canHear = workspace && workspace->counts().playable() > 0;
    m_begin->setEnabled(canHear && m_page.foundCount() > 0);
    for (QAction *action : m_judging)
        action->setEnabled(canHear);
    m_undo->setEnabled(workspace && workspace->journal().toUndo());
    m_redo->setEnabled(workspace && workspace->journal().toRedo());
}

} // namespace earmark::ui
