#include "support/sinkrecorder.h"

#include "support/soundfiles.h"

using namespace Qt::StringLiterals;

namespace earmark::test {

SinkRecorder::SinkRecorder()
{
    m_process.start(u"parec"_s, {u"--raw"_s, u"-d"_s, u"earmark.monitor"_s, u"--format=s16le"_s,
                                 u"--rate=%1"_s.arg(Rate), u"--channels=1"_s, u"--latency-msec=20"_s});
}

SinkRecorder::~SinkRecorder()
{
    m_process.terminate();
    m_process.waitForFinished();
}

std::vector<std::int16_t> SinkRecorder::take()
{
    const auto whole = m_process.bytesAvailable() / 2 * 2;
    return samplesOf(m_process.read(whole));
}

} // namespace earmark::test
