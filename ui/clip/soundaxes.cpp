#include "ui/clip/soundaxes.h"

#include "base/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

QString tickTime(double seconds, double step)
{
    const int decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3;
    if (seconds < 60)
        return QString::number(seconds, 'f', decimals);
    const auto whole = static_cast<qint64>(seconds + 1e-6);
    QString text = whole < 3600 ? u"%1:%2"_s.arg(whole / 60).arg(whole % 60, 2, 10, QChar(u'0'))
                                : u"%1:%2:%3"_s.arg(whole / 3600)
                                      .arg(whole / 60 % 60, 2, 10, QChar(u'0'))
                                      .arg(whole % 60, 2, 10, QChar(u'0'));
    if (decimals > 0)
        text += QString::number(seconds - static_cast<double>(whole), 'f', decimals).mid(1);
    return text;
}

} // namespace

std::vector<Tick> timeTicks(double seconds, int length, int room)
{
    constexpr std::array Steps{0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,  0.2,  0.5,   1.0,  2.0,
                               5.0,   10.0,  15.0,  30.0, 60.0, 120., 300., 600., 1800., 3600.};
    if (seconds <= 0 || length <= 0 || room <= 0)
        return {};
    const auto step = std::find_if(Steps.begin(), Steps.end(),
                                   [&](double each) { return each / seconds * length >= room; });
    if (step == Steps.end())
        return {{0, tickTime(0, Steps.back())}};
    std::vector<Tick> ticks;
    for (int i = 0; i * *step <= seconds * (1 + 1e-9); ++i)
        ticks.push_back({i * *step, tickTime(i * *step, *step)});
    return ticks;
}

std::vector<Tick> frequencyTicks(const audio::FrequencyAxis &axis, int length, int room)
{
    static const std::array<std::pair<double, const char16_t *>, 10> Known{{{1000, u"1k"},
                                                                            {10'000, u"10k"},
                                                                            {5000, u"5k"},
                                                                            {100, u"100"},
                                                                            {2000, u"2k"},
                                                                            {500, u"500"},
                                                                            {20'000, u"20k"},
                                                                            {15'000, u"15k"},
                                                                            {40'000, u"40k"},
                                                                            {3000, u"3k"}}};
    std::vector<Tick> ticks;
    const auto height = [&](double hz) { return axis.place(hz) * length; };
    for (const auto &[hz, label] : Known) {
        // Half of a label stands above its place and half below.
        const bool fits = height(hz) >= room / 2.0 && height(hz) <= length - room / 2.0;
        const bool isFree = std::ranges::none_of(ticks, [&, hz = hz](const Tick &tick) {
            return std::abs(height(tick.value) - height(hz)) < room;
        });
        if (fits && isFree)
            ticks.push_back({hz, QString::fromUtf16(label)});
    }
    std::ranges::sort(ticks, {}, &Tick::value);
    return ticks;
}

QString timeText(double seconds)
{
    if (seconds < 60)
        return QCoreApplication::translate("Sound", "%1 s").arg(seconds, 0, 'f', 2);
    const auto hundredths = static_cast<qint64>(seconds * 100);
    return u"%1:%2.%3"_s.arg(hundredths / 6000)
        .arg(hundredths / 100 % 60, 2, 10, QChar(u'0'))
        .arg(hundredths % 100, 2, 10, QChar(u'0'));
}

QString frequencyText(double hz)
{
    return QCoreApplication::translate("Sound", "%1 Hz").arg(countText(std::llround(hz)));
}

} // namespace earmark::ui
