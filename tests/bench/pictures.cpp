/// earmark-bench-pictures: what the pictures and the measurements of a clip cost; a line of JSON for each.
///
///   earmark-bench-pictures WAV          CPU of each, in this process
///   earmark-bench-pictures WAV PICTURE  nothing but the pictures, once, for whoever measures whole processes

#include "audio/measure.h"
#include "audio/peaks.h"
#include "audio/spectrogram.h"
#include "bench/measure.h"

#include <QFile>

using namespace earmark;

namespace {

constexpr int Width = 1000; ///< as large as in the window
constexpr int Height = 300;
constexpr int Runs = 30;

audio::IndexPicture draw(const audio::Pcm &pcm)
{
    return audio::drawSpectrum(audio::spectrumLevels(pcm), Width, Height, audio::FrequencyAxis::Kind::Mel,
                               80);
}

void tellCpu(std::string_view what, double cpu)
{
    bench::tell(what, cpu, 0, 0);
}

/// The plainest form there is: a line of text and the grey pixels (PGM).
bool write(const audio::IndexPicture &picture, const QString &path)
{
    QFile file(path);
    const QByteArray head =
        QStringLiteral("P5 %1 %2 255\n").arg(picture.width).arg(picture.height).toLatin1();
    const auto size = static_cast<qint64>(picture.pixels.size());
    return file.open(QIODevice::WriteOnly) && file.write(head) == head.size() &&
           file.write(reinterpret_cast<const char *>(picture.pixels.data()), size) == size;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        std::fputs("usage: earmark-bench-pictures WAV [PICTURE]\n", stderr);
        return 2;
    }
    const auto pcm = audio::readWav(QFile::decodeName(argv[1]));
    if (!pcm) {
        std::fprintf(stderr, "earmark-bench-pictures: %s\n", qPrintable(pcm.error().text));
        return 1;
    }
    if (argc == 3) {
        const auto peaks = audio::peaks(*pcm, Width);
        return write(draw(*pcm), QFile::decodeName(argv[2])) && !peaks.empty() ? 0 : 1;
    }
    tellCpu("pictures", bench::leastOf(Runs, [&pcm] {
                draw(*pcm);
                audio::peaks(*pcm, Width);
            }));
    tellCpu("measure", bench::leastOf(Runs, [&pcm] { audio::measure(*pcm); }));
    return 0;
}
