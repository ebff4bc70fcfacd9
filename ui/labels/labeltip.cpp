#include "ui/labels/labeltip.h"

#include "base/format.h"
#include "ui/words.h"

#include <QCoreApplication>

#include <cmath>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LabelTip", text);
}

} // namespace

QString LabelTip::toText() const
{
    QStringList parts{u"%1  (%2)"_s.arg(name, mid)};
    if (!node)
        parts.append(tr("Not in the ontology."));
    else if (!node->description.isEmpty())
        parts.append(node->description);
    else if (!hasDescriptions)
        parts.append(
            tr("The built-in ontology has no descriptions. To get them, choose File → Official files."));
    if (!parents.isEmpty())
        parts.append(tr("Under: %1").arg(parents.join(u", "_s)));
    if (node && node->blacklisted)
        parts.append(tr("Blacklisted: excluded from AudioSet's labelling."));
    if (node && node->abstract)
        parts.append(tr("Abstract: gathers the classes below and has no segments of its own."));
    if (quality)
        parts.append(tr("Quality: %1 % of the segments that were listened to again do have it.")
                         .arg(std::lround(*quality * 100)));
    if (split) {
        QString counts = segmentsText(*split);
        if (exactly && *exactly != *split)
            counts += tr(" with the classes below, %1 with exactly this label").arg(countText(*exactly));
        if (found)
            counts += tr("; %1 found").arg(countText(*found));
        if (ready)
            counts += tr("; %1 ready").arg(countText(*ready));
        parts.append(counts);
    }
    for (QString &part : parts)
        part = wrapped(part);
    return parts.join(u"\n\n"_s);
}

} // namespace earmark::ui
