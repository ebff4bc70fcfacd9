#include "export/tablelines.h"

#include "classes/labellist.h"
#include "export/exporttext.h"
#include "export/pandastext.h"

#include <optional>
#include <utility>

namespace earmark::exports {

namespace {

using segments::LabelNumber;

QByteArray joined(const LabelWords &words, std::uint32_t set)
{
    QByteArray text;
    for (const LabelNumber label : words.labels(set)) {
        if (!text.isEmpty())
            text += words.delimiter();
        text += words.word(label);
    }
    return text;
}

/// The field of a set's labels.
struct LabelField
{
    const LabelWords &words;
    TableStyle style;
    void operator()(QByteArray &out, std::uint32_t set) const
    {
        QByteArray text = joined(words, set);
        // Some rows would be numbers, and others texts.
        if (style.isForPandas && !words.areSingleNumbers() && !isTextToPandas(text))
            text += words.delimiter();
        appendField(out, text, style);
    }
};

/// Ends the header's field of labels: where they are not joined by ';', a column says what joins them.
void appendDelimiterName(QByteArray &out, const LabelWords &words, const TableStyle &style)
{
    if (words.delimiter() != ';')
        (out += style.separator) += "delimiter";
}

void appendDelimiter(QByteArray &out, const LabelWords &words, const TableStyle &style)
{
    if (words.delimiter() != ';')
        (out += style.separator) += words.delimiter();
}

/// What is opened in a spreadsheet, and not by a program alone.
bool isForPeople(ExportFormat format)
{
    return format == ExportFormat::Csv || format == ExportFormat::Tsv;
}

bool isForPandas(ExportFormat format)
{
    return format == ExportFormat::AudioFolderCsv || format == ExportFormat::Croissant;
}

class TableLines final : public LineFormat
{
public:
    TableLines(const ExportContext &context, char separator, const char *pathName)
        : m_context(context)
        , m_style{separator, context.options.escapesFormulas && isForPeople(context.options.format),
                  isForPandas(context.options.format)}
        , m_pathName(pathName)
        , m_labels(LabelField{context.words, m_style})
    {
    }
    void header(QByteArray &out) const override
    {
        m_isFirst = true;
        out += m_pathName;
        for (const char *name : {"duration", "labels"})
            (out += m_style.separator) += name;
        appendDelimiterName(out, m_context.words, m_style);
        m_context.columns.appendNames(out, m_style.separator);
        if (m_context.options.isMultiHot) {
            for (const auto &each : m_context.options.classes.labels->labels()) {
                out += m_style.separator;
                appendField(out, each.mid, m_style);
            }
        }
        out += '\n';
    }
    void line(QByteArray &out, const ExportClip &clip) const override
    {
        appendField(out, clip.path, m_style);
        out += m_style.separator;
        appendNumber(out, clip.duration);
        out += m_style.separator;
        out += m_labels[clip.set];
        appendDelimiter(out, m_context.words, m_style);
        m_context.columns.appendFields(out, clip, m_style, std::exchange(m_isFirst, false));
        if (m_context.options.isMultiHot)
            appendMultiHot(out, clip.set);
        out += '\n';
    }

private:
    /// 0 or 1 for each class. Not kept for each set, which would take a kilobyte.
    void appendMultiHot(QByteArray &out, std::uint32_t set) const
    {
        const qsizetype begin = out.size();
        for (std::size_t at = 0; at < m_context.options.classes.labels->labels().size(); ++at)
            (out += m_style.separator) += '0';
        for (const LabelNumber label : m_context.words.labels(set))
            out[begin + 2 * qsizetype{m_context.words.place(label)} + 1] = '1';
    }

