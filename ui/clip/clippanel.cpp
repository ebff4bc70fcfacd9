#include "ui/clip/clippanel.h"

#include "base/format.h"
#include "review/verdicts.h"
#include "session/session.h"
#include "ui/clip/labelchecklist.h"
#include "ui/clip/measuretext.h"
#include "ui/clip/soundview.h"
#include "ui/theme/icons.h"
#include "ui/theme/statestyle.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/formatting.h"

#include <QBoxLayout>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int StateIconSize = 16;
constexpr int PageColumns = 3;

QString positionText(double seconds)
{
    const auto tenths = static_cast<qint64>(seconds * 10);
    return u"%1:%2.%3"_s.arg(tenths / 600).arg(tenths / 10 % 60, 2, 10, QChar(u'0')).arg(tenths % 10);
}

} // namespace

ClipPanel::ClipPanel(session::Session &session, ClipStage &stage, const ActionRegistry &actions, Shape shape,
                     QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_stage(stage)
    , m_id(new QLabel(this))
    , m_span(new QLabel(this))
    , m_stateIcon(new QLabel(this))
    , m_state(new QLabel(this))
    , m_again(new ActionButton(*actions["downloads.downloadAgain"_L1], ActionButton::Show::IconAndText, this))
    , m_verdictIcon(new QLabel(this))
    , m_flagIcon(new QLabel(this))
    , m_verdict(new QLabel(this))
    , m_view(new SoundView(this))
    , m_play(new QPushButton(icon(u"play"_s), tr("Play"), this))
    , m_position(new QLabel(this))
    , m_measures(new QLabel(this))
    , m_labels(new LabelChecklist(shape == Shape::Page ? PageColumns : 1, this))
    , m_note(new QLabel(this))
    , m_trouble(new QLabel(this))
    , m_clipParts(new QWidget(this))
    , m_second(1s, [this] { describe(); })
{
    layOut(shape, actions);

    playback::Player &player = stage.player();
    connect(m_play, &QPushButton::clicked, &stage, &ClipStage::toggle);
    connect(m_labels, &LabelChecklist::toggled, this, &ClipPanel::labelDoubted);
    connect(m_view, &SoundView::seeked, &player, &playback::Player::seek);
    connect(m_view, &SoundView::loopChanged, this,
            [&player, over = actions["clip.loop"_L1]](std::optional<playback::Player::Region> loop) {
                player.setLoopRegion(loop);
                if (loop && !over->isChecked())
                    over->trigger();
            });
    connect(&player, &playback::Player::positionChanged, this, &ClipPanel::showPosition);
    connect(&player, &playback::Player::stateChanged, this, &ClipPanel::showPlayState);
    connect(&stage, &ClipStage::rowChanged, this, &ClipPanel::describe);
    connect(&stage, &ClipStage::soundChanged, this, &ClipPanel::takeSound);
    connect(&session, &session::Session::classesChanged, this, &ClipPanel::describe);
    describe();
}

void ClipPanel::layOut(Shape shape, const ActionRegistry &actions)
{
    QFont idFont = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    idFont.setPointSizeF(idFont.pointSizeF() * 1.2);
    idFont.setBold(true);
    m_id->setFont(idFont);
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_span->setForegroundRole(QPalette::PlaceholderText);
    m_state->setWordWrap(true);
    m_state->setAccessibleName(tr("State of the clip"));
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdict->setAccessibleName(tr("Verdict"));
    m_stateIcon->setAlignment(Qt::AlignTop);
    m_play->setAutoDefault(true);
    m_play->setFocusPolicy(Qt::TabFocus); // Space plays wherever one has clicked
    m_play->setMinimumWidth(m_play->fontMetrics().horizontalAdvance(tr("Pause")) + 52);
    m_play->setToolTip(tr("Play or pause this clip (Space)"));
    m_play->setAccessibleName(tr("Play"));
    m_position->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_position->setAccessibleName(tr("Position"));
    m_measures->setAccessibleName(tr("Measurements"));
    m_measures->setWordWrap(true);
    m_measures->setTextFormat(Qt::RichText);
    m_measures->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setAccessibleName(tr("Note"));
    m_note->setWordWrap(true);
    m_trouble->setWordWrap(true);
    m_trouble->setAccessibleName(tr("Notice"));

    const auto button = [&](QLatin1StringView id) {
        auto *made = new ActionButton(*actions[id], ActionButton::Show::IconOnly, m_clipParts);
        made->setFocusPolicy(Qt::TabFocus);
        return made;
    };
    auto *head = new QHBoxLayout;
    head->addWidget(m_id);
    if (shape == Shape::Page)
        head->addWidget(m_span);
    head->addStretch();
    for (QWidget *each : std::initializer_list<QWidget *>{m_flagIcon, m_verdictIcon, m_verdict})
        head->addWidget(each);
    auto *state = new QHBoxLayout;
    state->setSpacing(6);
    state->addWidget(m_stateIcon);
    state->addWidget(m_state, 1);
    m_again->setFocusPolicy(Qt::TabFocus);
    if (shape == Shape::Page)
        state->addWidget(m_again);
    auto *transport = new QGridLayout;
    transport->setContentsMargins({});
    auto *switches = new QHBoxLayout;
    for (const auto id : {"clip.loop"_L1, "clip.slow"_L1, "clip.commonLoudness"_L1,
                          shape == Shape::Page ? "review.openHeard"_L1 : "segments.openInBrowser"_L1})
        switches->addWidget(button(id));
    switches->addStretch();
    transport->addWidget(m_play, 0, 0);
    transport->addWidget(m_position, 0, 2, Qt::AlignRight);
    if (shape == Shape::Page)
        transport->addLayout(switches, 0, 1);
    else
        transport->addLayout(switches, 1, 0, 1, 3);
    transport->setColumnStretch(1, 1);
    auto *parts = new QVBoxLayout(m_clipParts);
    parts->setContentsMargins({});
    parts->setSpacing(8);
    parts->addWidget(m_view, shape == Shape::Page ? 1 : 0);
    parts->addLayout(transport);
    parts->addWidget(m_trouble);
    parts->addWidget(m_measures);
    parts->addWidget(m_labels);
    parts->addWidget(m_note);
    if (shape == Shape::Dock) { // the page has larger ones
        auto *verdicts = new QHBoxLayout;
        for (const auto id : {"review.keep"_L1, "review.reject"_L1, "review.undecide"_L1, "review.flag"_L1,
                              "review.note"_L1, "review.undoVerdict"_L1})
            verdicts->addWidget(button(id));
        verdicts->addStretch();
        parts->addLayout(verdicts);
    }

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(8);
    column->addLayout(head);
    if (shape == Shape::Dock)
        column->addWidget(m_span);
    column->addLayout(state);
    if (shape == Shape::Dock)
        column->addWidget(m_again, 0, Qt::AlignLeft);
    column->addWidget(m_clipParts, shape == Shape::Page ? 1 : 0);
    if (shape == Shape::Dock)
        column->addStretch(1);
}

void ClipPanel::setBlind(bool blind)
{
    m_isBlind = blind;
    describe();
}

void ClipPanel::setLook(const SpectrumLook &look)
{
    m_view->setLook(look);
}

void ClipPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    describe();
    takeSound();
}

