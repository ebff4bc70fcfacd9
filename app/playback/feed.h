#pragma once

#include "audio/pcm.h"

#include <QIODevice>

namespace earmark::playback {

/// What a sink pulls its samples from: a sound, from some frame on, once or over and over; and silence behind
/// it, so that the sink never runs dry with the end of the sound still in its buffer.
class Feed final : public QIODevice
{
    Q_OBJECT

public:
    explicit Feed(QObject *parent = nullptr);

    /// `sound` not null, 0 <= frame < its frames.
    void begin(std::shared_ptr<const audio::Pcm> sound, qint64 frame, bool looping);
    /// From now on; what has been handed out stays.
    void setLooping(bool looping) { m_looping = looping; }
    /// How many frames had been handed out, counted from begin(), when the sound ended; -1: it has not.
    qint64 endedAfter() const { return m_endedAfter; }

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 maxSize) override;

private:
    std::shared_ptr<const audio::Pcm> m_sound;
    qint64 m_next = 0;   ///< bytes into the sound
    qint64 m_handed = 0; ///< bytes since begin()
    qint64 m_endedAfter = -1;
    bool m_looping = false;
};

} // namespace earmark::playback
