#include "manifest/coverage.h"

#include "cli/report.h"

#include <QDir>
#include <QFileInfo>

namespace earmark::cli {

Exit coverage(const CoverageOptions &options)
{
    const Formulas formulas = options.isRaw ? Formulas::Kept : Formulas::Defused;
    const QString folder = QDir::cleanPath(QFileInfo(options.workspace).absoluteFilePath());
    if (!options.missing.isEmpty()) {
        if (const auto written = manifest::exportMissing(folder, options.missing, {}, formulas); !written)
            return fail(written.error());
    }
    if (!options.out.isEmpty()) {
        const auto written = manifest::exportCoverage(folder, options.out, {}, formulas);
        return written ? Done : fail(written.error());
    }
    const auto coverage = manifest::readCoverage(folder);
    if (!coverage)
        return fail(coverage.error());
    const QByteArray text =
        options.json ? manifest::coverageJson(*coverage) : manifest::coverageCsv(*coverage, formulas);
    printLine(QString::fromUtf8(text).trimmed());
    return Done;
}

} // namespace earmark::cli
