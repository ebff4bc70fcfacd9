#include "cli/report.h"

#include "base/format.h"
#include "manifest/nemo.h"
#include "workspace/layout.h"

#include <map>

namespace earmark::cli {

using namespace Qt::StringLiterals;

Exit exportManifest(const ExportOptions &options)
{
    const QString out = options.out.isEmpty() ? workspace::Layout(options.workspace).manifest() : options.out;
    const auto report = manifest::exportNemo(options.workspace, out);
    if (!report)
        return fail(report.error());
    std::map<std::string, qint64> skipped;
    for (auto entry = report->skipped.cbegin(); entry != report->skipped.cend(); ++entry)
        skipped[entry.key().toStdString()] = entry.value();
    if (options.json) {
        nlohmann::ordered_json json;
        json["written"] = report->written;
        json["skipped"] = skipped;
        json["out"] = report->path.toStdString();
        printJson(json);
        return Done;
    }
    QString text = u"%1 clips written to %2"_s.arg(countText(report->written), report->path);
    for (const auto &[reason, count] : skipped)
        text += u", %1 %2 left out"_s.arg(countText(count), QString::fromStdString(reason));
    printLine(text);
    return Done;
}

} // namespace earmark::cli
