#include "manifest/iceclasses.h"

#include "base/csvtext.h"
#include "base/wholefile.h"

#include <QFileInfo>

namespace earmark::manifest {

using namespace Qt::StringLiterals;

Result<void> writeClasses(const ExportContext &context, const std::vector<ExportDocument> &documents,
                          const QString &folder)
{
    QByteArray text("index,mid,display_name\n");
    for (const auto &each : context.options.classes.labels->labels())
        text += csvLine({QString::number(each.index), QString::fromUtf8(each.mid), each.displayName});
    for (const ExportDocument &document : documents) {
        WholeFile file(QFileInfo(folder + u'/' + document.name).path() + u"/class_labels_indices.csv"_s);
        auto written = file.open();
        if (written)
            written = file.write(text);
        if (written)
            written = file.commit();
        if (!written)
            return written;
    }
    return {};
}

} // namespace earmark::manifest
