#include "export/formats/writers.h"

#include <optional>

namespace earmark::exports {

namespace {

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
        , m_words([this](QByteArray &out, std::uint32_t set) { appendWords(out, set); })
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
    void appendWords(QByteArray &out, std::uint32_t set) const
    {
        for (const segments::LabelNumber label : m_context.words.labels(set)) {
            if (!out.isEmpty())
                out += ' ';
            QByteArray word = m_context.words.word(label);
            for (char &c : word)
                c = c == ' ' || c == '\t' || c == '\n' || c == '\r' ? '_' : c;
            out += word;
        }
    }

    const ExportContext &m_context;
    Rest m_rest;
    SetTexts m_words;
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
