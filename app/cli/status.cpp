#include "cli/report.h"

#include "base/format.h"
#include "workspace/layout.h"
#include "workspace/ledgerreader.h"

#include <QDir>
#include <QFileInfo>

namespace earmark::cli {

using namespace Qt::StringLiterals;

Exit status(const StatusOptions &options)
{
    const QString folder = QDir::cleanPath(QFileInfo(options.workspace).absoluteFilePath());
    auto reader = workspace::LedgerReader::open(folder);
    if (!reader)
        return fail(reader.error());
    const auto counts = (*reader)->counts();
    if (!counts)
        return fail(counts.error());
    if (options.json) {
        printJson(countsJson(folder, *counts));
        return Done;
    }
    printLine(countsText(folder, *counts));
    const auto read = (*reader)->forEach([](const WantedClip &wanted, const Clip &record) {
        if (hasWhy(record.progress.state))
            printLine(u"%1: %2"_s.arg(wanted.key.stem(), record.why()));
        return true;
    });
    if (read && (*reader)->skippedRows() > 0)
        note(u"Damaged rows skipped in the ledger of %1: %2."_s.arg(folder,
                                                                    countText((*reader)->skippedRows())));
    return read ? Done : fail(read.error());
}

} // namespace earmark::cli
