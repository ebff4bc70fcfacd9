#include "net/filefetch.h"

#include "base/async.h"
#include "base/format.h"
#include "net/address.h"
#include "net/httpanswer.h"

#include <QFileInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <algorithm>

namespace earmark::net {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 ChunkSize = 256 * 1024;
constexpr auto ReportEvery = 100ms;
/// How much the newest report counts in the speed that is shown.
constexpr double Smoothing = 0.2;

/// What a status means that another try would not change, and what to do.
Error refusal(const HttpAnswer &answer, const QUrl &address)
{
    const QString host = address.host();
    const QString what = u"%1 %2"_s.arg(answer.status).arg(answer.reason).trimmed();
    switch (answer.status) {
    case 404:
    case 410:
        return {ErrorCode::NotFound,
                u"%1 has nothing at %2 (%3). Check the address: the file may have moved."_s.arg(
                    host, address.toDisplayString(), what)};
    case 401:
    case 403:
        return {
            ErrorCode::Unreadable,
            u"%1 does not hand out %2 (%3). Check the address, and whether this network keeps you from it."_s
                .arg(host, address.toDisplayString(), what)};
    default:
        return {ErrorCode::BadInput,
                u"%1 answered %2 with %3, which is of no use here. Check the address."_s.arg(
                    host, address.toDisplayString(), what)};
    }
}

} // namespace

FileFetch::FileFetch(QNetworkAccessManager &network, QUrl address, QString path, Check check,
                     FetchOptions options, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_address(std::move(address))
    , m_path(std::move(path))
    , m_check(std::move(check))
    , m_options(std::move(options))
    , m_part(std::make_shared<PartFile>(m_path))
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer); // a coarse one may be early, and the server said when
    connect(&m_pause, &QTimer::timeout, this, &FileFetch::request);
    m_reportSoon.setSingleShot(true);
    m_reportSoon.setInterval(ReportEvery);
    connect(&m_reportSoon, &QTimer::timeout, this, &FileFetch::report);
}

FileFetch::~FileFetch()
{
    m_stop.request_stop();
    drop();
}

/// One piece of work on the part at a time, off this thread; `done` gets its value here.
template <class Work, class Done>
void FileFetch::onDisk(Work work, Done done)
{
    m_isBusy = true;
    runAsync(
        QThreadPool::globalInstance(), this, {},
        [part = m_part, work = std::move(work)](std::stop_token) { return work(*part); },
        [this, done = std::move(done)](auto result) {
            m_isBusy = false;
            if (m_stop.stop_requested())
                end(cancelled());
            else if (!result)
                end(tl::unexpected(std::move(result.error())));
            else
                done(*result);
        });
}

void FileFetch::start()
{
    if (const QString problem = addressProblem(m_address.toString()); !problem.isEmpty()) {
        end(failure(ErrorCode::BadInput, problem));
        return;
    }
    onDisk([](PartFile &part) { return part.take(); },
           [this](const PartFile::Left &left) {
               if (left.bytes > 0 && left.origin.address == m_address && !left.origin.validator.isEmpty()) {
                   m_origin = left.origin;
                   m_progress.bytes = left.bytes;
                   m_progress.total = left.origin.total;
               }
               m_furthest = m_progress.bytes;
               request();
           });
}

void FileFetch::cancel()
{
    if (m_isEnded || m_stop.stop_requested())
        return;
    m_stop.request_stop();
    m_pause.stop();
    drop();
    // A task that works on the part ends it when it is done: then the part can be taken by another fetch.
    if (!m_isBusy)
        end(cancelled());
}

void FileFetch::request()
{
    m_way.clear();
    ask(m_address);
}

void FileFetch::ask(const QUrl &address)
{
    m_way.append(address);
    QNetworkRequest request(address);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Earmark/" EARMARK_VERSION ""_s);
    // Qt, when it follows a redirect, at times takes the first answer's headers for the second's, and a
    // broken connection for the end of the file.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    // Ranges and sizes are of the bytes as they lie there, and Qt would unpack what is packed on the way.
    request.setRawHeader("Accept-Encoding", "identity");
    // One file at a time gains nothing by it.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(static_cast<int>(m_options.patience.count()));
    if (m_progress.bytes > 0) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_progress.bytes) + '-');
        request.setRawHeader("If-Range", m_origin.validator);
    }
    m_isJudged = m_isMixed = false;
    m_progress.trouble.clear();
    m_reply = m_network.get(request);
    // More would be read ahead of a slow disk into memory.
    m_reply->setReadBufferSize(4 * ChunkSize);
    // Qt sends a request again by itself when the connection breaks at a bad moment, and puts the second
    // answer behind what it has of the first.
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] { m_isMixed = m_isJudged; });
    connect(m_reply, &QIODevice::readyRead, this, &FileFetch::advance);
    connect(m_reply, &QNetworkReply::finished, this, &FileFetch::advance);
}

