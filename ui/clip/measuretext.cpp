#include "ui/clip/measuretext.h"

#include "base/format.h"
#include "ui/widgets/formatting.h"

#include <QCoreApplication>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

// From here on a clip is worth a look. Half of a clip that is silent is not what its labels promise; music
// and speech reach 8 kHz in all but old or badly made recordings; below -50 LUFS one hears next to nothing.
constexpr double MuchSilence = 0.5;
constexpr double LowBandwidth = 8'000;
constexpr double LowLoudness = -50;
constexpr double LargeOffset = 0.01;
constexpr double SilenceWorthSaying = 0.01;

struct MeasureTexts
{
    Q_DECLARE_TR_FUNCTIONS(MeasureTexts)
};

} // namespace

QString measuresText(const Clip &clip, const std::optional<SegmentKey> &alike, const Colours &colours)
{
    QStringList parts;
    const auto add = [&](const QString &text, bool isAmiss, bool isLong = false) {
        QString shown = text; // lines break between parts
        if (!isLong)
            shown.replace(u' ', QChar::Nbsp);
        parts.append(isAmiss ? u"<b style=\"color:%1\">%2</b>"_s.arg(colours.warning.name(), shown) : shown);
    };
    if (const Measures &measures = clip.audio.measures; measures.areKnown()) {
        add(loudnessText(measures), measures.hasLoudness() && measures.lufs() < LowLoudness);
        add(MeasureTexts::tr("peak %1 dB").arg(levelText(measures.peakDb())), false);
        if (measures.hasTruePeak() && measures.truePeakDb() > 0)
            add(MeasureTexts::tr("true peak %1 dB").arg(levelText(measures.truePeakDb())), false);
        if (measures.clipped > 0)
            add(MeasureTexts::tr("%1 samples clipped").arg(countText(measures.clipped)), true);
        if (measures.silentShare() >= SilenceWorthSaying)
            add(MeasureTexts::tr("%1 % silent").arg(qRound(measures.silentShare() * 100)),
                measures.silentShare() > MuchSilence);
        if (measures.bandwidthHz() > 0)
            add(MeasureTexts::tr("up to %1 kHz").arg(measures.bandwidthHz() / 1000, 0, 'f', 1),
                measures.bandwidthHz() < LowBandwidth);
        if (std::abs(measures.dc()) > LargeOffset)
            add(MeasureTexts::tr("DC offset %1 %").arg(measures.dc() * 100, 0, 'f', 1), true);
    }
    if (alike)
        add(MeasureTexts::tr("sounds the same as %1").arg(alike->stem().toHtmlEscaped()), true, true);
    return parts.join(u" &nbsp;·&nbsp; "_s);
}

} // namespace earmark::ui
