#include "base/atomicfile.h"
#include "export/jsontext.h"
#include "export/report/datasetcard.h"

#include <QDir>

#include <nlohmann/json.hpp>

namespace earmark::exports {

using namespace Qt::StringLiterals;
using nlohmann::ordered_json;

namespace {

ordered_json spreadJson(const Spread &spread, double unit)
{
    ordered_json json;
    for (const auto &[name, percent] : {std::pair("least", 0), std::pair("5%", 5), std::pair("median", 50),
                                        std::pair("95%", 95), std::pair("most", 100)})
        json[name] = spread.percentile(percent) / unit;
    return json;
}

ordered_json sumsJson(const ClipStatistics &sums)
{
    ordered_json json;
    json["clips"] = sums.clips();
    json["seconds"] = static_cast<double>(sums.milliseconds()) / 1'000;
    json["short"] = sums.shorter();
    auto &verdicts = json["verdicts"];
    for (const Verdict verdict : AllVerdicts)
        verdicts[keyword(verdict).latin1()] = sums.withVerdict(verdict);
    for (const ClipMark mark : AllClipMarks)
        json[keyword(mark).latin1()] = sums.withMark(mark);
    json["measured"] = sums.peak().count();
    if (sums.peak().count() > 0) {
        json["clipped"] = sums.clipped();
        json["peak_dbfs"] = spreadJson(sums.peak(), Measures::Hundredths);
        if (sums.truePeak().count() > 0)
            json["true_peak_dbtp"] = spreadJson(sums.truePeak(), Measures::Hundredths);
        if (sums.loudness().count() > 0)
            json["loudness_lufs"] = spreadJson(sums.loudness(), Measures::Hundredths);
        json["silent_share"] = spreadJson(sums.silence(), Measures::FullShare);
        json["bandwidth_hz"] = spreadJson(sums.bandwidth(), 1 / Measures::BandwidthStep);
    }
    return json;
}

ordered_json classesJson(const Card &card)
{
    auto classes = ordered_json::array();
    for (const CardClass &each : card.classes) {
        ordered_json json{{"mid", each.mid.toStdString()}};
        if (!each.name.isEmpty())
            json["name"] = each.name.toStdString();
        if (card.parts.empty()) {
            json["clips"] = each.clips.empty() ? 0 : each.clips.front();
        } else {
            for (std::size_t part = 0; part < std::min(card.parts.size(), each.clips.size()); ++part)
                json["clips"][card.parts[part].name.toStdString()] = each.clips[part];
        }
        classes.push_back(std::move(json));
    }
    return classes;
}

/// A segment that is not in the export. `why` is of one that has failed what yt-dlp said, after its class.
QByteArray missingLine(const SegmentKey &key, QLatin1StringView why, const QString &failure = {})
{
    ordered_json json{{"ytid", std::string(key.ytid.view())},
                      {"start", key.startMs / 1'000.0},
                      {"end", key.endMs / 1'000.0},
                      {"which", std::string(why.data(), static_cast<std::size_t>(why.size()))}};
    if (!failure.isEmpty()) {
        const qsizetype colon = failure.indexOf(u": "_s);
        json["which"] = failure.left(colon).toStdString();
        json["reason"] = failure.mid(colon + 2).toStdString();
    }
    return jsonText(json);
}

/// The list of what is missing, with the end of the file.
Result<void> writeMissing(AtomicFile &file, const ClipTable &clips, const ExportSet &set,
                          const std::stop_token &stop)
{
    QByteArray separator = "\n    ";
    const auto write = [&](const QByteArray &line) -> Result<void> {
        if (stop.stop_requested())
            return cancelled();
        auto written = file.write(separator + line);
        separator = ",\n    ";
        return written;
    };
    const auto &segments = clips.segments();
    for (const LeftOut &each : set.leftOut) {
        if (auto written = write(missingLine(segments.key(each.row), each.why, segments.reason(each.row)));
            !written)
            return written;
    }
    for (const SegmentKey &key : set.notQueued) {
        if (auto written = write(missingLine(key, "not queued"_L1)); !written)
            return written;
    }
    return file.write(separator.startsWith(',') ? "\n  ]\n}\n" : "]\n}\n");
}

} // namespace

QByteArray provenanceHead(const Card &card, const Coverage &coverage)
{
    ordered_json json;
    const auto say = [&json](const char *key, const QString &text) {
        if (!text.isEmpty())
            json[key] = text.toStdString();
    };
    say("title", card.title);
    say("manifest", card.manifest);
    say("format", card.format);
    say("made", card.madeAt);
    auto &sources = json["sources"] = ordered_json::array();
    for (const CardSource &source : card.sources) {
        auto &each = sources.emplace_back(ordered_json{{"name", source.name.toStdString()}});
        if (source.rows > 0)
            each["rows"] = source.rows;
        if (!source.sha256.isEmpty())
            each["sha256"] = source.sha256.toHex().toStdString();
    }
    say("query", card.query);
    say("selection", card.selection);
    for (const QString &choice : coverage.choices)
        json["chosen"].push_back(choice.toStdString());
    if (coverage.perHour > 0)
        json["per_hour"] = coverage.perHour;
    if (!card.parts.empty()) {
        if (card.splitSeed)
            json["split"]["seed"] = *card.splitSeed;
        for (const CardPart &part : card.parts)
            json["split"]["parts"].push_back({{"name", part.name.toStdString()},
                                              {"asked_percent", part.hundredths / 100.0},
                                              {"clips", part.clips}});
        for (const QString &note : card.partNotes)
            json["split"]["notes"].push_back(note.toStdString());
    }
    json["exported"] = sumsJson(card.sums);
    json["left_out"] = ordered_json::object();
    for (const auto &[why, count] : card.leftOut)
        json["left_out"][why.toStdString()] = count;
    json["classes"] = classesJson(card);
    json.update(coverageObject(coverage));
    return jsonText(json, 2);
}

Result<void> writeCard(const ClipTable &clips, const ExportSet &set, const QString &folder, const Card &card,
                       const std::stop_token &stop)
{
    const auto coverage = readCoverage(clips.layout().root(), stop);
    if (!coverage)
        return tl::unexpected(coverage.error());
    const QDir target(folder);
    AtomicFile json(target.filePath(CoverageName));
    AtomicFile text(target.filePath(CardName));
    return json.open()
        .and_then([&] {
            QByteArray head = provenanceHead(card, *coverage);
            head.chop(2); // the line end and the brace
            return json.write(head + ",\n  \"missing_clips\": [");
        })
        .and_then([&] { return writeMissing(json, clips, set, stop); })
        .and_then([&] { return text.open(); })
        .and_then([&] { return text.write(datasetCard(card, *coverage)); })
        .and_then([&] { return json.commit(); })
        .and_then([&] { return text.commit(); });
}

} // namespace earmark::exports
