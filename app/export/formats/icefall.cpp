#include "base/atomicfile.h"
#include "base/csvtext.h"
#include "base/format.h"
#include "export/exportlayout.h"
#include "export/formats/formats.h"
#include "export/formats/writers.h"

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

QStringList icefallWarnings(const ExportContext &context, const ExportSet &set, const ExportParts &)
{
    const qint64 count = std::ranges::count_if(set.items, [&context](const ExportItem &item) {
        return context.clips.segments().key(item.row).ytid.view().find('_') != std::string_view::npos;
    });
    if (count == 0)
        return {};
    return {u"icefall's recipe ends a video's id at its first “_”, so it skips %1."_s.arg(
        counted(count, u"clip"))};
}

Result<void> writeLabelMap(const FolderWriting &job)
{
    QByteArray text("index,mid,display_name\n");
    for (const auto &each : job.context.options.classes.labels->labels())
        text += csvLine({QString::number(each.index), QString::fromUtf8(each.mid), each.displayName},
                        Formulas::Kept);
    for (const ExportDocument &document : job.documents) {
        const QString folder = QFileInfo(job.folder + u'/' + document.name).path();
        if (auto written = writeWhole(folder + u"/class_labels_indices.csv"_s, text); !written)
            return written;
    }
    return {};
}

} // namespace earmark::exports
