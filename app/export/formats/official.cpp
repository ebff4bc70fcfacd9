#include "classes/labellist.h"
#include "export/formats/writers.h"
#include "readers/officialrow.h"

namespace earmark::exports {

namespace {

class OfficialLines final : public LineFormat
{
public:
    explicit OfficialLines(const ExportContext &context)
        : m_words(context.words)
        , m_lists([this](QByteArray &list, std::uint32_t set) { appendMids(list, set); })
    {
    }
    void header(QByteArray &out) const override
    {
        out += "# Segments of AudioSet, chosen and written by Earmark.\n"
               "# Labels are AudioSet's (CC BY 4.0); those that a listener doubted may have been left out.\n";
        out.append(readers::SplitHeader.data(), readers::SplitHeader.size());
        out += '\n';
    }
    void line(QByteArray &out, const ExportClip &clip) const override
    {
        readers::appendSplitLine(out, clip.key, m_lists[clip.set]);
        out += '\n';
    }

private:
    /// As SegmentTable::midList().
    void appendMids(QByteArray &list, std::uint32_t set) const
    {
        for (const segments::LabelNumber label : m_words.labels(set))
            classes::appendLabel(list, m_words.mid(label));
    }

    const LabelWords &m_words;
    SetTexts m_lists;
};

} // namespace

std::unique_ptr<LineFormat> officialLines(const ExportContext &context)
{
    return std::make_unique<OfficialLines>(context);
}

} // namespace earmark::exports
