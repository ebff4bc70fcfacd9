#include "ui/clip/clippanel.h"

#include "base/format.h"
#include "ui/clip/labelchips.h"
#include "ui/clip/soundcache.h"
#include "ui/clip/soundview.h"
#include "ui/session.h"
#include "ui/theme/icons.h"
#include "ui/theme/statelook.h"

#include <QBoxLayout>
#include <QFontDatabase>
#include <QLabel>
#include <QPushButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int StateIconSize = 16;

QString positionText(double seconds)
{
    const auto tenths = static_cast<qint64>(seconds * 10);
    return u"%1:%2.%3"_s.arg(tenths / 600).arg(tenths / 10 % 60, 2, 10, QChar(u'0')).arg(tenths % 10);
}

} // namespace

ClipPanel::ClipPanel(Session &session, playback::Player &player, SoundCache &sounds, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_player(player)
    , m_sounds(sounds)
    , m_id(new QLabel(this))
    , m_span(new QLabel(this))
    , m_stateIcon(new QLabel(this))
    , m_state(new QLabel(this))
    , m_view(new SoundView(this))
    , m_play(new QPushButton(icon(u"play"_s), tr("Play"), this))
    , m_position(new QLabel(this))
    , m_browser(new QPushButton(icon(u"link"_s), QString(), this))
    , m_labels(new LabelChips(this))
    , m_trouble(new QLabel(this))
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
    m_stateIcon->setAlignment(Qt::AlignTop);
    m_play->setAutoDefault(true);
    m_play->setMinimumWidth(m_play->fontMetrics().horizontalAdvance(tr("Pause")) + 52);
    m_play->setToolTip(tr("Play or pause this clip (Space)"));
    m_play->setAccessibleName(tr("Play"));
    m_position->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_position->setAccessibleName(tr("Position"));
    m_browser->setAutoDefault(true);
    m_browser->setFlat(true);
    m_browser->setAccessibleName(tr("Open in browser"));
    m_browser->setToolTip(tr("Open the video in the browser (Ctrl+B)"));
    m_trouble->setWordWrap(true);
    m_trouble->hide();

    auto *head = new QHBoxLayout;
    head->addWidget(m_id);
    head->addStretch();
    head->addWidget(m_browser);
    auto *state = new QHBoxLayout;
    state->setSpacing(6);
    state->addWidget(m_stateIcon);
    state->addWidget(m_state, 1);
    auto *transport = new QHBoxLayout;
    transport->addWidget(m_play);
    transport->addStretch();
    transport->addWidget(m_position);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_span);
    column->addLayout(state);
    column->addWidget(m_view, 4);
    column->addLayout(transport);
    column->addWidget(m_trouble);
    column->addWidget(m_labels);
    column->addStretch(1);

    m_settle.setSingleShot(true);
    m_settle.setInterval(120ms);
    connect(&m_settle, &QTimer::timeout, this, &ClipPanel::load);
    connect(m_play, &QPushButton::clicked, this, &ClipPanel::toggle);
    connect(m_browser, &QPushButton::clicked, this, &ClipPanel::openInBrowserRequested);
    connect(m_view, &SoundView::seeked, &player, &playback::Player::seek);
    connect(m_view, &SoundView::loopChanged, this, [this](std::optional<LoopSpan> loop) {
        m_player.setLoopRegion(loop);
        m_player.setLooping(loop.has_value());
    });
    connect(&player, &playback::Player::positionChanged, this, &ClipPanel::showPosition);
    connect(&player, &playback::Player::stateChanged, this, &ClipPanel::showPlayState);
    connect(&player, &playback::Player::failed, this, [this](const QString &reason) {
        m_trouble->setText(reason);
        m_trouble->show();
    });
    connect(&session, &Session::splitChanged, this, [this] { showRow(std::nullopt); });
    connect(&session, &Session::rowsReset, this, [this] {
        describe();
        load();
    });
    connect(&session, &Session::rowChanged, this, [this](dataset::Row row) {
        if (row != m_row)
            return;
        describe();
        load();
    });
    connect(&session, &Session::classesChanged, this, &ClipPanel::describe);
    showRow(std::nullopt);
}

void ClipPanel::showRow(std::optional<dataset::Row> row)
{
    if (row == m_row && row)
        return;
    m_row = row;
    m_playWhenLoaded = false;
    describe();
    // The first row is loaded at once; while rows fly by (a held arrow key) only the one where it stops.
    if (m_settle.isActive())
        clearSound({});
    else
        load();
    m_settle.start();
}

