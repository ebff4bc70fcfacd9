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

QString LabelTip::toHtml() const
{
    QStringList parts{u"<b>%1</b>&nbsp;&nbsp;%2"_s.arg(name.toHtmlEscaped(), mid.toHtmlEscaped())};
    if (!node)
        parts.append(tr("Not in the ontology."));
    else if (!node->description.isEmpty())
        parts.append(node->description.toHtmlEscaped());
    else if (!hasDescriptions)
        parts.append(
            u"<i>%1</i>"_s.arg(tr("The ontology that is part of Earmark has no descriptions: File → Official "
                                  "files fetches the one that has.")));
    if (!parents.isEmpty())
        parts.append(tr("Under: %1").arg(parents.join(u", "_s).toHtmlEscaped()));
    if (node && node->blacklisted)
        parts.append(tr("Blacklisted: AudioSet's people left it out of the rating."));
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
    return u"<p>"_s + parts.join(u"</p><p>"_s) + u"</p>"_s;
}

} // namespace earmark::ui