    const ExportContext &m_context;
    TableStyle m_style;
    const char *m_pathName;
    SetTexts<LabelField> m_labels;
    mutable bool m_isFirst = true; ///< the line that comes next
};

class SpeechBrainLines final : public LineFormat
{
public:
    explicit SpeechBrainLines(const ExportContext &context)
        : m_context(context)
        , m_labels(LabelField{context.words, Style})
    {
    }
    void header(QByteArray &out) const override
    {
        out += "ID,duration,wav,labels";
        appendDelimiterName(out, m_context.words, Style);
        m_context.columns.appendNames(out, Style.separator);
        out += '\n';
    }
    void line(QByteArray &out, const ExportClip &clip) const override
    {
        appendStem(out, clip.key, m_context.options.hasYPrefix);
        out += ',';
        appendNumber(out, clip.duration);
        out += ',';
        appendField(out, clip.path, Style);
        out += ',';
        out += m_labels[clip.set];
        appendDelimiter(out, m_context.words, Style);
        m_context.columns.appendFields(out, clip, Style, false);
        out += '\n';
    }

private:
    /// Programs alone read it: ids are as they are.
    static constexpr TableStyle Style{',', false};
    const ExportContext &m_context;
    SetTexts<LabelField> m_labels;
};

class OfficialLines final : public LineFormat
{
public:
    explicit OfficialLines(const ExportContext &context)
        : m_labels(MidField{context.words})
    {
    }
    void header(QByteArray &out) const override
    {
        out += "# Segments of AudioSet, chosen and written by Earmark.\n"
               "# Labels are AudioSet's (CC BY 4.0); those that a listener doubted may have been left out.\n"
               "# YTID, start_seconds, end_seconds, positive_labels\n";
    }
    void line(QByteArray &out, const ExportClip &clip) const override
    {
        out.append(clip.key.ytid.view().data(), YtId::Length);
        for (const std::uint32_t moment : {clip.key.startMs, clip.key.endMs}) {
            out += ", ";
            appendNumber(out, qint64{moment / 1000});
            out += '.';
            for (std::uint32_t unit = 100; unit > 0; unit /= 10)
                out += static_cast<char>('0' + moment / unit % 10);
        }
        out += ", \"";
        out += m_labels[clip.set];
        out += "\"\n";
    }

private:
    /// As SegmentTable::midList(), to stand in quotes.
    struct MidField
    {
        const LabelWords &words;
        void operator()(QByteArray &out, std::uint32_t set) const
        {
            QByteArray list;
            for (const LabelNumber label : words.labels(set))
                classes::appendLabel(list, words.mid(label));
            out += list.replace('"', "\"\"");
        }
    };
    SetTexts<MidField> m_labels;
};

void appendSpeaker(QByteArray &out, const ExportContext &context, const ExportClip &clip)
{
    if (context.options.hasYPrefix)
        out += 'Y';
    out.append(clip.key.ytid.view().data(), YtId::Length);
}

/// `utterance rest`.
class KaldiLines final : public LineFormat
{
public:
    enum class Rest { Path, Words, Speaker };
    KaldiLines(const ExportContext &context, Rest rest)
        : m_context(context)
        , m_rest(rest)
        , m_words(Words{context.words})
    {
    }
    void line(QByteArray &out, const ExportClip &clip) const override
    {
        appendStem(out, clip.key, m_context.options.hasYPrefix);
        out += ' ';
        if (m_rest == Rest::Path)
            out.append(clip.path);
        else if (m_rest == Rest::Words)
            out += m_words[clip.set];
        else
            appendSpeaker(out, m_context, clip);
        out += '\n';
    }

private:
    struct Words
    {
        const LabelWords &words;
        void operator()(QByteArray &out, std::uint32_t set) const
        {
            for (const LabelNumber label : words.labels(set)) {
                if (!out.isEmpty())
                    out += ' ';
                QByteArray word = words.word(label);
                for (char &c : word)
                    c = c == ' ' || c == '\t' || c == '\n' || c == '\r' ? '_' : c;
                out += word;
            }
        }
    };
    const ExportContext &m_context;
    Rest m_rest;
    SetTexts<Words> m_words;
};

/// `speaker utterance utterance …`: as all speakers are equally long, their utterances stand together where
/// utterances are sorted.
class KaldiUtterances final : public LineFormat
{
public:
    explicit KaldiUtterances(const ExportContext &context)
        : m_context(context)
    {
    }
    void header(QByteArray &) const override { m_last.reset(); }
    void line(QByteArray &out, const ExportClip &clip) const override
    {
        if (m_last != clip.key.ytid) {
            if (m_last)
                out += '\n';
            appendSpeaker(out, m_context, clip);
            m_last = clip.key.ytid;
        }
        out += ' ';
        appendStem(out, clip.key, m_context.options.hasYPrefix);
    }
    void footer(QByteArray &out) const override
    {
        if (m_last) // a part may have no clip
            out += '\n';
    }

private:
    const ExportContext &m_context;
    mutable std::optional<YtId> m_last; ///< whose line it is
};

} // namespace

std::unique_ptr<LineFormat> tableLines(const ExportContext &context, char separator, const char *pathName)
{
    return std::make_unique<TableLines>(context, separator, pathName);
}

std::unique_ptr<LineFormat> speechBrainCsv(const ExportContext &context)
{
    return std::make_unique<SpeechBrainLines>(context);
}

std::unique_ptr<LineFormat> officialLines(const ExportContext &context)
{
    return std::make_unique<OfficialLines>(context);
}

std::unique_ptr<LineFormat> kaldiPaths(const ExportContext &context)
{
    return std::make_unique<KaldiLines>(context, KaldiLines::Rest::Path);
}

std::unique_ptr<LineFormat> kaldiTexts(const ExportContext &context)
{
    return std::make_unique<KaldiLines>(context, KaldiLines::Rest::Words);
}

std::unique_ptr<LineFormat> kaldiSpeakers(const ExportContext &context)
{
    return std::make_unique<KaldiLines>(context, KaldiLines::Rest::Speaker);
}

std::unique_ptr<LineFormat> kaldiUtterances(const ExportContext &context)
{
    return std::make_unique<KaldiUtterances>(context);
}

} // namespace earmark::exports
