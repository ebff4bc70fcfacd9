#include "export/formats/jsonlines.h"
#include "export/formats/writers.h"

namespace earmark::exports {

namespace {

class NemoLines final : public JsonLines
{
public:
    explicit NemoLines(const ExportContext &context)
        : JsonLines(context, "audio_filepath")
        , m_hasVerdict(hasColumn(ExportColumn::Verdict))
    {
    }

private:
    void appendMore(QByteArray &out, const ExportClip &clip) const override
    {
        out += ",\"offset\":0.0";
        const Verdict verdict = context().clips.segments().verdict(clip.row);
        if (verdict == Verdict::Undecided || m_hasVerdict)
            return;
        const QLatin1StringView text = keyword(verdict);
        out += ",\"verdict\":\"";
        out.append(text.data(), text.size());
        out += '"';
    }
    bool m_hasVerdict;
};

} // namespace

std::unique_ptr<LineFormat> nemoLines(const ExportContext &context)
{
    return std::make_unique<NemoLines>(context);
}

} // namespace earmark::exports
