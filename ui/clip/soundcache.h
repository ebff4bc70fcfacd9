#pragma once

#include "audio/peaks.h"
#include "audio/spectrogram.h"
#include "clips/measures.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace earmark::ui {

/// A sound with all that is shown of it.
struct ClipSound
{
    static constexpr int MostSeconds = 600; ///< what is read of a long file

    std::shared_ptr<const audio::Pcm> sound; ///< the beginning, MostSeconds of it; never null
    std::vector<audio::Peak> peaks;          ///< as many as the widest screen has pixels
    audio::SpectrumLevels levels;
    Measures measures;   ///< of `sound`
    audio::WavInfo info; ///< of the whole file
    double seconds = 0;  ///< the length of the whole file

    std::size_t bytes() const;
};
using ClipSoundPtr = std::shared_ptr<const ClipSound>;

/// Reads sounds off the window's thread and keeps those heard last, within bounds: going through ten thousand
/// clips takes no more memory than going through a hundred. Lives in the window's thread.
class SoundCache final : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(Result<ClipSoundPtr>)>;
    static constexpr qsizetype MostBytes = qsizetype{64} << 20;

    /// One sound is kept however large it is.
    explicit SoundCache(QObject *parent = nullptr, qsizetype mostBytes = MostBytes);
    ~SoundCache() override;

    /// What is in memory; else null.
    ClipSoundPtr find(const QString &path) const;
    /// Hands the sound to `done`: before this returns when it is in memory, else when it has been read. A
    /// newer question of the same asker takes the place of its older one; nothing comes when the asker is
    /// gone by then. Errors: those of audio::readWav().
    void load(QObject *asker, const QString &path, Done done);
    /// Takes back what this asker waits for.
    void cancel(QObject *asker);
    /// Reads these one after another while nobody waits for anything; takes the place of the former wishes.
    /// What cannot be read is passed over.
    void prefetch(const QStringList &paths);
    /// The file has changed: what was read of it does not count any more, and who waits gets what is there
    /// now.
    void forget(const QString &path);
    /// Everything but who waits.
    void clear();

private:
    struct Waiting
    {
        QPointer<QObject> asker;
        Done done;
    };
    struct Reading
    {
        std::stop_source stop;
        std::vector<Waiting> waiting; ///< empty: read ahead
    };

    void drop(const QObject *asker);
    void read(const QString &path, std::vector<Waiting> waiting);
    void finish(const QString &path, const Result<ClipSoundPtr> &sound);
    void readAhead();

    mutable QCache<QString, ClipSoundPtr> m_kept; // asking moves what is asked for to the front
    QHash<QString, std::shared_ptr<Reading>> m_readings;
    QStringList m_wishes;
    QThreadPool m_pool; // its own: pictures and filters do not wait for files
};

} // namespace earmark::ui