/// A panel that nobody sees draws nothing.
void ClipPanel::takeSound()
{
    if (!isVisible())
        return;
    const auto &sound = m_stage.sound();
    if (m_view->sound() != sound) {
        m_view->setSound(sound);
        m_view->setLoop(m_stage.player().loopRegion());
    }
    m_view->setPlaceholder(sound ? QString() : m_stage.notice());
    m_trouble->setText(sound ? m_stage.notice() : QString());
    m_trouble->setVisible(!m_trouble->text().isEmpty());
    showPosition();
    showPlayState();
}

void ClipPanel::describe()
{
    if (!isVisible())
        return;
    const auto row = m_stage.row();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_span, m_stateIcon, m_clipParts, m_verdictIcon,
                                                            m_verdict, m_flagIcon})
        widget->setVisible(row.has_value());
    if (!row) {
        m_again->hide();
        m_id->clear();
        m_state->setText(tr("Choose a segment to see and hear its clip."));
        return;
    }
    const auto &table = m_session.split()->table;
    const SegmentKey key = table.key(*row);
    m_id->setText(key.ytid.toString());
    m_span->setText(
        u"%1 – %2  ·  %3"_s.arg(clockText(key.startMs), clockText(key.endMs), spanText(key.durationMs())));
    const Colours colours = coloursFor(palette());
    const auto showIcon = [this](QLabel &label, const StateStyle &look) {
        label.setPixmap(iconPixmap(look.icon, look.colour, StateIconSize, devicePixelRatioF()));
    };
    showIcon(*m_stateIcon, lookOf(table.state(*row), colours));
    m_state->setText(stateSentence());
    m_again->setVisible(isLost(table.state(*row)));

    const Verdict verdict = table.verdict(*row);
    const bool isHeard = isPlayable(table.state(*row));
    showIcon(*m_verdictIcon, lookOf(verdict, colours));
    m_verdict->setText(keyword(verdict));
    m_verdictIcon->setVisible(isHeard);
    m_verdict->setVisible(isHeard);
    showIcon(*m_flagIcon, {"flag"_L1, colours.warning});
    m_flagIcon->setVisible((table.marks(*row) & Flagged) != 0);
    describeLabels();
}

