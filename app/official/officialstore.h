#pragma once

#include "net/filefetch.h"
#include "official/check.h"

#include <QNetworkAccessManager>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace earmark::official {

/// AudioSet's official files on this computer: what is there, and fetching what is not. Everything slow
/// happens on other threads. Fetching stops with this object; what came is kept and continued the next time.
class OfficialStore final : public QObject
{
    Q_OBJECT

public:
    enum class Stage {
        Looking,  ///< nothing is known yet
        Missing,  ///< not there
        Damaged,  ///< there, but of no use; `trouble` says why
        There,    ///< there and good; `finding` tells of it
        Waiting,  ///< for its turn to be fetched
        Fetching, ///< `progress` tells how far
    };
    struct Entry
    {
        const OfficialFile *file = nullptr;
        Stage stage = Stage::Looking;
        Finding finding; ///< of the file that is there, which may be while another one is fetched
        QDateTime date;  ///< its own: the server's, when it was fetched here; invalid: not there
        net::FetchProgress progress;
        QString trouble; ///< why the last fetch failed or the file is damaged, one sentence
    };

    /// Looks into the folder at once.
    OfficialStore(QString folder, Addresses addresses, net::FetchOptions options = {},
                  QObject *parent = nullptr);
    ~OfficialStore() override;

    /// "official" in the folder for this program's data.
    static QString folderIn(const QString &dataFolder);

    const QString &folder() const { return m_folder; }
    const Addresses &addresses() const { return m_addresses; }
    /// For what is fetched from now on.
    void setAddresses(const Addresses &addresses) { m_addresses = addresses; }

    /// In the order of the catalogue.
    const std::vector<Entry> &entries() const { return m_entries; }
    QString path(std::size_t index) const;
    bool isFetching(std::size_t index) const;
    bool isBusy() const; ///< something is being looked at, waited for or fetched

    /// What is there is replaced when the new one is whole.
    void fetch(std::size_t index);
    /// Those that are not there or damaged.
    void fetchMissing();
    /// What came of it is kept.
    void cancel(std::size_t index);

Q_SIGNALS:
    void changed(std::size_t index);
    /// It is there, whole and under its name.
    void fetched(std::size_t index);

private:
    void look(std::size_t index);
    void fetchNext();
    void begin(std::size_t index);

    QString m_folder;
    Addresses m_addresses;
    net::FetchOptions m_options;
    QNetworkAccessManager m_network;
    std::vector<Entry> m_entries;
    std::vector<std::unique_ptr<net::FileFetch>> m_fetches; ///< by index; null: none. Before the network goes
    std::stop_source m_stop;
};

} // namespace earmark::official
