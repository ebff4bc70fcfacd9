#include "export/report/coverage.h"

#include "cli/messages.h"

#include <QDir>
#include <QFileInfo>

namespace earmark::cli {

using namespace Qt::StringLiterals;

Exit coverage(const CoverageOptions &options)
{
    const Formulas formulas = options.isRaw ? Formulas::Kept : Formulas::Defused;
    // "-" is what stands for it elsewhere.
    const QString out = options.out == u"-" ? QString() : options.out;
    if (options.missing == u"-")
        return refuse(u"The list of missing clips goes to a file. Name it with --missing."_s);
    const QString folder = QDir::cleanPath(QFileInfo(options.workspace).absoluteFilePath());
    if (!options.missing.isEmpty()) {
        if (const auto written = exports::exportMissing(folder, options.missing, {}, formulas); !written)
            return fail(written.error());
    }
    if (!out.isEmpty()) {
        const auto written = exports::exportCoverage(folder, out, {}, formulas);
        return written ? Done : fail(written.error());
    }
    const auto coverage = exports::readCoverage(folder);
    if (!coverage)
        return fail(coverage.error());
    const QByteArray text =
        options.json ? exports::coverageJson(*coverage) : exports::coverageCsv(*coverage, formulas);
    printLine(QString::fromUtf8(text).trimmed());
    return Done;
}

} // namespace earmark::cli
