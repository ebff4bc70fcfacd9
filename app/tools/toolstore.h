#pragma once

#include "base/async.h"
#include "net/filefetch.h"
#include "tools/release.h"
#include "tools/toolinstallations.h"

#include <QNetworkAccessManager>
#include <QObject>

#include <functional>
#include <memory>

namespace earmark::tools {

/// A program that Earmark fetches, such as yt-dlp: the newest release of a channel, checked against the list
/// of SHA-256 beside it and run once before it is used; where its makers sign that list and gpgv is
/// installed, the signature is checked. A release older than the one in use is refused. The one before is
/// kept. Asks the network only in update(). Everything slow happens on other threads. Fetching stops with
/// this object; what has come is kept and continued the next time.
class ToolStore final : public QObject
{
    Q_OBJECT

public:
    enum class Stage {
        Idle,
        Preparing, ///< looking which file this machine needs, or what is here
        Listing,   ///< fetching the list of checksums and its signature
        Fetching,  ///< `progress` tells how far
        Trying,    ///< running what came, and putting it in its place
    };

    explicit ToolStore(ToolInstallations shelf, Addresses addresses = {}, net::FetchOptions options = {},
                       QObject *parent = nullptr);
    ~ToolStore() override;

    const ToolInstallations &shelf() const { return m_shelf; }
    const Ware &ware() const { return m_shelf.ware(); }
    const Addresses &addresses() const { return m_addresses; }
    /// For what is fetched from now on.
    void setAddresses(const Addresses &addresses) { m_addresses = addresses; }

    /// As it is on the disk; read when this object is made, and after each change.
    const InstalledVersions &record() const { return m_record; }
    Stage stage() const { return m_stage; }
    bool isBusy() const { return m_stage != Stage::Idle; }
    const net::FetchProgress &progress() const { return m_progress; }
    /// What came of the last update() or goBack(), one sentence; empty while one runs or none was.
    const QString &said() const { return m_said; }
    /// It did not work; `said` tells why.
    bool hasFailed() const { return m_hasFailed; }

    /// Fetches the channel's newest release and takes it into use; one that is older than the one in use only
    /// if `allowOlder`. Not while busy.
    void update(Channel channel, bool allowOlder = false);
    /// What came is kept.
    void cancel();
    /// Uses the one before. Not while busy.
    void goBack();

Q_SIGNALS:
    void changed();
    /// Another program is to be used from now on.
    void taken();

private:
    void list();
    void checkSignature();
    void compare();
    void fetch(const QByteArray &sum);
    void tryOut(const QString &file, const QByteArray &sum);
    void swap();
    QString stays() const;
    void begin(const QString &name, const QUrl &address, qint64 mostBytes, net::FileFetch::Check check,
               std::function<void()> done);
    void enter(Stage stage);
    void conclude(const QString &said, bool hasFailed);
    void fail(const Error &error);
    QString incoming(const QString &name) const;

    const ToolInstallations m_shelf;
    Addresses m_addresses;
    net::FetchOptions m_options;
    QNetworkAccessManager m_network;
    InstalledVersions m_record;
    Stage m_stage = Stage::Idle;
    Channel m_channel = Channel::Stable;
    bool m_allowOlder = false;
    QString m_fileName; ///< of the release that fits this machine
    QString m_gpgv;     ///< empty: not installed, so that signatures are not checked
    net::FetchProgress m_progress;
    QString m_said;
    bool m_hasFailed = false;
    std::unique_ptr<net::FileFetch> m_fetch; ///< null: none. Before the network goes
    LatestTask m_task{this};
};

} // namespace earmark::tools
