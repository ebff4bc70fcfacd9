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

QString plural(qint64 count, const QString &one, const QString &several)
{
    return count == 1 ? one : several.arg(countText(count));
}

QString capitalized(const QString &text)
{
    return text.first(std::min<qsizetype>(text.size(), 1)).toUpper() +
           text.sliced(std::min<qsizetype>(text.size(), 1));
}

QString clipsText(qint64 count)
{
    return plural(count, WordTexts::tr("1 clip"), WordTexts::tr("%1 clips"));
}

QString segmentsText(qint64 count)
{
    return plural(count, WordTexts::tr("1 segment"), WordTexts::tr("%1 segments"));
}

QString matchesText(std::optional<qint64> count)
{
    return count ? plural(*count, WordTexts::tr("1 match"), WordTexts::tr("%1 matches"))
                 : WordTexts::tr("— matches");
}

QString stateText(ClipState state)
{
    switch (state) {
    case ClipState::Absent:
        return WordTexts::tr("Not downloaded");
    case ClipState::Queued:
        return WordTexts::tr("Queued");
    case ClipState::Fetching:
        return WordTexts::tr("Downloading");
    case ClipState::Formatting:
        return WordTexts::tr("Converting");
    case ClipState::Ready:
        return WordTexts::tr("Ready");
    case ClipState::Short:
        return WordTexts::tr("Short");
    case ClipState::Failed:
        return WordTexts::tr("Failed");
    case ClipState::Missing:
        return WordTexts::tr("Missing");
    case ClipState::Damaged:
        return WordTexts::tr("Damaged");
    }
    return {};
}

QString verdictText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Undecided:
        return WordTexts::tr("Undecided");
    case Verdict::Keep:
        return WordTexts::tr("Kept");
    case Verdict::Reject:
        return WordTexts::tr("Rejected");
    }
    return {};
}

QString failureText(FailureClass failure)
{
    switch (failure) {
    case FailureClass::None:
        return {};
    case FailureClass::RateLimit:
        return WordTexts::tr("rate limited");
    case FailureClass::Permanent:
        return WordTexts::tr("unavailable");
    case FailureClass::Conditional:
        return WordTexts::tr("restricted");
    case FailureClass::Later:
        return WordTexts::tr("not yet published");
    case FailureClass::Transient:
        return WordTexts::tr("network problem");
    case FailureClass::Environment:
        return WordTexts::tr("local problem");
    case FailureClass::BadMedia:
        return WordTexts::tr("bad audio");
    case FailureClass::Unknown:
        return WordTexts::tr("unknown");
    }
    return {};
}

QString retryText(const download::WaitingClip &clip)
{
    if (clip.waitMs <= 0)
        return WordTexts::tr("Queued, try %1 of %2").arg(clip.nextTry).arg(clip.tries);
    // Rounded up: no retry comes later than it says.
    const QString wait = clockText(static_cast<std::uint32_t>((clip.waitMs + 999) / 1000 * 1000));
    return WordTexts::tr("Retry in %1, try %2 of %3").arg(wait).arg(clip.nextTry).arg(clip.tries);
}

QString proofText(const Clip &clip)
{
    const QString proof = verify::sentence(verify::shortProof(clip));
    return proof.isEmpty() ? WordTexts::tr("No proof recorded. Run earmark-cli verify --repair to download "
                                           "the clip again and get one.")
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
        return WordTexts::tr("less than a minute left");
    if (milliseconds < Hour)
        return WordTexts::tr("about %1 min left").arg((milliseconds + Minute / 2) / Minute);
    if (milliseconds < 24 * Hour)
        return WordTexts::tr("about %1 h left").arg((milliseconds + Hour / 2) / Hour);
    const QDateTime end = QDateTime::currentDateTime().addMSecs(milliseconds);
    return WordTexts::tr("more than a day left, until %1")
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
