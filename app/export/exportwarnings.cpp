#include "export/exportwarnings.h"

#include "base/csvfields.h"
#include "base/format.h"

#include <QRegularExpression>

#include <algorithm>

namespace earmark::exports {

using namespace Qt::StringLiterals;
using segments::LabelNumber;

namespace {

/// A text of several labels is in the format, and does not say what joins them.
bool joinsLabels(ExportFormat format)
{
    return format != ExportFormat::Official && format != ExportFormat::Kaldi &&
           format != ExportFormat::Icefall && format != ExportFormat::Croissant;
}

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

/// The first text of an export that SpeechBrain's load_data_csv() takes for a variable to be replaced: `$`
/// and letters, digits, `_` or points; those of a prefix are meant so. Empty when there is none.
QString variableIn(const ExportContext &context, const ExportSet &set, const ExportParts &parts)
{
    static const QRegularExpression variable(u"\\$[\\w.]+"_s, QRegularExpression::UseUnicodePropertiesOption);
    const auto in = [](const QByteArray &text) {
        return text.contains('$') ? variable.match(QString::fromUtf8(text)).captured() : QString();
    };
    const auto &columns = context.columns.all();
    const auto has = [&columns](ExportColumn column) {
        return std::ranges::find(columns, column) != columns.end();
    };
    QString found;
    const ExportLayout layout(context, parts);
    for (const ExportDocument &document : layout.documents()) {
        if (found.isEmpty() && context.options.pathStyle() != PathStyle::Prefixed)
            found = in(layout.pathBegin(document, document.part));
    }
    for (std::size_t label = 0; label < context.words.used().size() && found.isEmpty(); ++label) {
        const auto number = static_cast<LabelNumber>(label);
        if (!context.words.used()[label])
            continue;
        found = in(context.words.word(number));
        if (found.isEmpty() && has(ExportColumn::Names))
            found = in(context.words.name(number));
        if (found.isEmpty() && has(ExportColumn::Mids))
            found = in(context.words.mid(number));
    }
    for (const ExportItem &item : set.items) {
        const auto &judgement = context.clips.judgement(item.row);
        if (found.isEmpty() && has(ExportColumn::Note))
            found = in(judgement.note.toUtf8());
        if (found.isEmpty() && has(ExportColumn::Doubted))
            found = in(judgement.doubted);
        if (!found.isEmpty())
            break;
    }
    return found;
}

} // namespace

QString clipsText(qint64 count)
{
    return count == 1 ? u"1 clip"_s : countText(count) + u" clips"_s;
}

QStringList leftOutTexts(const ExportSet &set)
{
    QStringList texts;
    for (const auto &[reason, count] : set.skipped)
        texts.append(u"%1 left out: %2."_s.arg(clipsText(count), reason));
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
    if (context.words.delimiter() != ';' && joinsLabels(options.format))
        warnings.append(
            u"A label contains “;”, so labels are joined by “%1” instead: set this delimiter in the program that reads them."_s
                .arg(QChar::fromLatin1(context.words.delimiter())));
    for (const ExportColumn column : context.columns.types().texts)
        warnings.append(
            u"The column %1 is written as text: a part begins with clips that have no number there, and Hugging Face reads only parts with columns of the same type."_s
                .arg(Columns::name(column)));
    if (options.format == ExportFormat::SpeechBrainCsv) {
        const QString variable = variableIn(context, set, parts);
        if (!variable.isEmpty())
            warnings.append(
                u"A label, a note or a path contains “%1”, which SpeechBrain takes for a variable to replace, and CSV has no escape for it: export speechbrain-json instead."_s
                    .arg(shown(variable.toStdString())));
    }
    if (options.format == ExportFormat::Icefall) {
        const qint64 count = std::ranges::count_if(set.items, [&clips](const ExportItem &item) {
            return clips.segments().key(item.row).ytid.view().find('_') != std::string_view::npos;
        });
        if (count > 0)
            warnings.append(u"icefall's recipe ends a video's id at its first “_”, so it skips %1."_s.arg(
                clipsText(count)));
    }
    return warnings;
}

} // namespace earmark::exports
