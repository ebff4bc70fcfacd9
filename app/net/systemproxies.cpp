#include "net/systemproxies.h"

#include <QHostAddress>

namespace earmark::net {

using namespace Qt::StringLiterals;

QList<QNetworkProxy> SystemProxies::queryProxy(const QNetworkProxyQuery &query)
{
    if (QHostAddress(query.peerHostName()).isLoopback() || query.peerHostName() == "localhost"_L1)
        return {QNetworkProxy::NoProxy};
    return systemProxyForQuery(query);
}

} // namespace earmark::net
