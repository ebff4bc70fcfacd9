#include "net/address.h"

#include <QUrl>

namespace earmark::net {

using namespace Qt::StringLiterals;

QString addressProblem(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (text.trimmed().isEmpty())
        return u"The address is missing."_s;
    if (!url.isValid() || url.host().isEmpty())
        return u"%1 is no address; expected something like https://example.org/mirror/."_s.arg(
            text.trimmed());
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1)
        return u"%1 is no address to fetch from: it must begin with http:// or https://."_s.arg(
            text.trimmed());
    return {};
}

} // namespace earmark::net
