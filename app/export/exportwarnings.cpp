#include "export/exportwarnings.h"

#include "base/format.h"

#include <algorithm>

namespace earmark::exports {

using namespace Qt::StringLiterals;
using segments::LabelNumber;

namespace {

/// Classes of the map that no clip has.
qint64 emptyClasses(const ExportContext &context)
{
    std::vector<bool> isUsed(context.options.classes.labels->labels().size(), false);
    for (std::size_t label = 0; label < context.words.used().size(); ++label) {
        const int place = context.words.place(static_cast<LabelNumber>(label));
        if (context.words.used()[label] && place >= 0)
            isUsed[static_cast<std::size_t>(place)] = true;
    }
    return std::ranges::count(isUsed, false);
}

} // namespace

QStringList leftOutTexts(const ExportSet &set)
{
    QStringList texts;
    for (const auto &[reason, count] : set.skipped)
        texts.append(u"%1 left out: %2."_s.arg(counted(count, u"clip"), reason));
    return texts;
}

QStringList exportWarnings(const ExportContext &context, const ExportSet &set, const ExportParts &parts)
{
    const ClipTable &clips = context.clips;
    const ExportOptions &options = context.options;
    QStringList warnings = leftOutTexts(set);
    if (clips.damagedRows() > 0)
        warnings.append(
            u"Left out because their rows in the ledger are damaged: %1. Check the clips of the workspace."_s
                .arg(countText(clips.damagedRows())));
    if (set.items.empty()) {
        warnings.append(u"No clip to export."_s);
        return warnings;
    }
    if (const qint64 empty = emptyClasses(context); empty > 0)
        warnings.append(u"%1 of the %2 classes have no clip here."_s.arg(
            countText(empty), countText(std::ssize(options.classes.labels->labels()))));
    if (context.words.delimiter() != ';' && options.format->joinsLabels)
        warnings.append(
            u"A label contains “;”, so labels are joined by “%1” instead: set this delimiter in the program that reads them."_s
                .arg(QChar::fromLatin1(context.words.delimiter())));
    for (const ExportColumn column : context.columns.types().texts)
        warnings.append(
            u"The column %1 is written as text: a part begins with clips that have no number there, and Hugging Face reads only parts with columns of the same type."_s
                .arg(Columns::name(column)));
    if (options.format->warnings)
        warnings += options.format->warnings(context, set, parts);
    return warnings;
}

} // namespace earmark::exports
