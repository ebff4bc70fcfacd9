#include "export/partition.h"

#include "base/csvtext.h"
#include "base/format.h"
#include "export/stratifier.h"

#include <QStringList>

#include <algorithm>
#include <numeric>

namespace earmark::exports {

using namespace Qt::StringLiterals;
using segments::LabelNumber;

Result<Partition> partitionClips(const SplitClips &clips, std::span<const Share> shares, std::uint64_t seed,
                                 const std::stop_token &stop)
{
    if (const auto checked = checkShares(shares); !checked)
        return tl::unexpected(checked.error());
    const ClipGroups groups = ClipGroups::of(clips, seed);
    Stratifier stratifier(groups, clips.labelCount, shares);
    if (!stratifier.run(stop))
        return cancelled();

    Partition result;
    result.groups = groups.size();
    result.largestGroup = groups.sizes.empty() ? 0 : std::ranges::max(groups.sizes);
    result.clips.resize(shares.size());
    result.labelClips.resize(clips.labelCount * shares.size());
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        const std::uint8_t part = stratifier.partOf(groups.ofClip[clip]);
        result.partOf.push_back(part);
        ++result.clips[part];
        for (const LabelNumber label : clips.labelsOf(clip))
            ++result.labelClips[label * shares.size() + part];
    }
    return result;
}

QStringList partitionNotes(const Partition &partition, std::span<const Share> shares)
{
    const auto all = std::accumulate(partition.clips.begin(), partition.clips.end(), std::int64_t{0});
    QStringList notes;
    for (std::size_t part = 0; part < shares.size(); ++part) {
        const std::int64_t asked = all * shares[part].hundredths;
        const std::int64_t got = std::int64_t{partition.clips[part]} * Share::Whole;
        if (std::abs(got - asked) <= Stratifier::tolerance(asked) && got > 0)
            continue;
        notes.append(
            u"Part %1 has %2 of %3 clips instead of %4 (%5 %): clips of one video, or with the same sound, stay together; the largest of %6 groups has %7."_s
                .arg(shares[part].name, countText(partition.clips[part]), countText(all),
                     Share::text(static_cast<std::uint64_t>(asked + 50) / 100),
                     Share::text(shares[part].hundredths), countText(static_cast<qint64>(partition.groups)),
                     countText(partition.largestGroup)));
    }
    return notes;
}

QByteArray partitionCsv(const Partition &partition, std::span<const Share> shares,
                        std::span<const QString> classes)
{
    QStringList head{u"class"_s, u"clips"_s};
    for (const Share &share : shares)
        head << share.name + u"_asked"_s << share.name + u"_got"_s;
    QByteArray csv = csvLine(head);
    const auto add = [&](const QString &what, std::span<const std::uint32_t> got) {
        const auto clips = std::accumulate(got.begin(), got.end(), std::uint64_t{0});
        if (clips == 0)
            return;
        QStringList fields{what, QString::number(clips)};
        for (std::size_t part = 0; part < shares.size(); ++part)
            fields << Share::text((clips * shares[part].hundredths + 50) / 100) << QString::number(got[part]);
        csv += csvLine(fields);
    };
    add(u"(all)"_s, partition.clips);
    for (std::size_t label = 0; label < classes.size() && label * shares.size() < partition.labelClips.size();
         ++label)
        add(classes[label], partition.ofLabel(label));
    return csv;
}

} // namespace earmark::exports
