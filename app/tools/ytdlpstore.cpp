#include "tools/ytdlpstore.h"

#include "net/systemproxies.h"

#include <QFile>

namespace earmark::tools {

using namespace Qt::StringLiterals;

namespace {

/// Larger is no list of checksums: that of a release has two kilobytes.
constexpr qint64 LargestList = 1'000'000;
constexpr QLatin1StringView Stays{"The yt-dlp in use stays as it is."};

Result<QByteArray> readList(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unreadable, u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
    return file.read(LargestList);
}

/// What was found out about the release before it is fetched.
struct Comparison
{
    Result<QByteArray> sum;
    QString here; ///< the version that is this very file; empty: none
    ShelfRecord record;
};

Comparison compareWith(const QString &list, const QString &fileName, const Shelf &shelf)
{
    Comparison found{readList(list).and_then([&](const QByteArray &text) { return sumOf(text, fileName); }),
                     {},
                     shelf.record()};
    for (const QString &version : {found.record.current, found.record.previous}) {
        if (found.sum && !version.isEmpty() && sumOfFile(shelf.path(version)) == *found.sum)
            found.here = version;
    }
    return found;
}

} // namespace

YtDlpStore::YtDlpStore(QString folder, Addresses addresses, net::FetchOptions options, QObject *parent)
    : QObject(parent)
    , m_shelf(std::move(folder))
    , m_addresses(std::move(addresses))
    , m_options(std::move(options))
{
    m_network.setProxyFactory(new net::SystemProxies);
    m_stage = Stage::Preparing;
    m_task.run([shelf = m_shelf](std::stop_token) { return shelf.record(); },
               [this](const ShelfRecord &record) {
                   m_record = record;
                   enter(Stage::Idle);
               });
}

YtDlpStore::~YtDlpStore() = default;

QString YtDlpStore::incoming(const QString &name) const
{
    return m_shelf.folder() + u"/incoming/"_s + name;
}

void YtDlpStore::enter(Stage stage)
{
    m_stage = stage;
    m_progress = {};
    Q_EMIT changed();
}

void YtDlpStore::conclude(const QString &said, bool hasFailed)
{
    m_said = said;
    m_hasFailed = hasFailed;
    enter(Stage::Idle);
}

void YtDlpStore::fail(const Error &error)
{
    if (error.code == ErrorCode::Cancelled)
        conclude(u"Cancelled; what has come is kept. %1"_s.arg(Stays), false);
    else
        conclude(u"%1 %2"_s.arg(error.text, Stays), true);
}

void YtDlpStore::update(Channel channel)
{
    Q_ASSERT(!isBusy());
    m_channel = channel;
    m_said.clear();
    m_hasFailed = false;
    enter(Stage::Preparing);
    m_task.run([](std::stop_token) { return releaseFileHere(); },
               [this](const Result<QString> &fileName) {
                   if (!fileName)
                       return fail(fileName.error());
                   m_fileName = *fileName;
                   list();
               });
}

void YtDlpStore::cancel()
{
    if (m_fetch)
        m_fetch->cancel(); // and finished() says so
    else if (m_stage == Stage::Preparing) {
        m_task.cancel();
        fail({ErrorCode::Cancelled, {}});
    }
}

void YtDlpStore::begin(std::unique_ptr<net::FileFetch> fetch, std::function<void()> done)
{
    m_fetch = std::move(fetch);
    connect(m_fetch.get(), &net::FileFetch::progressed, this, [this](const net::FetchProgress &progress) {
        m_progress = progress;
        Q_EMIT changed();
    });
    connect(m_fetch.get(), &net::FileFetch::finished, this,
            [this, done = std::move(done)](const Result<net::FetchedFile> &result) {
                m_fetch.release()->deleteLater(); // it is still at work on this call
                if (result)
                    done();
                else
                    fail(result.error());
            });
    m_fetch->start();
}

void YtDlpStore::list()
{
    enter(Stage::Listing);
    const QString file = incoming(SumsFile);
    const QUrl address = m_addresses.of(m_channel, SumsFile);
    const auto check = [address, fileName = m_fileName](const QString &part, qint64,
                                                        const std::stop_token &) -> Result<void> {
        const auto sum =
            readList(part).and_then([&](const QByteArray &text) { return sumOf(text, fileName); });
        if (sum)
            return {};
        return failure(ErrorCode::BadInput,
                       u"What came from %1 cannot be used to check the release: %2 Check the address, or try "
                       "again later."_s.arg(address.toDisplayString(), sum.error().text));
    };
    begin(std::make_unique<net::FileFetch>(m_network, address, file, check, m_options),
          [this, file] { compare(file); });
}

/// The file of the release may be here already.
void YtDlpStore::compare(const QString &list)
{
    enter(Stage::Preparing);
    m_task.run([list, fileName = m_fileName,
                shelf = m_shelf](std::stop_token) { return compareWith(list, fileName, shelf); },
               [this](const Comparison &found) {
                   if (!found.sum)
                       return fail(found.sum.error());
                   if (found.here.isEmpty())
                       return fetch(*found.sum);
                   m_record = found.record;
                   if (found.here == m_record.current)
                       return conclude(u"yt-dlp %1 is the newest of the %2 releases already."_s.arg(
                                           found.here, word(m_channel)),
                                       false);
                   swap(); // what was gone back from is the newest again
               });
}

void YtDlpStore::fetch(const QByteArray &sum)
{
    enter(Stage::Fetching);
    // Each channel has a file of its own, so that what came of one is continued as that.
    const QString file = incoming(word(m_channel) + u'-' + m_fileName);
    const QUrl address = m_addresses.of(m_channel, m_fileName);
    const auto check = [address, sum](const QString &part, qint64, const std::stop_token &) -> Result<void> {
        const QByteArray found = sumOfFile(part);
        if (found == sum)
            return {};
        return failure(ErrorCode::BadInput,
                       u"What came from %1 is not the file of the release: its SHA-256 is %2… instead of "
                       "%3…. It was thrown away. Try again; if it comes again, do not trust this address or "
                       "network."_s.arg(address.toDisplayString(), QString::fromLatin1(found.first(12)),
                                        QString::fromLatin1(sum.first(12))));
    };
    begin(std::make_unique<net::FileFetch>(m_network, address, file, check, m_options),
          [this, file] { tryOut(file); });
}

void YtDlpStore::tryOut(const QString &file)
{
    enter(Stage::Trying);
    m_task.run(
        [file, shelf = m_shelf](std::stop_token) {
            const auto version = shelf.put(file);
            return std::pair(version, shelf.record());
        },
        [this, file](const std::pair<Result<QString>, ShelfRecord> &done) {
            m_record = done.second;
            if (const auto &version = done.first) {
                conclude(u"yt-dlp %1 was fetched and checked; it is used from now on, unless this "
                         "computer's own is newer."_s.arg(*version),
                         false);
                Q_EMIT taken();
            } else {
                QString reason = version.error().text;
                fail({version.error().code,
                      u"The yt-dlp that came will not do: %1"_s.arg(reason.replace(file, m_fileName))});
            }
        });
}

void YtDlpStore::goBack()
{
    Q_ASSERT(!isBusy());
    m_said.clear();
    m_hasFailed = false;
    swap();
}

/// The one in use and the one before change places.
void YtDlpStore::swap()
{
    enter(Stage::Trying);
    m_task.run([shelf = m_shelf](std::stop_token) { return shelf.goBack(); },
               [this](const Result<ShelfRecord> &record) {
                   if (!record)
                       return fail(record.error());
                   m_record = *record;
                   conclude(m_record.current.isEmpty()
                                ? u"The yt-dlp of this computer is in use again."_s
                                : u"yt-dlp %1 is in use again."_s.arg(m_record.current),
                            false);
                   Q_EMIT taken();
               });
}

} // namespace earmark::tools
