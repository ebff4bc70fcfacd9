#include "ui/labels/labeltip.h"

#include "base/format.h"
#include "ui/widgets/formatting.h"

#include <QCoreApplication>

#include <cmath>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

struct LabelTipTexts
{
    Q_DECLARE_TR_FUNCTIONS(LabelTipTexts)
};

} // namespace

QString LabelTip::toText() const
{
    QStringList parts{u"%1  (%2)"_s.arg(name, mid)};
    if (!node)
        parts.append(LabelTipTexts::tr("Not in the ontology."));
    else if (!node->description.isEmpty())
        parts.append(node->description);
    else if (!hasDescriptions)
        parts.append(LabelTipTexts::tr(
            "The built-in ontology has no descriptions. To get them, choose File → Official files."));
    if (!parents.isEmpty())
        parts.append(LabelTipTexts::tr("Under: %1").arg(parents.join(u", "_s)));
    if (node && node->blacklisted)
        parts.append(LabelTipTexts::tr("Blacklisted: excluded from AudioSet's labelling."));
    if (node && node->abstract)
        parts.append(
            LabelTipTexts::tr("Abstract: gathers the classes below and has no segments of its own."));
    if (quality)
        parts.append(
            LabelTipTexts::tr("Quality: %1 % of the segments that were listened to again do have it.")
                .arg(std::lround(*quality * 100)));
    if (split) {
        QString counts = segmentsText(*split);
        if (exactly && *exactly != *split)
            counts += LabelTipTexts::tr(" with the classes below, %1 with exactly this label")
                          .arg(countText(*exactly));
        if (found)
            counts += LabelTipTexts::tr("; %1 found").arg(countText(*found));
        if (ready)
            counts += LabelTipTexts::tr("; %1 ready").arg(countText(*ready));
        parts.append(counts);
    }
    for (QString &part : parts)
        part = wrapped(part);
    return parts.join(u"\n\n"_s);
}

} // namespace earmark::ui
