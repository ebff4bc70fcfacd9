#include "export/icefalllabels.h"

#include "base/atomicfile.h"
#include "base/csvtext.h"

#include <QFileInfo>

#include <algorithm>

namespace earmark::exports {

using namespace Qt::StringLiterals;

Result<void> checkVideos(const ClipTable &clips, const ExportSet &set)
{
    std::vector<YtId> videos;
    videos.reserve(set.items.size());
    for (const ExportItem &item : set.items)
        videos.push_back(clips.segments().key(item.row).ytid);
    std::ranges::sort(videos);
    const auto twice = std::ranges::adjacent_find(videos);
    if (twice == videos.end())
        return {};
    return failure(
        ErrorCode::BadInput,
        u"icefall's recipe tells clips apart by their video alone, and %1 has several: it would give them each other's labels, so nothing was written. Export one clip per video, or another format."_s
            .arg(twice->toString()));
}

Result<void> writeClasses(const ExportContext &context, const std::vector<ExportDocument> &documents,
                          const QString &folder)
{
    QByteArray text("index,mid,display_name\n");
    for (const auto &each : context.options.classes.labels->labels())
        text += csvLine({QString::number(each.index), QString::fromUtf8(each.mid), each.displayName},
                        Formulas::Kept);
    for (const ExportDocument &document : documents) {
        AtomicFile file(QFileInfo(folder + u'/' + document.name).path() + u"/class_labels_indices.csv"_s);
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

} // namespace earmark::exports
