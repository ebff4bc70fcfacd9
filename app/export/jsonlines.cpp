#include "export/jsonlines.h"

#include "export/exporttext.h"

#include <algorithm>
#include <utility>

namespace earmark::exports {

namespace {

using segments::LabelNumber;

/// `"labels":[…],"label":"…"` and, where these are no ids, `,"mids":[…]`.
class LabelKeys final
{
public:
    explicit LabelKeys(const ExportContext &context)
        : m_words(context.words)
        , m_hasMids(context.options.labels != LabelKind::Ids &&
                    std::ranges::find(context.columns.all(), ExportColumn::Mids) ==
                        context.columns.all().end())
    {
    }
    void operator()(QByteArray &out, std::uint32_t set) const
    {
        QByteArray joined;
        char before = '[';
        out += "\"labels\":";
        for (const LabelNumber label : m_words.labels(set)) {
            out += std::exchange(before, ',');
            if (m_words.areNumbers())
                out += m_words.word(label);
            else
                appendJson(out, m_words.word(label));
            if (!joined.isEmpty())
                joined += m_words.delimiter();
            joined += m_words.word(label);
        }
        out += "],\"label\":";
        appendJson(out, joined);
        if (!m_hasMids)
            return;
        out += ",\"mids\":";
        before = '[';
        for (const LabelNumber label : m_words.labels(set)) {
            out += std::exchange(before, ',');
            appendJson(out, m_words.mid(label));
        }
        out += ']';
    }

private:
    const LabelWords &m_words;
    bool m_hasMids;
};

/// An object a line: the path under `pathKey`, the duration, labels, columns.
class JsonLines : public LineFormat
{
public:
    JsonLines(const ExportContext &context, const char *pathKey)
        : m_context(context)
        , m_pathKey(pathKey)
        , m_labels(LabelKeys(context))
    {
    }
    void line(QByteArray &out, const ExportClip &clip) const override
    {
        object(out, clip);
        out += '\n';
    }

protected:
    void object(QByteArray &out, const ExportClip &clip) const
    {
        out += '{';
        if (m_pathKey)
            path(out, clip);
        facts(out, clip);
        out += '}';
    }
    /// `"key":"path",`
    void path(QByteArray &out, const ExportClip &clip) const
    {
        ((out += '"') += m_pathKey) += "\":";
        appendJson(out, clip.path);
        out += ',';
    }
    /// All but the path.
    void facts(QByteArray &out, const ExportClip &clip) const
    {
        out += "\"duration\":";
        appendNumber(out, clip.duration);
        out += ',';
        out += m_labels[clip.set];
        more(out, clip);
        m_context.columns.appendJson(out, clip);
    }
    virtual void more(QByteArray &, const ExportClip &) const {}
    const ExportContext &context() const { return m_context; }

private:
    const ExportContext &m_context;
    const char *m_pathKey;
    SetTexts<LabelKeys> m_labels;
};

class NemoLines final : public JsonLines
{
public:
    explicit NemoLines(const ExportContext &context)
        : JsonLines(context, "audio_filepath")
        , m_hasVerdict(std::ranges::find(context.columns.all(), ExportColumn::Verdict) !=
                       context.columns.all().end())
    {
    }

private:
    void more(QByteArray &out, const ExportClip &clip) const override
    {
        out += ",\"offset\":0.0";
        const Verdict verdict = context().clips.segments().verdict(clip.row);
        if (verdict == Verdict::Undecided || m_hasVerdict)
            return;
        const QLatin1StringView text = word(verdict);
        out += ",\"verdict\":\"";
        out.append(text.data(), text.size());
        out += '"';
    }
    bool m_hasVerdict;
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
        path(text, clip);
        if (context().options.pathStyle() != PathStyle::Prefixed)
            doubleBraces(text);
        out += '{' + text;
        text.clear();
        facts(text, clip);
        doubleBraces(text);
        out += text + '}';
    }
    void separator(QByteArray &out) const override { out += ",\n"; }
    void footer(QByteArray &out) const override { out += "\n}\n"; }
};

} // namespace

std::unique_ptr<LineFormat> nemoLines(const ExportContext &context)
{
    return std::make_unique<NemoLines>(context);
}

std::unique_ptr<LineFormat> audioFolderLines(const ExportContext &context)
{
    return std::make_unique<JsonLines>(context, "file_name");
}

std::unique_ptr<LineFormat> speechBrainJson(const ExportContext &context)
{
    return std::make_unique<SpeechBrainObjects>(context);
}

std::unique_ptr<LineFormat> sampleJson(const ExportContext &context)
{
    return std::make_unique<JsonLines>(context, nullptr);
}

} // namespace earmark::exports
