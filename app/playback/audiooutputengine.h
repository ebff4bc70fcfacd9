#pragma once

#include "playback/feed.h"
#include "playback/output.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QElapsedTimer>
#include <QTimer>

#include <mutex>

namespace earmark::playback {

/// The half of a Player that lives in the thread of the sound: it owns the sink. Orders come as posted calls
/// with a number, and each answer carries the number of the order that it follows from, so that an answer
/// that crosses a newer order can be told.
///
/// Each start opens a sink and writes to it at once; the feed in it could be switched instead. Measured with
/// PulseAudio playing into nothing, 60 starts, ms from the order to the first sample written, and to the
/// first one heard (p50/p99):
///
///                                            written     heard
///   a sink a start, written to               0.6/1.1     2/3
///   one sink, left to run dry in between     0/0         2/6
///   a sink a start that pulls, as Qt has it  23/24       45/48
///   one sink that pulls silence in between   11/24       44/55
///
/// A sink that pulls looks after its buffer only every 20 ms. One sink for all keeps what has been written to
/// it: it cannot be silenced, and would go on with the old sound for as long as its buffer lasts when the
/// next one is asked for. Nor is a program "playing" in the system's mixer that keeps silent.
class AudioOutputEngine final : public QObject
{
    Q_OBJECT

public:
    struct Order
    {
        quint64 number = 0;
        std::shared_ptr<const audio::Pcm> sound;
        qint64 frame = 0;
        Manner manner;
    };

    /// Tells what outputs there are when that is not what was told last. (Qt 6.4 knows, and says nothing.)
    /// The first time connects to the sound server, which can take some time.
    void look();
    /// Plays from that frame on, at once; what played stops. Answers with started() or failed().
    void start(const Order &order);
    void stop();
    /// The order that is played goes on like this.
    void change(Part part, bool looping);
    void setFactor(double factor);
    /// Empty: the system's default. What plays goes on there.
    void setOutput(const QByteArray &id);
    /// What look() found; from any thread.
    std::vector<Output> outputs() const;
    /// Stops, and ends the thread when the sound server's last answers have come in.
    void shutDown();

Q_SIGNALS:
    void started(quint64 order);
    /// About 30 times a second: the place that is heard, in frames of the sound.
    void heard(quint64 order, double frame);
    void ended(quint64 order);
    void failed(quint64 order, const QString &reason);
    /// It plays, but not where it was to.
    void fellBack();
    void outputsChanged();

private:
    /// The outputs that exist at this moment.
    QList<QAudioDevice> devices();
    QAudioDevice chooseDevice();
    void openSink();
    void closeSink();
    void fill();
    void tick();
    void tellPlace();
    void lose();
    void fail(const QString &reason);
    double playedFrames() const;

    Order m_order; ///< number 0: nothing is to be played
    Feed m_feed;
    QAudioSink *m_sink = nullptr; ///< only while playing
    QIODevice *m_pipe = nullptr;  ///< into it
    std::vector<std::int16_t> m_block;
    QTimer *m_timer = nullptr;
    int m_ticks = 0;
    mutable std::mutex m_mutex; ///< for the outputs
    std::vector<Output> m_outputs;
    QByteArray m_output;
    bool m_hasFallenBack = false;
    bool m_usesServer = false; ///< Qt was seen to be connected to the sound server
    double m_played = 0;       ///< frames, when the sink was last asked
    QElapsedTimer m_moved;     ///< since they were more than before
    QElapsedTimer m_stopped;   ///< since the last sink was closed; not valid when there was none
    QElapsedTimer m_lost;      ///< since an output went away
};

} // namespace earmark::playback