/// Lets go of the connection.
void FileFetch::drop()
{
    m_reportSoon.stop();
    if (auto *reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

/// Does what is to be done next with what has come.
void FileFetch::advance()
{
    if (m_isBusy || !m_reply)
        return;
    if (!m_isJudged) {
        judge();
        return;
    }
    if (m_isMixed) {
        tryAgain(brokenText());
        return;
    }
    if (m_reply->bytesAvailable() > 0) {
        const QByteArray bytes = m_reply->read(ChunkSize);
        onDisk([bytes](PartFile &part) { return part.append(bytes).map([&] { return bytes.size(); }); },
               [this](qint64 count) {
                   m_progress.bytes += count;
                   if (m_progress.bytes > m_options.mostBytes) { // whatever was announced
                       refuse(tooLarge());
                       return;
                   }
                   if (!m_reportSoon.isActive())
                       m_reportSoon.start();
                   advance();
               });
        return;
    }
    if (m_reply->isFinished())
        conclude();
}

/// Looks at the answer's headers and decides what its content is good for.
void FileFetch::judge()
{
    m_isJudged = true;
    const HttpAnswer answer = HttpAnswer::of(*m_reply);
    const QUrl address = m_reply->url();
    const qint64 had = m_progress.bytes;
    if (m_reply->error() == QNetworkReply::SslHandshakeFailedError) {
        end(failure(
            ErrorCode::Unreadable,
            u"The connection to %1 is not safe: %2. Check this computer's clock and its network."_s.arg(
                address.host(), m_reply->errorString())));
        return;
    }
    const QUrl target = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (!target.isEmpty()) {
        follow(address.resolved(target));
        return;
    }

    if (answer.status == 416 && had > 0) {
        // What is there is all that there is, or it is something else.
        if (answer.range && answer.range->total == had) {
            m_progress.total = had;
            m_modified = answer.modified;
            drop();
            complete();
        } else {
            startOver();
        }
    } else if (answer.isPassing()) {
        tryAgain(
            u"%1 has trouble (%2 %3)"_s.arg(address.host()).arg(answer.status).arg(answer.reason).trimmed(),
            answer.retryAfter.value_or(0ms));
    } else if (answer.status == 0) {
        tryAgain(brokenText());
    } else if (!answer.isContent()) {
        end(tl::unexpected(refusal(answer, address)));
    } else if (!answer.encoding.isEmpty()) {
        end(failure(
            ErrorCode::BadInput,
            u"%1 sends the file packed (%2), although it was asked not to; use another address."_s.arg(
                address.host(), QString::fromLatin1(answer.encoding))));
    } else if (answer.status == 200) {
        take(0, answer);
    } else if (!answer.range || answer.range->first != had || had == 0 ||
               (answer.length >= 0 && answer.length != answer.range->last - had + 1)) {
        end(failure(ErrorCode::BadInput,
                    u"%1 was asked for what follows byte %2 and says that it sends something else; try again "
                    "later, or use another address."_s.arg(address.host(), countText(had))));
    } else if ((!answer.validator.isEmpty() && answer.validator != m_origin.validator) ||
               (m_origin.total >= 0 && answer.range->total >= 0 && answer.range->total != m_origin.total)) {
        startOver(); // it has changed meanwhile
    } else {
        take(had, answer);
    }
}

/// The server says that it is there.
void FileFetch::follow(const QUrl &target)
{
    const bool isWeb = target.scheme() == u"https" || (m_way.constLast().scheme() != u"https" &&
                                                       addressProblem(target.toString()).isEmpty());
    if (!isWeb || m_way.contains(target) || m_way.size() > m_options.mostRedirects) {
        const QString why = isWeb ? u"in a circle, or too far"_s : u"to %1"_s.arg(target.toDisplayString());
        end(failure(ErrorCode::BadInput, u"%1 does not lead to a file but %2. Check the address."_s.arg(
                                             m_address.toDisplayString(), why)));
        return;
    }
    drop();
    ask(target);
}

/// The content of this answer belongs after the first `from` bytes.
void FileFetch::take(qint64 from, const HttpAnswer &answer)
{
    if (from == 0)
        m_origin = {m_address, answer.validator, answer.length};
    else if (m_origin.total < 0)
        m_origin.total = answer.range->total;
    m_modified = answer.modified;
    m_progress.bytes = from;
    m_progress.total = m_origin.total;
    m_progress.bytesPerSecond = 0;
    if (m_progress.total > m_options.mostBytes) {
        refuse(tooLarge());
        return;
    }
    onDisk([from,
            origin = m_origin](PartFile &part) { return part.open(from, origin).map([] { return true; }); },
           [this](bool) {
               m_reported = m_progress.bytes;
               m_sinceReport.start();
               Q_EMIT progressed(m_progress);
               advance();
           });
}

/// The connection has ended, and all that came is in the part.
void FileFetch::conclude()
{
    report();
    if (!m_reply)
        return; // cancelled by somebody who saw the report
    if (m_progress.total >= 0 && m_progress.bytes > m_progress.total) {
        startOver();
        return;
    }
    if (m_reply->error() != QNetworkReply::NoError || m_progress.bytes < m_progress.total) {
        tryAgain(brokenText());
        return;
    }
    drop();
    complete();
}

void FileFetch::complete()
{
    onDisk(
        [check = m_check, announced = m_progress.total, modified = m_modified,
         stop = m_stop.get_token()](PartFile &part) -> Result<bool> {
            const Result<void> checked = check ? check(part.path(), announced, stop) : Result<void>();
            if (!checked && checked.error().code != ErrorCode::Cancelled)
                part.discard();
            return checked.and_then([&] { return part.finish(modified); }).map([] { return true; });
        },
        [this](bool) {
            end(FetchedFile{m_progress.bytes, m_modified});
        });
}

/// Ends it, and throws away what has come.
void FileFetch::refuse(Error error)
{
    drop();
    onDisk(
        [](PartFile &part) {
            part.discard();
            return Result<bool>(true);
        },
        [this, error = std::move(error)](bool) { end(tl::unexpected(error)); });
}

Error FileFetch::tooLarge() const
{
    return {
        ErrorCode::BadInput,
        u"%1 sends more than %2, the limit for this file. Nothing of it was kept. Check the address."_s.arg(
            m_address.toDisplayString(), bytesText(m_options.mostBytes))};
}

/// What is there is not a part of what the server has now.
void FileFetch::startOver()
{
    m_progress.bytes = 0;
    m_origin = {};
    tryAgain(u"The file has changed at %1"_s.arg(m_address.host()));
}

/// `trouble` is a sentence without its end.
void FileFetch::tryAgain(const QString &trouble, std::chrono::milliseconds atLeast)
{
    drop();
    if (m_origin.validator.isEmpty())
        m_progress.bytes = 0; // nobody could tell whether the rest is of the same file
    m_tries = m_progress.bytes > m_furthest ? 0 : m_tries;
    m_furthest = std::max(m_furthest, m_progress.bytes);
    if (m_tries == m_options.pauses.size() || atLeast > m_options.longestPause) {
        const QString when = atLeast > m_options.longestPause ? spanText(atLeast.count()) : QString();
        const QString kept = m_progress.bytes > 0 ? u" What has come is kept."_s : QString();
        end(failure(ErrorCode::Unreachable,
                    when.isEmpty()
                        ? u"%1, %2 times in a row. Check the network and try again.%3"_s.arg(
                              trouble, QString::number(m_tries + 1), kept)
                        : u"%1, and asks to wait for %2. Try again then.%3"_s.arg(trouble, when, kept)));
        return;
    }
    const auto pause = std::max(m_options.pauses[m_tries++], atLeast);
    m_progress.trouble = u"%1; trying again in %2"_s.arg(trouble, spanText(pause.count()));
    m_progress.bytesPerSecond = 0;
    m_pause.start(pause);
    Q_EMIT progressed(m_progress);
}

void FileFetch::report()
{
    const qint64 elapsed = m_sinceReport.restart();
    if (elapsed > 0) {
        const double speed =
            static_cast<double>(m_progress.bytes - m_reported) * 1000.0 / static_cast<double>(elapsed);
        double &shown = m_progress.bytesPerSecond;
        shown = shown > 0 ? shown + Smoothing * (speed - shown) : speed;
    }
    m_reported = m_progress.bytes;
    Q_EMIT progressed(m_progress);
}

void FileFetch::end(Result<FetchedFile> result)
{
    drop();
    m_part.reset(); // and with it the lock
    m_isEnded = true;
    Q_EMIT finished(result);
}

/// How the connection came to its end, as a sentence without its end.
QString FileFetch::brokenText() const
{
    const QString host = m_reply->url().host();
    switch (m_reply->error()) {
    case QNetworkReply::OperationCanceledError: // only a timeout gets here
        return u"%1 sent nothing for %2"_s.arg(host, spanText(m_options.patience.count()));
    case QNetworkReply::HostNotFoundError:
        return u"%1 cannot be found"_s.arg(host);
    case QNetworkReply::ConnectionRefusedError:
        return u"%1 refuses the connection"_s.arg(host);
    case QNetworkReply::NoError:
    case QNetworkReply::RemoteHostClosedError:
        return m_progress.total < 0 ? u"The connection to %1 broke off"_s.arg(host)
                                    : u"The connection to %1 broke off after %2 of %3 bytes"_s.arg(
                                          host, countText(m_progress.bytes), countText(m_progress.total));
    default:
        return u"The connection to %1 failed: %2"_s.arg(host, m_reply->errorString());
    }
}

} // namespace earmark::net
