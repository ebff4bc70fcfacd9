#include "support/soundfiles.h"

#include "support/resulttest.h"
#include "support/soundmatch.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtEndian>

#include <cstring>

using namespace Qt::StringLiterals;

namespace earmark::test {

QByteArray ffmpeg(const QStringList &arguments, QByteArray *output)
{
    QProcess process;
    process.start(u"ffmpeg"_s, QStringList{u"-nostdin"_s, u"-v"_s, u"error"_s, u"-y"_s} + arguments);
    if (!process.waitForFinished(120'000))
        return "ffmpeg did not run to its end: " + process.errorString().toUtf8();
    if (output)
        *output = process.readAllStandardOutput();
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    return "ffmpeg failed: " + process.readAllStandardError();
}

bool writePlainWav(const QString &path, const std::vector<std::int16_t> &samples, int rate, int channels)
{
    const auto bytes = static_cast<quint32>(samples.size() * 2);
    QByteArray wav(44 + static_cast<qsizetype>(bytes), '\0');
    char *at = wav.data();
    const auto text = [&](const char *four) { at = std::copy(four, four + 4, at); };
    const auto number32 = [&](quint32 value) {
        qToLittleEndian(value, at);
        at += 4;
    };
    const auto number16 = [&](int value) {
        qToLittleEndian(static_cast<quint16>(value), at);
        at += 2;
    };
    text("RIFF");
    number32(36 + bytes);
    text("WAVE");
    text("fmt ");
    number32(16);
    number16(1); // PCM
    number16(channels);
    number32(static_cast<quint32>(rate));
    number32(static_cast<quint32>(rate * channels * 2));
    number16(channels * 2);
    number16(16);
    text("data");
    number32(bytes);
    for (const std::int16_t sample : samples)
        number16(sample);
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(wav) == wav.size();
}

QByteArray writeNoiseM4a(const QString &path, const QStringList &options, std::uint32_t seed)
{
    constexpr int Rate = 44'100, Seconds = 8;
    const QTemporaryDir folder;
    const QString wav = folder.filePath(u"noise.wav"_s);
    if (!writePlainWav(wav, noise(std::size_t{Seconds} * Rate, 0.3, seed), Rate, 1))
        return "The noise cannot be written.";
    return ffmpeg(QStringList{u"-i"_s, wav, u"-b:a"_s, u"128k"_s} + options + QStringList{path});
}

QByteArray noiseM4a(const QStringList &options)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"noise.m4a"_s);
    const QByteArray trouble = writeNoiseM4a(path, options);
    if (!trouble.isEmpty())
        qFatal("%s", trouble.constData());
    return readFile(path);
}

std::vector<std::int16_t> samplesOf(const QByteArray &bytes)
{
    std::vector<std::int16_t> samples(static_cast<std::size_t>(bytes.size()) / 2);
    if (!samples.empty()) // nothing has no address to copy from
        std::memcpy(samples.data(), bytes.constData(), samples.size() * 2);
    return samples;
}

QByteArray cutSection(const QString &source, double from, double to, const QString &target,
                      const QStringList &outputOptions)
{
    QStringList arguments;
    if (from > 0)
        arguments += {u"-ss"_s, QString::number(from, 'f', 3)};
    // As resources/earmark_jobs.py has it.
    const bool hasOwnClock = source.endsWith(".m4a"_L1) || source.endsWith(".webm"_L1);
    arguments += hasOwnClock ? QStringList{u"-seek_timestamp"_s, u"1"_s} : QStringList{u"-start_at_zero"_s};
    arguments += {u"-t"_s, QString::number(to - from, 'f', 3), u"-i"_s, source};
    arguments += {u"-c"_s,       u"copy"_s, u"-vn"_s,     u"-copyts"_s, u"-avoid_negative_ts"_s,
                  u"disabled"_s, u"-f"_s,   u"matroska"_s};
    return ffmpeg(arguments + outputOptions + QStringList{u"file:"_s + target});
}

std::vector<std::int16_t> decodeWhole(const QString &path, int rate)
{
    QByteArray bytes;
    const QString resample = u"pan=mono|c0=0.5*c0+0.5*c1,aresample=%1:resampler=soxr"_s.arg(rate);
    if (!ffmpeg({u"-i"_s, path, u"-af"_s, resample, u"-f"_s, u"s16le"_s, u"-"_s}, &bytes).isEmpty())
        return {};
    return samplesOf(bytes);
}

} // namespace earmark::test
