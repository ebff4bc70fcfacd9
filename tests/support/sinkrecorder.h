#pragma once

#include <QProcess>

#include <cstdint>
#include <vector>

namespace earmark::test {

/// Hears what is played on the desktop of withdesktop.sh, one channel.
class SinkRecorder final
{
public:
    static constexpr int Rate = 44100; ///< Hz

    SinkRecorder();
    ~SinkRecorder();
    Q_DISABLE_COPY_MOVE(SinkRecorder)

    /// It takes a moment until it hears anything, also silence.
    bool isHearing() const { return m_process.bytesAvailable() > 0; }
    /// What was heard since the last call, silence included.
    std::vector<std::int16_t> take();

private:
    QProcess m_process;
};

} // namespace earmark::test
