#include "net/address.h"

#include <QHostAddress>
#include <QUrl>

namespace earmark::net {

using namespace Qt::StringLiterals;

namespace {

bool isThisComputer(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

} // namespace

QString addressProblem(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (text.trimmed().isEmpty())
        return u"The address is missing."_s;
    if (!url.isValid() || url.host().isEmpty())
        return u"%1 is no address; expected something like https://example.org/mirror/."_s.arg(
            text.trimmed());
    if (url.scheme() == "http"_L1 && !isThisComputer(url.host()))
        return u"%1 is not safe: anyone on the way could exchange the files. Use an address that begins with https://."_s
            .arg(text.trimmed());
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1)
        return u"%1 is no address to fetch from: it must begin with https://."_s.arg(text.trimmed());
    return {};
}

} // namespace earmark::net
