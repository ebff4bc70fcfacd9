#include "support/player.h"

#include "support/soundfiles.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace earmark::test {

QString playerVersion()
{
    if (QStandardPaths::findExecutable(u"mpv"_s).isEmpty())
        return {};
    QProcess process;
    process.start(u"mpv"_s, {u"--no-config"_s, u"--version"_s});
    if (!process.waitForFinished())
        return {};
    return QString::fromUtf8(process.readAllStandardOutput()).section(u' ', 1, 1);
}

std::vector<std::int16_t> playedAt(const QString &file, int rate, double start, double seconds,
                                   const QStringList &options)
{
    const QTemporaryDir folder;
    const QString sound = folder.filePath(u"played.pcm"_s);
    QProcess process;
    process.start(u"mpv"_s,
                  QStringList{u"--no-config"_s, u"--no-video"_s, u"--really-quiet"_s, u"--ao=pcm"_s,
                              u"--untimed"_s, u"--ao-pcm-waveheader=no"_s, u"--ao-pcm-file="_s + sound,
                              u"--audio-format=s16"_s, u"--audio-channels=mono"_s,
                              u"--audio-samplerate=%1"_s.arg(rate), u"--hr-seek=yes"_s,
                              u"--start=%1"_s.arg(start), u"--length=%1"_s.arg(seconds)} +
                      options + QStringList{file});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        return {};
    QFile played(sound);
    return played.open(QIODevice::ReadOnly) ? samplesOf(played.readAll()) : std::vector<std::int16_t>();
}

} // namespace earmark::test
