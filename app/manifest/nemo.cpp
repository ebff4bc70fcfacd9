#include "manifest/nemo.h"

#include "base/writefailure.h"
#include "workspace/layout.h"
#include "workspace/ledgerreader.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <nlohmann/json.hpp>

#include <cerrno>

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
    const QList<QByteArray> mids = wanted.labels.split(',');
    for (const QByteArray &mid : mids)
        labels.push_back(mid.toStdString());
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
    QSaveFile file(target.absoluteFilePath());
    if (target.isDir())
        return failure(ErrorCode::Unwritable,
                       u"%1 is a folder; name a file such as manifest.json."_s.arg(path));
    errno = 0;
    if (!file.open(QIODevice::WriteOnly))
        return writeFailure(path, errno);

    ExportReport report;
    report.path = target.absoluteFilePath();
    bool isWritten = true;
    int reason = 0;
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
        const std::string text = line(
            isBeside ? workspace::Layout::clipName(wanted.key) : layout.clip(wanted.key), wanted, record);
        errno = 0;
        isWritten =
            file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size());
        reason = errno;
        ++report.written;
        return isWritten;
    });
    if (!read)
        return tl::unexpected(read.error());
    if (!isWritten)
        return writeFailure(path, reason);
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, u"The export was cancelled."_s);
    if (report.written == 0)
        return failure(
            ErrorCode::BadInput,
            u"There is no finished clip in %1 yet, so no manifest was written. Download some first."_s.arg(
                layout.root()));
    errno = 0;
    if (!file.commit())
        return writeFailure(path, errno);
    return report;
}

} // namespace earmark::manifest