void ClipPanel::describeLabels()
{
    const auto &table = m_session.split()->table;
    const segments::Row row = *m_stage.row();
    const auto judgement = m_session.record(row).judgement;
    m_note->setText(judgement.note);
    m_note->setVisible(!judgement.note.isEmpty());
    m_measures->setText(measuresText());
    m_measures->setVisible(!m_measures->text().isEmpty());
    const auto labels = table.labels(row);
    if (m_isBlind && judgement.verdict == Verdict::Undecided) {
        m_labels->hideLabels(std::ssize(labels));
        return;
    }
    QStringList names;
    QList<bool> doubted;
    for (const segments::LabelNumber label : labels) {
        names.append(m_session.classes().displayName(table.mid(label)));
        doubted.append(review::isDoubted(judgement, table.mid(label)));
    }
    m_labels->setLabels(names, doubted, isPlayable(table.state(row)));
}

QString ClipPanel::stateSentence()
{
    const segments::Row row = *m_stage.row();
    const auto record = m_session.record(row);
    const QString length =
        u"%1 s  ·  %2 Hz"_s.arg(record.audio.seconds(), 0, 'f', 3).arg(record.audio.sampleRate);
    switch (m_session.split()->table.state(row)) {
    case ClipState::Absent:
        return tr("Not downloaded");
    case ClipState::Queued:
        return queuedSentence();
    case ClipState::Fetching:
        return tr("Downloading");
    case ClipState::Formatting:
        return tr("Converting");
    case ClipState::Ready:
        return tr("Ready  ·  %1").arg(length);
    case ClipState::Short:
        return tr("Short: the video ends before the segment does. %1  ·  %2").arg(proofText(record), length);
    case ClipState::Failed:
        return record.progress.reason.isEmpty() ? tr("Failed") : record.progress.reason;
    case ClipState::Missing:
        return tr("Missing: the file %1 is gone. Download it again.")
            .arg(m_session.split()->table.key(row).stem() + u".wav"_s);
    case ClipState::Damaged:
        return tr("Damaged: %1 Download it again.").arg(record.progress.reason);
    }
    return {};
}

QString ClipPanel::queuedSentence()
{
    const auto *queue = m_session.queue();
    const auto retry = queue ? queue->waiting(m_session.split()->table.key(*m_stage.row())) : std::nullopt;
    if (!retry)
        return tr("Queued");
    m_second.start();
    const QString text = retryText(*retry);
    return tr("%1: %2").arg(text.first(1).toUpper() + text.sliced(1), retry->reason);
}

QString ClipPanel::measuresText() const
{
    const auto row = m_stage.row();
    if (!row || !isPlayable(m_session.split()->table.state(*row)))
        return {};
    return ui::measuresText(m_session.record(*row), m_session.firstAlike(*row), coloursFor(palette()));
}

void ClipPanel::showPosition()
{
    if (!isVisible())
        return;
    const auto &sound = m_stage.sound();
    const double seconds = sound ? m_stage.player().position() : 0;
    m_view->setPosition(seconds);
    m_position->setText(
        sound ? u"%1 / %2"_s.arg(positionText(seconds), positionText(sound->sound->duration())) : QString());
}

void ClipPanel::showPlayState()
{
    const playback::Player &player = m_stage.player();
    const bool playing = player.state() == playback::Player::State::Playing;
    m_play->setText(playing ? tr("Pause") : tr("Play"));
    m_play->setIcon(icon(playing ? u"pause"_s : u"play"_s));
    m_play->setEnabled(player.hasSound());
}

} // namespace earmark::ui