void ClipPanel::toggle()
{
    m_trouble->hide();
    if (m_player.hasSound())
        m_player.toggle();
    else if (m_row && isPlayable(m_session.split()->table.state(*m_row)))
        m_playWhenLoaded = true;
}

void ClipPanel::load()
{
    if (!m_row || !m_session.workspace()) {
        clearSound(m_row ? tr("The sound appears here once the clip is downloaded.") : QString());
        return;
    }
    const auto &table = m_session.split()->table;
    const QString file = m_session.workspace()->layout().clip(table.key(*m_row));
    if (!isPlayable(table.state(*m_row))) {
        m_sounds.forget(file); // it may come back as another
        clearSound(tr("The sound appears here once the clip is downloaded."));
        return;
    }
    if (file == m_file)
        return;
    // What is in memory takes the old one's place without an empty moment between.
    if (!m_sounds.find(file))
        clearSound({});
    m_file = file;
    m_sounds.load(this, file, [this](const Result<ClipSoundPtr> &loaded) { take(loaded); });
}

void ClipPanel::take(const Result<ClipSoundPtr> &loaded)
{
    if (!loaded) {
        clearSound(loaded.error().text);
        return;
    }
    m_trouble->hide();
    m_view->setSound(*loaded);
    m_player.setSound((*loaded)->sound);
    showPosition();
    showPlayState();
    if (std::exchange(m_playWhenLoaded, false))
        m_player.play();
}

void ClipPanel::clearSound(const QString &instead)
{
    m_sounds.cancel(this);
    m_file.clear();
    if (m_player.hasSound())
        m_player.setSound(nullptr);
    m_view->setSound(nullptr);
    m_view->setPlaceholder(instead);
    m_trouble->hide();
    showPosition();
    showPlayState();
}

void ClipPanel::describe()
{
    const bool shown = m_row.has_value();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_span, m_stateIcon, m_view, m_play, m_position,
                                                            m_browser, m_labels})
        widget->setVisible(shown);
    if (!shown) {
        m_id->clear();
        m_state->setText(tr("Choose a segment to see and hear its clip."));
        return;
    }
    const auto &table = m_session.split()->table;
    const SegmentKey key = table.key(*m_row);
    m_id->setText(key.ytid.toString());
    m_span->setText(
        u"%1 – %2  ·  %3"_s.arg(clockText(key.startMs), clockText(key.endMs), spanText(key.durationMs())));
    const StateLook look = lookOf(table.state(*m_row), coloursFor(palette()));
    m_stateIcon->setPixmap(iconPixmap(look.icon, look.colour, StateIconSize, devicePixelRatioF()));
    m_state->setText(stateSentence(*m_row));
    QStringList names;
    for (const dataset::LabelNumber label : table.labels(*m_row))
        names.append(m_session.classes().displayName(table.mid(label)));
    m_labels->setNames(names);
}

QString ClipPanel::stateSentence(dataset::Row row) const
{
    const auto record = m_session.record(row);
    const auto &table = m_session.split()->table;
    const QString length = u"%1 s  ·  %2 Hz"_s.arg(record.duration(), 0, 'f', 3).arg(record.sampleRate);
    switch (table.state(row)) {
    case ClipState::Absent:
        return tr("Not downloaded");
    case ClipState::Queued:
        return tr("Waits in the queue");
    case ClipState::Fetching:
        return tr("Is being downloaded");
    case ClipState::Formatting:
        return tr("Is being cut");
    case ClipState::Ready:
        return tr("Ready  ·  %1").arg(length);
    case ClipState::Short:
        return tr("Short: the video ends before the segment does  ·  %1").arg(length);
    case ClipState::Failed:
        return record.reason.isEmpty() ? tr("Failed") : record.reason;
    }
    return {};
}

void ClipPanel::showPosition()
{
    const double seconds = m_player.hasSound() ? m_player.position() : 0;
    m_view->setPosition(seconds);
    m_position->setText(m_player.hasSound()
                            ? u"%1 / %2"_s.arg(positionText(seconds), positionText(m_player.duration()))
                            : QString());
}

void ClipPanel::showPlayState()
{
    const bool playing = m_player.state() == playback::Player::State::Playing;
    m_play->setText(playing ? tr("Pause") : tr("Play"));
    m_play->setIcon(icon(playing ? u"pause"_s : u"play"_s));
    m_play->setEnabled(m_player.hasSound());
}

} // namespace earmark::ui
