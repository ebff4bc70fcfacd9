#include "classes/labellist.h"
#include "export/formats/writers.h"

namespace earmark::exports {

namespace {

class OfficialLines final : public LineFormat
{
public:
    explicit OfficialLines(const ExportContext &context)
        : m_words(context.words)
        , m_labels([this](QByteArray &out, std::uint32_t set) { appendMids(out, set); })
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
    void appendMids(QByteArray &out, std::uint32_t set) const
    {
        QByteArray list;
        for (const segments::LabelNumber label : m_words.labels(set))
            classes::appendLabel(list, m_words.mid(label));
        out += list.replace('"', "\"\"");
    }

    const LabelWords &m_words;
    SetTexts m_labels;
};

} // namespace

std::unique_ptr<LineFormat> officialLines(const ExportContext &context)
{
    return std::make_unique<OfficialLines>(context);
}

} // namespace earmark::exports
