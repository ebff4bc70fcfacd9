#include "ui/clip/clipstage.h"

#include "base/format.h"
#include "review/verdicts.h"
#include "session/session.h"
#include "verify/difference.h"

#include <array>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Longer than between two repeats of a held key, shorter than between two presses.
constexpr auto Settle = 120ms;

} // namespace

ClipStage::ClipStage(session::Session &session, playback::Player &player, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_player(player)
    , m_settle(Settle, [this] { load(); })
{
    connect(&player, &playback::Player::failed, this, &ClipStage::setNotice);
    connect(&player, &playback::Player::fellBack, this, &ClipStage::setNotice);
    connect(&session, &session::Session::splitChanged, this, [this] { show(std::nullopt); });
    connect(&session, &session::Session::rowsReset, this, [this] {
        Q_EMIT rowChanged();
        load();
    });
    connect(&session, &session::Session::rowChanged, this, [this](segments::Row row) {
        if (row != m_row)
            return;
        Q_EMIT rowChanged();
        load();
    });
}

void ClipStage::show(std::optional<segments::Row> row, Start start)
{
    if (row == m_row && row) {
        if (start == Start::Playing && m_sound)
            m_player.play();
        else
            m_playWhenLoaded = m_playWhenLoaded || start == Start::Playing;
        return;
    }
    m_row = row;
    m_playWhenLoaded = start == Start::Playing;
    Q_EMIT rowChanged();
    if (m_settle.isActive()) {
        m_file.clear();
        m_sounds.cancel(this);
        setSound(nullptr, {});
    } else {
        load();
    }
    m_settle.start();
}

void ClipStage::expect(std::span<const segments::Row> rows)
{
    QStringList files;
    for (const segments::Row row : rows) {
        if (isPlayable(m_session.split()->table.state(row)))
            files.append(fileOf(row));
    }
    m_sounds.prefetch(files);
}

void ClipStage::toggle()
{
    if (m_player.hasSound()) {
        if (m_sound)
            setNotice({});
        m_player.toggle();
    } else if (m_row && isPlayable(m_session.split()->table.state(*m_row))) {
        m_playWhenLoaded = true;
    }
}

void ClipStage::setCommonLoudness(bool common)
{
    m_isCommonLoudness = common;
    setGain();
}

QString ClipStage::fileOf(segments::Row row) const
{
    return m_session.workspace()->layout().clip(m_session.split()->table.key(row));
}

void ClipStage::load()
{
    if (m_settle.isActive() && m_file.isEmpty())
        return; // rows are going by
    const bool isKnown = m_row && m_session.workspace();
    const QString file = isKnown ? fileOf(*m_row) : QString();
    if (!isKnown || !isPlayable(m_session.split()->table.state(*m_row))) {
        m_sounds.cancel(this);
        m_sounds.forget(file); // it may come back as another
        m_file.clear();
        setSound(nullptr, whyNoSound());
        return;
    }
    if (file == m_file)
        return;
    m_sounds.cancel(this);
    m_file = file;
    if (m_sounds.find(file))
        lookAtFile();
    else
        setSound(nullptr, {});
    m_sounds.load(this, file, [this](const Result<ClipSoundPtr> &loaded) { take(loaded); });
}

void ClipStage::lookAtFile()
{
    m_look.run([file = m_file](const std::stop_token &) { return audio::readWavInfo(file); },
               [this, file = m_file](const Result<audio::WavInfo> &found) {
                   if (file == m_file)
                       isLost(found);
               });
}

bool ClipStage::isLost(const Result<audio::WavInfo> &found)
{
    if (!found && found.error().code == ErrorCode::Cancelled)
        return false;
    auto &workspace = *m_session.workspace();
    const SegmentKey key = m_session.split()->table.key(*m_row);
    const auto record = workspace.record(key); // the row may be a moment behind
    if (!isPlayable(record.progress.state))
        return false;
    const auto differs = verify::headerDifference({key, record.progress.state, record.audio},
                                                  workspace.format(), m_file, found);
    return differs && workspace.markLost(std::array{differs->of(key)}) > 0;
}

void ClipStage::take(const Result<ClipSoundPtr> &loaded)
{
    if (isLost(loaded.map([](const ClipSoundPtr &sound) { return sound->info; })))
        return; // the row has changed, and with it what is on the stage
    if (!loaded) {
        setSound(nullptr, loaded.error().text);
        return;
    }
    const auto &sound = *loaded;
    const bool isCut = sound->seconds > sound->sound->duration() + 0.001;
    setSound(sound, isCut ? tr("This file is %1 long; its first %2 are shown and played.")
                                .arg(clockText(static_cast<qint64>(sound->seconds * 1000)),
                                     clockText(static_cast<qint64>(sound->sound->duration() * 1000)))
                          : QString());
    keepMeasures();
    if (std::exchange(m_playWhenLoaded, false))
        m_player.play();
}

QString ClipStage::whyNoSound() const
{
    if (!m_row)
        return {};
    return earmark::isLost(m_session.split()->table.state(*m_row))
               ? tr("Download the clip again to see and hear it.")
               : tr("Download this clip to see and hear it.");
}

void ClipStage::setSound(ClipSoundPtr sound, const QString &notice)
{
    m_sound = std::move(sound);
    m_notice = notice;
    if (m_sound || m_player.hasSound())
        m_player.setSound(m_sound ? m_sound->sound : nullptr);
    setGain();
    Q_EMIT soundChanged();
}

void ClipStage::setNotice(const QString &notice)
{
    if (std::exchange(m_notice, notice) != notice)
        Q_EMIT soundChanged();
}

void ClipStage::setGain()
{
    m_player.setGain(m_isCommonLoudness && m_sound ? review::gainToCommonLoudness(m_sound->measures) : 0);
}

/// Of a clip that another program made, or an older Earmark.
void ClipStage::keepMeasures()
{
    auto record = m_session.record(*m_row);
    if (record.audio.measures.areKnown() || !isPlayable(record.progress.state))
        return;
    record.audio.measures = m_sound->measures;
    m_session.workspace()->update(m_session.split()->table.key(*m_row), record);
}

} // namespace earmark::ui
