#include "manifest/nemo.h"

#include "base/wholefile.h"
#include "dataset/labellist.h"
#include "workspace/layout.h"
#include "workspace/ledgerreader.h"

#include <QDir>
#include <QFileInfo>

#include <nlohmann/json.hpp>

namespace earmark::manifest {

using namespace Qt::StringLiterals;
using workspace::ClipRecord;
using workspace::WantedClip;

namespace {

/// One line, its keys in the order in which people read them; ASCII, since NeMo opens manifests in the
/// locale's encoding.
std::string line(const QString &audioPath, const WantedClip &wanted, const ClipRecord &record)
{
    nlohmann::ordered_json json;
    json["audio_filepath"] = audioPath.toStdString();
    json["duration"] = record.duration();
    auto labels = nlohmann::ordered_json::array();
    for (const QByteArray &label : dataset::splitLabels(wanted.labels))
        labels.push_back(label.toStdString());
    json["labels"] = std::move(labels);
    constexpr bool asciiOnly = true;
    return json.dump(-1, ' ', asciiOnly, nlohmann::json::error_handler_t::replace) + '\n';
}

} // namespace

Result<ExportReport> exportNemo(const QString &workspaceFolder, const QString &path, std::stop_token stop)
{
    const workspace::Layout layout(QDir::cleanPath(QFileInfo(workspaceFolder).absoluteFilePath()));
    auto reader = workspace::LedgerReader::open(layout.root());
    if (!reader)
        return tl::unexpected(reader.error());

    const QFileInfo target(path);
    // Paths in a manifest are relative to it, so that the folder can be moved as a whole.
    const QString folder = target.absolutePath();
    const bool isBeside = folder == layout.root();
    WholeFile file(target.absoluteFilePath());
    if (auto opened = file.open(); !opened)
        return tl::unexpected(opened.error());

    ExportReport report;
    report.path = target.absoluteFilePath();
    Result<void> written;
    const auto read = (*reader)->forEach([&](const WantedClip &wanted, const ClipRecord &record) {
        const auto skip = [&report](const QString &why) { ++report.skipped[why]; };
        if (stop.stop_requested())
            return false;
        if (!isPlayable(record.state)) {
            if (record.state != ClipState::Absent)
                skip(QString(word(record.state)));
            return true;
        }
        if (!QFileInfo::exists(layout.clip(wanted.key))) {
            skip(u"missing"_s);
            return true;
        }
        // Known by its file alone, since the ledger was made anew; a manifest must not say that it has no
        // labels.
        if (wanted.position == workspace::NoPlace) {
            skip(u"without labels"_s);
            return true;
        }
        const std::string text = line(
            isBeside ? workspace::Layout::clipName(wanted.key) : layout.clip(wanted.key), wanted, record);
        written = file.write(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
        ++report.written;
        return written.has_value();
    });
    if (!read)
        return tl::unexpected(read.error());
    if (!written)
        return tl::unexpected(written.error());
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, u"The export was cancelled."_s);
    if (report.written == 0)
        return failure(
            ErrorCode::BadInput,
            u"There is no finished clip in %1 yet, so no manifest was written. Download some first."_s.arg(
                layout.root()));
    if (auto committed = file.commit(); !committed)
        return tl::unexpected(committed.error());
    return report;
}

} // namespace earmark::manifest
