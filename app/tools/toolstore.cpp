#include "tools/toolstore.h"

#include "base/ownfiles.h"
#include "net/systemproxies.h"
#include "tools/unzip.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

namespace earmark::tools {

using namespace Qt::StringLiterals;

namespace {

/// The list of a release has two kilobytes, its signature half of one, the largest file 40 MB.
constexpr qint64 LargestList = 1'000'000;
constexpr qint64 LargestRelease = 200'000'000;

Result<QByteArray> readList(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unreadable, u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
    return file.read(LargestList);
}

/// What an update needs to know of this machine.
struct Machine
{
    Result<QString> fileName; ///< of the release that fits
    QString gpgv;
};

Machine lookAtMachine(const ToolInstallations &shelf)
{
    const Ware &ware = shelf.ware();
    return {shelf.prepare().and_then([&ware] { return ware.fileHere(); }),
            ware.isSigned ? findGpgv() : QString()};
}

/// What was found out about the release before it is fetched.
struct Comparison
{
    Result<QByteArray> sum; ///< in hexadecimal
    QString here;           ///< the version that is this very file; empty: none
    InstalledVersions record;
};

Comparison compareWith(const QString &list, const QString &fileName, const ToolInstallations &shelf,
                       const std::stop_token &stop)
{
    Comparison found{readList(list).and_then([&](const QByteArray &text) { return sumOf(text, fileName); }),
                     {},
                     shelf.record()};
    for (const QString &version : {found.record.current, found.record.previous}) {
        if (!found.sum || version.isEmpty())
            continue;
        if (const auto sum = shelf.sumOf(version, stop); sum && *sum == *found.sum)
            found.here = version;
    }
    return found;
}

/// Puts what has come on the shelf, and remembers that it is the newest. Gives the version.
Result<QString> putOnShelf(const ToolInstallations &shelf, QString file, bool allowOlder, Channel channel,
                           const QByteArray &sum)
{
    QByteArray archiveSum;
    if (shelf.ware().isZipped) {
        const QString zip = std::exchange(file, QFileInfo(file).path() + u'/' + shelf.ware().name);
        if (const auto unzipped = unzipFile(zip, shelf.ware().name, file, LargestRelease); !unzipped)
            return tl::unexpected(unzipped.error());
        archiveSum = sum;
        static_cast<void>(removeFile(zip));
    }
    auto version = shelf.put(file, allowOlder, archiveSum);
    if (version)
        static_cast<void>(shelf.noteNewest(channel, *version)); // else the calendar decides
    return version;
}

} // namespace

ToolStore::ToolStore(ToolInstallations shelf, Addresses addresses, net::FetchOptions options, QObject *parent)
    : QObject(parent)
    , m_shelf(std::move(shelf))
    , m_addresses(std::move(addresses))
    , m_options(std::move(options))
{
    m_network.setProxyFactory(new net::SystemProxies);
    m_stage = Stage::Preparing;
    m_task.run([shelf = m_shelf](std::stop_token) { return shelf.record(); },
               [this](const InstalledVersions &record) {
                   m_record = record;
                   enter(Stage::Idle);
               });
}

ToolStore::~ToolStore() = default;

QString ToolStore::stays() const
{
    return u"The %1 in use stays as it is."_s.arg(ware().name);
}

QString ToolStore::incoming(const QString &name) const
{
    return m_shelf.folder() + u"/incoming/"_s + name;
}

void ToolStore::enter(Stage stage)
{
    m_stage = stage;
    m_progress = {};
    Q_EMIT changed();
}

void ToolStore::conclude(const QString &said, bool hasFailed)
{
    m_said = said;
    m_hasFailed = hasFailed;
    enter(Stage::Idle);
}

void ToolStore::fail(const Error &error)
{
    if (error.code == ErrorCode::Cancelled)
        conclude(u"Cancelled; what has come is kept. %1"_s.arg(stays()), false);
    else
        conclude(u"%1 %2"_s.arg(error.text, stays()), true);
}

void ToolStore::update(Channel channel, bool allowOlder)
{
    Q_ASSERT(!isBusy());
    m_channel = channel;
    m_allowOlder = allowOlder;
    m_said.clear();
    m_hasFailed = false;
    enter(Stage::Preparing);
    m_task.run([shelf = m_shelf](std::stop_token) { return lookAtMachine(shelf); },
               [this](const Machine &machine) {
                   if (!machine.fileName)
                       return fail(machine.fileName.error());
                   m_fileName = *machine.fileName;
                   m_gpgv = machine.gpgv;
                   list();
               });
}

void ToolStore::cancel()
{
    if (m_fetch)
        m_fetch->cancel(); // and finished() says so
    else if (m_stage == Stage::Preparing) {
        m_task.cancel();
        fail(cancelled().value());
    }
}

/// Fetches a file of the release to the place for what is incoming.
void ToolStore::begin(const QString &name, const QUrl &address, qint64 mostBytes, net::FileFetch::Check check,
                      std::function<void()> done)
{
    m_options.mostBytes = mostBytes;
    m_fetch =
        std::make_unique<net::FileFetch>(m_network, address, incoming(name), std::move(check), m_options);
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

void ToolStore::list()
{
    enter(Stage::Listing);
    const QString sums = ware().sumsFile(m_fileName);
    const QUrl address = m_addresses.of(m_channel, sums);
    const auto check = [address, fileName = m_fileName](const QString &part, qint64,
                                                        const std::stop_token &) -> Result<void> {
        const auto sum =
            readList(part).and_then([&](const QByteArray &text) { return sumOf(text, fileName); });
        if (sum)
            return {};
        return failure(ErrorCode::BadInput,
                       u"The file from %1 cannot be used to check the release: %2 Check the address, or try "
                       "again later."_s.arg(address.toDisplayString(), sum.error().text));
    };
    begin(sums, address, LargestList, check, [this] {
        if (m_gpgv.isEmpty())
            compare();
        else
            checkSignature();
    });
}

void ToolStore::checkSignature()
{
    const QUrl address = m_addresses.of(m_channel, SignatureFile);
    const auto check = [address, gpgv = m_gpgv, list = incoming(SumsFile), key = m_addresses.key](
                           const QString &part, qint64, const std::stop_token &) -> Result<void> {
        const auto checked = tools::checkSignature(gpgv, list, part, key);
        if (checked || checked.error().code != ErrorCode::BadInput)
            return checked;
        return failure(ErrorCode::BadInput,
                       u"The release is not signed by yt-dlp's makers, so it was not used. %1 If it happens "
                       "again, do not trust %2 or this network."_s.arg(checked.error().text, address.host()));
    };
    begin(SignatureFile, address, LargestList, check, [this] { compare(); });
}

/// The file of the release may be here already.
void ToolStore::compare()
{
    enter(Stage::Preparing);
    m_task.run(
        [list = incoming(ware().sumsFile(m_fileName)), fileName = m_fileName, shelf = m_shelf,
         channel = m_channel](const std::stop_token &stop) {
            Comparison found = compareWith(list, fileName, shelf, stop);
            if (!found.here.isEmpty())
                static_cast<void>(shelf.noteNewest(channel, found.here));
            return found;
        },
        [this](const Comparison &found) {
            if (!found.sum)
                return fail(found.sum.error());
            if (found.here.isEmpty())
                return fetch(*found.sum);
            m_record = found.record;
            if (found.here == m_record.current)
                return conclude(u"%1 %2 is the newest of the %3 releases already."_s.arg(
                                    ware().name, found.here, keyword(m_channel)),
                                false);
            if (!m_allowOlder && isOlder(found.here, m_record.current))
                return fail(olderError(ware(), found.here, m_record.current));
            swap(); // what was gone back from is the newest again
        });
}

void ToolStore::fetch(const QByteArray &sum)
{
    enter(Stage::Fetching);
    // Each channel has a file of its own, so that what came of one is continued as that.
    const QString name = keyword(m_channel) + u'-' + m_fileName;
    const QUrl address = m_addresses.of(m_channel, m_fileName);
    const auto check = [address, sum](const QString &part, qint64,
                                      const std::stop_token &stop) -> Result<void> {
        const auto found = sha256Of(part, stop);
        if (!found)
            return tl::unexpected(found.error());
        if (found->toHex() == sum)
            return {};
        return failure(
            ErrorCode::BadInput,
            u"The file from %1 is not the file of the release: its SHA-256 is %2… instead of "
            "%3…. It was thrown away. Try again; if it happens again, do not trust this address or "
            "network."_s.arg(address.toDisplayString(), QString::fromLatin1(found->toHex().first(12)),
                             QString::fromLatin1(sum.first(12))));
    };
    begin(name, address, LargestRelease, check, [this, name, sum] { tryOut(incoming(name), sum); });
}

void ToolStore::tryOut(const QString &file, const QByteArray &sum)
{
    enter(Stage::Trying);
    m_task.run(
        [file, sum, shelf = m_shelf, allowOlder = m_allowOlder, channel = m_channel](std::stop_token) {
            const auto version = putOnShelf(shelf, file, allowOlder, channel, sum);
            return std::pair(version, shelf.record());
        },
        [this, file](const std::pair<Result<QString>, InstalledVersions> &done) {
            m_record = done.second;
            if (const auto &version = done.first) {
                QString said = u"%1 %2 was fetched and checked; it is used from now on, unless this "
                               "computer's own is newer."_s.arg(ware().name, *version);
                if (!ware().isSigned)
                    said += u" Signature not checked: the makers of %1 publish none."_s.arg(ware().name);
                else if (m_gpgv.isEmpty())
                    said += u" Signature not checked: gpgv is not installed."_s;
                conclude(said, false);
                Q_EMIT taken();
            } else {
                QString reason = version.error().text;
                fail({version.error().code,
                      u"The release cannot be used: %1"_s.arg(reason.replace(file, m_fileName))});
            }
        });
}

void ToolStore::goBack()
{
    Q_ASSERT(!isBusy());
    m_said.clear();
    m_hasFailed = false;
    swap();
}

/// The one in use and the one before change places.
void ToolStore::swap()
{
    enter(Stage::Trying);
    m_task.run([shelf = m_shelf](std::stop_token) { return shelf.goBack(); },
               [this](const Result<InstalledVersions> &record) {
                   if (!record)
                       return fail(record.error());
                   m_record = *record;
                   conclude(m_record.current.isEmpty()
                                ? u"The %1 of this computer is in use again."_s.arg(ware().name)
                                : u"%1 %2 is in use again."_s.arg(ware().name, m_record.current),
                            false);
                   Q_EMIT taken();
               });
}

} // namespace earmark::tools
