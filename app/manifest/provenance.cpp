#include "base/wholefile.h"
#include "manifest/datasetcard.h"
#include "workspace/ledgerreader.h"

#include <QDir>

#include <nlohmann/json.hpp>

namespace earmark::manifest {

using namespace Qt::StringLiterals;
using nlohmann::ordered_json;
using workspace::LedgerReader;
using workspace::LedgerRow;

namespace {

constexpr bool AsciiOnly = true;

ordered_json spreadJson(const Spread &spread, double unit)
{
    ordered_json json;
    for (const auto &[name, percent] : {std::pair("least", 0), std::pair("5%", 5), std::pair("median", 50),
                                        std::pair("95%", 95), std::pair("most", 100)})
        json[name] = spread.percentile(percent) / unit;
    return json;
}

ordered_json sumsJson(const ClipSums &sums)
{
    ordered_json json;
    json["clips"] = sums.clips();
    json["seconds"] = static_cast<double>(sums.milliseconds()) / 1'000;
    json["short"] = sums.shorter();
    auto &verdicts = json["verdicts"];
    for (const Verdict verdict : AllVerdicts)
        verdicts[word(verdict).latin1()] = sums.withVerdict(verdict);
    for (const ClipMark mark : AllClipMarks)
        json[word(mark).latin1()] = sums.withMark(mark);
    json["measured"] = sums.peak().count();
    if (sums.peak().count() > 0) {
        json["clipped"] = sums.clipped();
        json["peak_dbfs"] = spreadJson(sums.peak(), Measures::Hundredths);
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

ordered_json missingJson(const LedgerRow &row)
{
    ordered_json json{{"ytid", std::string(row.key.ytid.view())},
                      {"start", row.key.startMs / 1'000.0},
                      {"end", row.key.endMs / 1'000.0}};
    const bool hasFailed = row.state == ClipState::Failed;
    json["which"] = hasFailed ? word(row.failure).latin1() : word(row.state).latin1();
    if (hasFailed)
        json["reason"] = std::string(row.reason);
    return json;
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
    if (card.sampleSeed)
        json["sample_seed"] = *card.sampleSeed;
    if (card.perHour > 0)
        json["per_hour"] = card.perHour;
    if (!card.parts.empty()) {
        if (card.splitSeed)
            json["split"]["seed"] = *card.splitSeed;
        for (const CardPart &part : card.parts)
            json["split"]["parts"].push_back({{"name", part.name.toStdString()},
                                              {"asked_percent", part.hundredths / 100.0},
                                              {"clips", part.clips}});
    }
    json["exported"] = sumsJson(card.sums);
    json["left_out"] = ordered_json::object();
    for (const auto &[why, count] : card.leftOut)
        json["left_out"][why.toStdString()] = count;
    json["classes"] = classesJson(card);
    json.update(coverageObject(coverage));
    return QByteArray::fromStdString(json.dump(2, ' ', AsciiOnly, ordered_json::error_handler_t::replace));
}

Result<void> writeCard(const QString &workspaceFolder, const QString &folder, const Card &card,
                       const std::stop_token &stop)
{
    const auto coverage = readCoverage(workspaceFolder, stop);
    if (!coverage)
        return tl::unexpected(coverage.error());
    auto reader = LedgerReader::open(workspaceFolder);
    if (!reader)
        return tl::unexpected(reader.error());

    const QDir target(folder);
    WholeFile json(target.filePath(CoverageName));
    Result<void> written = json.open().and_then([&] {
        QByteArray head = provenanceHead(card, *coverage);
        head.chop(2); // the line end and the brace
        return json.write(head + ",\n  \"missing_clips\": [");
    });
    QByteArray separator = "\n    ";
    const auto read = (*reader)->forEachRow(workspace::schema::Select::InOrder, [&](const LedgerRow &row) {
        if (row.state != ClipState::Absent && !isPlayable(row.state)) {
            written = written.and_then([&] {
                return json.write(separator +
                                  QByteArray::fromStdString(missingJson(row).dump(
                                      -1, ' ', AsciiOnly, ordered_json::error_handler_t::replace)));
            });
            separator = ",\n    ";
        }
        return written.has_value() && !stop.stop_requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    if (written && stop.stop_requested())
        return failure(ErrorCode::Cancelled, u"The export was cancelled."_s);
    WholeFile text(target.filePath(CardName));
    return written.and_then([&] { return json.write(separator.startsWith(',') ? "\n  ]\n}\n" : "]\n}\n"); })
        .and_then([&] { return text.open(); })
        .and_then([&] { return text.write(datasetCard(card, *coverage)); })
        .and_then([&] { return json.commit(); })
        .and_then([&] { return text.commit(); });
}

} // namespace earmark::manifest
