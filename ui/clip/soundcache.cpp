#include "ui/clip/soundcache.h"

#include "audio/measure.h"
#include "base/async.h"

#include <algorithm>

namespace earmark::ui {

namespace {

constexpr int PeakColumns = 4096;
/// One: the memory allocator keeps a region for each thread that it does not give back, and sounds that went
/// back and forth between several would fill all of them. What is told to stop does so in some milliseconds.
constexpr int Threads = 1;

Result<ClipSoundPtr> readSound(const QString &path, const std::stop_token &stop)
{
    if (stop.stop_requested()) // while it waited for its turn
        return cancelled();
    const auto info = audio::readWavInfo(path);
    if (!info)
        return tl::unexpected(info.error());
    auto pcm = audio::readWav(path, ClipSound::MostSeconds);
    if (!pcm)
        return tl::unexpected(pcm.error());
    auto sound = std::make_shared<ClipSound>();
    sound->sound = std::make_shared<const audio::Pcm>(std::move(*pcm));
    sound->info = *info;
    sound->seconds = std::max(info->duration(), sound->sound->duration());
    if (stop.stop_requested())
        return cancelled();
    sound->peaks = audio::peaks(*sound->sound, PeakColumns);
    sound->levels = audio::spectrumLevels(*sound->sound, stop);
    if (stop.stop_requested())
        return cancelled();
    sound->measures = audio::measure(*sound->sound, stop);
    if (stop.stop_requested())
        return cancelled();
    return sound;
}

} // namespace

std::size_t ClipSound::bytes() const
{
    return sizeof *this + sound->samples.capacity() * sizeof(std::int16_t) +
           peaks.capacity() * sizeof(audio::Peak) + levels.cells.capacity();
}

SoundCache::SoundCache(QObject *parent, qsizetype mostBytes)
    : QObject(parent)
    , m_kept(mostBytes)
{
    m_pool.setMaxThreadCount(Threads);
}

SoundCache::~SoundCache()
{
    for (const auto &reading : std::as_const(m_readings))
        reading->stop.request_stop();
}

ClipSoundPtr SoundCache::find(const QString &path) const
{
    const ClipSoundPtr *kept = m_kept.object(path);
    return kept ? *kept : nullptr;
}

void SoundCache::load(QObject *asker, const QString &path, Done done)
{
    drop(asker);
    if (auto kept = find(path)) {
        readAhead();
        done(std::move(kept));
        return;
    }
    if (const auto reading = m_readings.value(path)) {
        reading->waiting.push_back({asker, std::move(done)});
        return;
    }
    // What is read ahead can wait; it is taken up again later.
    erase_if(m_readings, [](auto it) {
        const bool isAhead = it.value()->waiting.empty();
        if (isAhead)
            it.value()->stop.request_stop();
        return isAhead;
    });
    std::vector<Waiting> waiting;
    waiting.push_back({asker, std::move(done)});
    read(path, std::move(waiting));
}

void SoundCache::cancel(QObject *asker)
{
    drop(asker);
    readAhead();
}

void SoundCache::drop(const QObject *asker)
{
    erase_if(m_readings, [asker](auto it) {
        Reading &reading = *it.value();
        const bool wasWaited = std::erase_if(reading.waiting, [asker](const Waiting &one) {
                                   return !one.asker || one.asker == asker;
                               }) > 0;
        const bool isOver = wasWaited && reading.waiting.empty();
        if (isOver)
            reading.stop.request_stop();
        return isOver;
    });
}

void SoundCache::prefetch(const QStringList &paths)
{
    m_wishes = paths;
    readAhead();
}

void SoundCache::forget(const QString &path)
{
    m_kept.remove(path);
    const auto reading = m_readings.take(path);
    if (!reading)
        return;
    reading->stop.request_stop();
    if (reading->waiting.empty())
        readAhead();
    else
        read(path, std::move(reading->waiting));
}

void SoundCache::clear()
{
    m_wishes.clear();
    m_kept.clear();
    for (const QString &path : m_readings.keys())
        forget(path);
}

void SoundCache::read(const QString &path, std::vector<Waiting> waiting)
{
    auto reading = std::make_shared<Reading>();
    reading->waiting = std::move(waiting);
    m_readings.insert(path, reading);
    runAsync(
        &m_pool, this, reading->stop.get_token(),
        [path, stop = reading->stop.get_token()](const std::stop_token &) { return readSound(path, stop); },
        [this, path](const Result<ClipSoundPtr> &sound) { finish(path, sound); });
}

void SoundCache::finish(const QString &path, const Result<ClipSoundPtr> &sound)
{
    const auto reading = m_readings.take(path);
    if (sound) {
        const auto cost = static_cast<qsizetype>((*sound)->bytes());
        m_kept.insert(path, new ClipSoundPtr(*sound), std::min(cost, m_kept.maxCost()));
    }
    m_wishes.removeAll(path);
    for (const Waiting &one : reading->waiting) {
        if (one.asker)
            one.done(sound);
    }
    readAhead();
}

void SoundCache::readAhead()
{
    while (m_readings.isEmpty() && !m_wishes.isEmpty()) {
        if (find(m_wishes.first()))
            m_wishes.removeFirst();
        else
            read(m_wishes.first(), {});
    }
}

} // namespace earmark::ui
