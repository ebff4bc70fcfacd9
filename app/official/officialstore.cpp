#include "official/officialstore.h"

#include "base/async.h"
#include "net/systemproxies.h"

#include <QFileInfo>

#include <algorithm>

namespace earmark::official {

using namespace Qt::StringLiterals;

namespace {

/// Fewer than a QNetworkAccessManager opens to one host: what waited within it would time out.
constexpr std::ptrdiff_t MostAtOnce = 3;

struct Look
{
    OfficialStore::Stage stage = OfficialStore::Stage::Missing;
    Finding finding;
    QDateTime date;
    QString trouble;
};

Look lookAt(const OfficialFile &file, const QString &path, const std::stop_token &stop)
{
    const QFileInfo info(path);
    if (!info.isFile())
        return {};
    const auto finding = check(file, path, stop);
    if (!finding)
        return {
            OfficialStore::Stage::Damaged, {info.size(), 0, {}}, info.lastModified(), finding.error().text};
    return {OfficialStore::Stage::There, *finding, info.lastModified(), {}};
}

} // namespace

OfficialStore::OfficialStore(QString folder, Addresses addresses, net::FetchOptions options, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_addresses(std::move(addresses))
    , m_options(std::move(options))
{
    m_network.setProxyFactory(new net::SystemProxies);
    for (const OfficialFile &file : catalogue())
        m_entries.emplace_back().file = &file;
    m_fetches.resize(m_entries.size());
    for (std::size_t index = 0; index < m_entries.size(); ++index)
        look(index);
}

OfficialStore::~OfficialStore()
{
    m_stop.request_stop();
}

QString OfficialStore::folderIn(const QString &dataFolder)
{
    return dataFolder + u"/official"_s;
}

QString OfficialStore::path(std::size_t index) const
{
    return m_folder + u'/' + m_entries[index].file->fileName;
}

bool OfficialStore::isFetching(std::size_t index) const
{
    return m_entries[index].stage == Stage::Waiting || m_entries[index].stage == Stage::Fetching;
}

bool OfficialStore::isBusy() const
{
    return std::ranges::any_of(m_entries, [](const Entry &entry) {
        return entry.stage == Stage::Looking || entry.stage == Stage::Waiting ||
               entry.stage == Stage::Fetching;
    });
}

/// Finds out what is there, when nothing is known of it.
void OfficialStore::look(std::size_t index)
{
    m_entries[index].stage = Stage::Looking;
    Q_EMIT changed(index);
    runAsync(
        QThreadPool::globalInstance(), this, m_stop.get_token(),
        [file = m_entries[index].file, path = path(index)](const std::stop_token &stop) {
            return lookAt(*file, path, stop);
        },
        [this, index](const Look &look) {
            Entry &entry = m_entries[index];
            if (isFetching(index))
                return; // asked for meanwhile
            if (entry.trouble.isEmpty())
                entry.trouble = look.trouble;
            entry.stage = look.stage;
            entry.finding = look.finding;
            entry.date = look.date;
            Q_EMIT changed(index);
        });
}

void OfficialStore::fetch(std::size_t index)
{
    if (isFetching(index))
        return;
    m_entries[index].stage = Stage::Waiting;
    m_entries[index].trouble.clear();
    m_entries[index].progress = {};
    Q_EMIT changed(index);
    fetchNext();
}

void OfficialStore::fetchMissing()
{
    for (std::size_t index = 0; index < m_entries.size(); ++index) {
        const Stage stage = m_entries[index].stage;
        if (stage == Stage::Missing || stage == Stage::Damaged)
            fetch(index);
    }
}

void OfficialStore::cancel(std::size_t index)
{
    if (m_fetches[index])
        m_fetches[index]->cancel();
    else if (m_entries[index].stage == Stage::Waiting)
        look(index);
}

void OfficialStore::fetchNext()
{
    for (std::size_t index = 0; index < m_entries.size(); ++index) {
        const auto running = std::ranges::count(m_entries, Stage::Fetching, &Entry::stage);
        if (m_entries[index].stage == Stage::Waiting && running < MostAtOnce)
            begin(index);
    }
}

void OfficialStore::begin(std::size_t index)
{
    Entry &entry = m_entries[index];
    entry.stage = Stage::Fetching;
    const OfficialFile *file = entry.file;
    const QUrl address = m_addresses.of(*file);
    auto found = std::make_shared<Finding>(); // by the check, for this thread
    auto &fetch = m_fetches[index];
    fetch = std::make_unique<net::FileFetch>(
        m_network, address, path(index),
        [file, address, found](const QString &part, qint64 announced,
                               const std::stop_token &stop) -> Result<void> {
            const auto finding = checkFetched(*file, part, announced, stop);
            if (finding) {
                *found = *finding;
                return {};
            }
            if (finding.error().code == ErrorCode::Cancelled)
                return tl::unexpected(finding.error());
            QString reason = finding.error().text;
            return failure(finding.error().code,
                           u"What came from %1 is not %2. %3"_s.arg(address.toDisplayString(), file->fileName,
                                                                    reason.replace(part, file->fileName)));
        },
        m_options);
    connect(fetch.get(), &net::FileFetch::progressed, this,
            [this, index](const net::FetchProgress &progress) {
                m_entries[index].progress = progress;
                Q_EMIT changed(index);
            });
    connect(fetch.get(), &net::FileFetch::finished, this,
            [this, index, found](const Result<net::FetchedFile> &result) {
                m_fetches[index].release()->deleteLater(); // it is still at work on this call
                Entry &done = m_entries[index];
                if (result) {
                    done.stage = Stage::There;
                    done.finding = *found;
                    done.date = result->modified.isValid() ? result->modified : QDateTime::currentDateTime();
                    Q_EMIT changed(index);
                    Q_EMIT fetched(index);
                } else {
                    if (result.error().code != ErrorCode::Cancelled)
                        done.trouble = result.error().text;
                    look(index);
                }
                fetchNext();
            });
    Q_EMIT changed(index);
    fetch->start();
}

} // namespace earmark::official
