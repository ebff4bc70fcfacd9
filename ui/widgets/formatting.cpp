#include "ui/widgets/formatting.h"

#include "base/format.h"
#include "download/queue.h"
#include "net/filefetch.h"
#include "verify/shortclips.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QLocale>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

struct WordTexts
{
    Q_DECLARE_TR_FUNCTIONS(WordTexts)
};

} // namespace

QString clipsText(qint64 count)
{
    return count == 1 ? WordTexts::tr("1 clip") : WordTexts::tr("%1 clips").arg(countText(count));
}

QString segmentsText(qint64 count)
{
    return count == 1 ? WordTexts::tr("1 segment") : WordTexts::tr("%1 segments").arg(countText(count));
}

QString foundText(std::optional<qint64> count)
{
    return WordTexts::tr("%1 found").arg(count ? countText(*count) : u"—"_s);
}

QString shortCountText(qint64 count)
{
    constexpr qint64 mostInFull = 9'999;
    if (count <= mostInFull)
        return countText(count);
    double rest = static_cast<double>(count) / 1'000;
    QChar unit = u'k';
    if (rest >= 999.5) { // it would be rounded to 1000 k
        rest /= 1'000;
        unit = u'M';
    }
    // Three digits that count.
    const int decimals = rest < 9.995 ? 2 : rest < 99.95 ? 1 : 0;
    return QString::number(rest, 'f', decimals) + unit;
}

QString failureText(FailureClass failure)
{
    switch (failure) {
    case FailureClass::None:
        return {};
    case FailureClass::RateLimit:
        return WordTexts::tr("slowed down");
    case FailureClass::Permanent:
        return WordTexts::tr("gone");
    case FailureClass::Conditional:
        return WordTexts::tr("restricted");
    case FailureClass::Later:
        return WordTexts::tr("not out yet");
    case FailureClass::Transient:
        return WordTexts::tr("network");
    case FailureClass::Environment:
        return WordTexts::tr("this computer");
    case FailureClass::BadMedia:
        return WordTexts::tr("unusable sound");
    case FailureClass::Unknown:
        return WordTexts::tr("unknown");
    }
    return {};
}

QString retryText(const download::WaitingClip &clip)
{
    if (clip.waitMs <= 0)
        return WordTexts::tr("queued, try %1 of %2").arg(clip.nextTry).arg(clip.tries);
    // Rounded up: no retry comes later than it says.
    const QString wait = clockText(static_cast<std::uint32_t>((clip.waitMs + 999) / 1000 * 1000));
    return WordTexts::tr("retry in %1, try %2 of %3").arg(wait).arg(clip.nextTry).arg(clip.tries);
}

QString proofText(const Clip &clip)
{
    const QString proof = verify::sentence(verify::shortProof(clip));
    return proof.isEmpty()
               ? WordTexts::tr(
                     "No proof recorded: earmark-cli verify --repair downloads the clip again to get one.")
               : proof;
}

QString levelText(double decibels)
{
    // A true minus, as wide as the digits.
    return QString::number(decibels, 'f', 1).replace(u'-', QChar(0x2212));
}

QString loudnessText(const Measures &measures)
{
    if (!measures.hasLoudness())
        return WordTexts::tr("no loudness (too short)");
    return measures.loudness <= Measures::Silence ? WordTexts::tr("silent")
                                                  : levelText(measures.lufs()) + u" LUFS"_s;
}

QString etaText(qint64 milliseconds)
{
    constexpr qint64 Minute = 60'000;
    constexpr qint64 Hour = 60 * Minute;
    if (milliseconds < Minute)
        return WordTexts::tr("less than a minute");
    if (milliseconds < Hour)
        return WordTexts::tr("about %1 min").arg((milliseconds + Minute / 2) / Minute);
    if (milliseconds < 24 * Hour)
        return WordTexts::tr("about %1 h").arg((milliseconds + Hour / 2) / Hour);
    const QDateTime end = QDateTime::currentDateTime().addMSecs(milliseconds);
    return WordTexts::tr("more than a day, %1")
        .arg(QLocale().toString(end, milliseconds < 6 * 24 * Hour ? u"ddd HH:mm"_s : u"d MMM yyyy"_s));
}

QString progressText(const net::FetchProgress &progress)
{
    QStringList parts;
    if (progress.total > 0)
        parts.append(WordTexts::tr("%1 %").arg(progress.bytes * 100 / progress.total));
    else
        parts.append(bytesText(progress.bytes));
    if (progress.bytesPerSecond >= 1) {
        parts.append(WordTexts::tr("%1/s").arg(bytesText(static_cast<qint64>(progress.bytesPerSecond))));
        if (progress.total > progress.bytes)
            parts.append(etaText(static_cast<qint64>(static_cast<double>(progress.total - progress.bytes) *
                                                     1000 / progress.bytesPerSecond)));
    }
    return parts.join(u" · "_s);
}

QString wrapped(const QString &paragraph)
{
    constexpr qsizetype Widest = 72;
    QString text;
    qsizetype width = 0;
    for (const QString &word : paragraph.split(u' ', Qt::SkipEmptyParts)) {
        if (!text.isEmpty()) {
            const bool fits = width + 1 + word.size() <= Widest;
            text += fits ? u' ' : u'\n';
            width = fits ? width + 1 : 0;
        }
        text += word;
        width += word.size();
    }
    return text;
}

} // namespace earmark::ui
