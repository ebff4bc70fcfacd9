#include "base/csvfields.h"
#include "export/exportlayout.h"
#include "export/formats/jsonlines.h"
#include "export/formats/tablelines.h"
#include "export/formats/writers.h"

#include <QRegularExpression>

#include <algorithm>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

/// Programs alone read it: ids are as they are.
constexpr TableStyle SpeechBrainStyle{',', false};

class SpeechBrainTable final : public TableLines
{
public:
    explicit SpeechBrainTable(const ExportContext &context)
        : TableLines(context, SpeechBrainStyle, {"ID", "duration", "wav"})
    {
    }

private:
    void appendBegin(QByteArray &out, const ExportClip &clip) const override
    {
        appendStem(out, clip.key, context().options.hasYPrefix);
        out += ',';
        appendNumber(out, clip.duration);
        out += ',';
        appendField(out, clip.path, SpeechBrainStyle);
        out += ',';
    }
};

/// For Python's str.format_map().
void doubleBraces(QByteArray &text)
{
    text.replace('{', "{{").replace('}', "}}");
}

class SpeechBrainObjects final : public JsonLines
{
public:
    explicit SpeechBrainObjects(const ExportContext &context)
        : JsonLines(context, "wav")
    {
    }
    void header(QByteArray &out) const override { out += "{\n"; }
    void line(QByteArray &out, const ExportClip &clip) const override
    {
        out += '"';
        appendStem(out, clip.key, context().options.hasYPrefix);
        out += "\":";
        // A prefix is the user's: `{data_root}/` is to be replaced. All other braces are in texts.
        QByteArray text;
        appendPath(text, clip);
        if (context().options.pathStyle() != PathStyle::Prefixed)
            doubleBraces(text);
        out += '{' + text;
        text.clear();
        appendFacts(text, clip);
        doubleBraces(text);
        out += text + '}';
    }
    void separator(QByteArray &out) const override { out += ",\n"; }
    void footer(QByteArray &out) const override { out += "\n}\n"; }
};

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
        const auto number = static_cast<segments::LabelNumber>(label);
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

std::unique_ptr<LineFormat> speechBrainTable(const ExportContext &context)
{
    return std::make_unique<SpeechBrainTable>(context);
}

std::unique_ptr<LineFormat> speechBrainObjects(const ExportContext &context)
{
    return std::make_unique<SpeechBrainObjects>(context);
}

QStringList speechBrainWarnings(const ExportContext &context, const ExportSet &set, const ExportParts &parts)
{
    const QString variable = variableIn(context, set, parts);
    if (variable.isEmpty())
        return {};
    return {
        u"A label, a note or a path contains “%1”, which SpeechBrain takes for a variable to replace, and CSV has no escape for it: export speechbrain-json instead."_s
            .arg(shown(variable.toStdString()))};
}

} // namespace earmark::exports
