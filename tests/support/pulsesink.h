#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <cstdint>
#include <vector>

namespace earmark::test {

/// A private PulseAudio server with one output that plays into nothing, and what is played there recorded:
/// sound tests on a machine without a sound card. Needs the programs pulseaudio and parec. Start it before
/// the first QAudioSink or QMediaDevices of the process: Qt connects once.
class PulseSink final
{
public:
    static constexpr int Rate = 44100; ///< Hz, one channel

    PulseSink() = default;
    ~PulseSink();
    Q_DISABLE_COPY_MOVE(PulseSink)

    /// The programs are there.
    static bool isAvailable();
    /// Starts the server and points this process's PULSE_SERVER at it; false when it does not come up in 10
    /// s.
    bool start();
    /// Ends the server at once, as a crash would.
    void kill();

    /// Records from now on, once all is quiet; false when it does not become so in 10 s.
    bool record();
    /// Everything that was heard since record(), silence included.
    std::vector<std::int16_t> heard();

    /// A stretch of a recording that is not silent; stretches less than 5 ms apart are one.
    struct Stretch
    {
        std::size_t first = 0;
        std::size_t last = 0; ///< behind the end
        double seconds() const { return static_cast<double>(last - first) / Rate; }
    };
    static std::vector<Stretch> stretches(const std::vector<std::int16_t> &heard);

private:
    std::vector<std::int16_t> samplesFrom(qint64 byte) const;

    QTemporaryDir m_dir;
    QProcess m_server;
    QProcess m_recorder;
    qint64 m_mark = 0; ///< bytes into the recording
};

} // namespace earmark::test
