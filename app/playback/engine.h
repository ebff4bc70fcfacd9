#pragma once

#include "playback/feed.h"

#include <QAudioSink>
#include <QElapsedTimer>
#include <QTimer>

namespace earmark::playback {

/// The half of a Player that lives in the thread of the sound: it owns the sink. Orders come as queued calls
/// with a number, and each answer carries the number of the order that it follows from, so that an answer
/// that crosses a newer order can be told.
class Engine final : public QObject
{
    Q_OBJECT

public:
    struct Order
    {
        quint64 number = 0;
        std::shared_ptr<const audio::Pcm> sound;
        qint64 frame = 0;
        double speed = 1;
        bool looping = false;
    };

    /// Plays from that frame on, at once; what played stops. Answers with started() or failed().
    void start(const Order &order);
    void stop();
    void setLooping(bool looping);
    /// Stops, and ends the thread when the sound server's last answers have come in.
    void shutDown();

Q_SIGNALS:
    void started(quint64 order);
    /// About 30 times a second: the place that is heard, in frames of the sound.
    void heard(quint64 order, double frame);
    void ended(quint64 order);
    void failed(quint64 order, const QString &reason);

private:
    void openSink();
    void closeSink();
    void watch();
    void onSinkState(QAudio::State state);
    void fail(const QString &reason);
    double playedFrames() const;

    Order m_order;
    Feed *m_feed = nullptr;
    QAudioSink *m_sink = nullptr; ///< only while playing
    QTimer *m_timer = nullptr;
    QElapsedTimer m_stopped; ///< since the last sink was closed; not valid when there was none
};

} // namespace earmark::playback
