#pragma once

#include "support/soundmatch.h"

#include <QProcess>
#include <QTemporaryDir>

#include <cstdint>
#include <map>
#include <vector>

namespace earmark::test {

/// A private PulseAudio server with one output that plays into nothing, and what is played there recorded:
/// sound tests on a machine without a sound card. Needs the programs pulseaudio, parec and pactl. Start it
/// before the first QAudioSink or QMediaDevices of the process: Qt connects once, and after a loss every 3 s.
class PulseSink final
{
public:
    static constexpr int Rate = 44100;   ///< Hz, one channel
    static constexpr auto Usual = "ear"; ///< name, and to Qt the id, of the output that is always there

    PulseSink() = default;
    ~PulseSink();
    Q_DISABLE_COPY_MOVE(PulseSink)

    /// The programs are there.
    static bool isAvailable();
    /// Starts the server and points this process's PULSE_SERVER at it; false when it does not come up in 10
    /// s.
    bool start();
    /// Ends the server at once, as a crash would. It can be started again.
    void kill();
    /// One more output, or one less: what plays on it the server moves to another one, or cuts off when there
    /// is none. False when the server will not.
    bool plugIn(const QByteArray &name);
    bool unplug(const QByteArray &name);

    /// Records from now on, once all is quiet; false when it does not become so in 10 s.
    bool record(const QByteArray &output = Usual);
    /// Everything that was heard since record(), silence included.
    std::vector<std::int16_t> heard(const QByteArray &output = Usual) const;
    /// How many samples that is by now.
    qint64 heardCount(const QByteArray &output = Usual) const;

    /// A stretch of a recording that is not silent; stretches less than 5 ms apart are one.
    struct Stretch
    {
        std::size_t first = 0;
        std::size_t last = 0; ///< behind the end
        double seconds() const { return static_cast<double>(last - first) / Rate; }
    };
    static std::vector<Stretch> stretches(const std::vector<std::int16_t> &heard);
    static Samples part(const std::vector<std::int16_t> &heard, const Stretch &stretch);
    /// Nothing when what was heard is this piece of a sound, to the sample; otherwise in what they differ. Of
    /// the millisecond in which a stream begins the monitor has already handed out silence: that much of the
    /// head may be missing.
    static QByteArray difference(Samples piece, Samples heard);
    /// The same for the end of what was heard. (What was cut off for it may be right before it.)
    static QByteArray differenceAtEnd(Samples piece, Samples heard);

private:
    struct Recorder
    {
        QProcess process;
        qint64 mark = 0; ///< bytes into the recording
    };
    QString recording(const QByteArray &output) const;
    std::vector<std::int16_t> samplesFrom(const QByteArray &output, qint64 byte) const;
    bool control(const QStringList &order, QByteArray *answer = nullptr) const;

    QTemporaryDir m_dir;
    QProcess m_server;
    std::map<QByteArray, Recorder> m_recorders;
};

} // namespace earmark::test
