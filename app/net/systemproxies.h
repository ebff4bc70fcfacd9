#pragma once

#include <QNetworkProxyFactory>

namespace earmark::net {

/// What the system says, as labs stand behind proxies; this computer itself is never behind one.
class SystemProxies final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;
};

} // namespace earmark::net
