#pragma once

#include "base/result.h"
#include "net/partfile.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

class QNetworkAccessManager;
class QNetworkReply;

namespace earmark::net {

struct HttpAnswer;

struct FetchOptions
{
    /// Without a byte for so long, the connection counts as broken.
    std::chrono::milliseconds patience = std::chrono::seconds(30);
    /// Before each further try; as many tries in a row may bring nothing new.
    std::vector<std::chrono::milliseconds> pauses{std::chrono::seconds(1), std::chrono::seconds(3),
                                                  std::chrono::seconds(10), std::chrono::seconds(30)};
    /// A server that asks to be left alone for longer ends it.
    std::chrono::milliseconds longestPause = std::chrono::minutes(2);
    int mostRedirects = 5;
    /// A file that is larger is not fetched, bytes.
    qint64 mostBytes = 1'000'000'000;
};

struct FetchProgress
{
    qint64 bytes = 0;          ///< of the whole file, what an earlier run left included
    qint64 total = -1;         ///< -1: unknown
    double bytesPerSecond = 0; ///< smoothed; 0: unknown
    QString trouble;           ///< why it waits for its next try, one sentence; empty while it runs
};

/// What came, and under its final name.
struct FetchedFile
{
    qint64 bytes = 0;
    QDateTime modified; ///< as the server says, and so does the file; invalid: the server did not say

    bool operator==(const FetchedFile &) const = default;
};

/// Fetches one file over HTTP, so that it appears under its name whole or not at all. It is gathered in
/// "NAME.part"; a broken connection, a stop and the end of the program leave that, and it is continued where
/// the server allows it and still has the very same file. Follows redirects, but none that leaves https.
///
/// Lives in a thread with an event loop, and never touches the disk in it. Used once.
class FileFetch final : public QObject
{
    Q_OBJECT

public:
    /// Looks at what came before it gets its name; runs in another thread. `announced` is the size of which
    /// the server spoke, -1 if it did not. When it gives an error, that is the error of the fetch, and what
    /// came is thrown away.
    using Check = std::function<Result<void>(const QString &part, qint64 announced, std::stop_token stop)>;

    /// `path` is the final name; its folder is made. `network` must outlive this. `address` must begin with
    /// https, or lie on this computer: see addressProblem().
    FileFetch(QNetworkAccessManager &network, QUrl address, QString path, Check check = {},
              FetchOptions options = {}, QObject *parent = nullptr);
    /// Stops without a word; the part stays.
    ~FileFetch() override;

    void start();
    /// The part stays; finished() tells Cancelled.
    void cancel();

Q_SIGNALS:
    /// At most ten times a second, but for the first and last of a try.
    void progressed(const earmark::net::FetchProgress &progress);
    /// Once. Errors: Cancelled; Unreachable (the part is kept); NotFound; BadInput (the address is not safe,
    /// the server's answers make no sense, or the file is larger than FetchOptions::mostBytes); DiskFull,
    /// Unwritable, Locked; those of the check.
    void finished(const earmark::Result<earmark::net::FetchedFile> &result);

private:
    template <class Work, class Done>
    void onDisk(Work work, Done done);
    void request();
    void ask(const QUrl &address);
    void follow(const QUrl &target);
    void drop();
    void advance();
    void judge();
    void take(qint64 from, const HttpAnswer &answer);
    void conclude();
    void complete();
    void refuse(Error error);
    Error tooLarge() const;
    void startOver();
    void tryAgain(const QString &trouble, std::chrono::milliseconds atLeast = {});
    void report();
    void end(Result<FetchedFile> result);
    QString brokenText() const;

    QNetworkAccessManager &m_network;
    const QUrl m_address;
    const QString m_path;
    const Check m_check;
    const FetchOptions m_options;

    QList<QUrl> m_way;                ///< the address and where it was redirected to, in this try
    std::shared_ptr<PartFile> m_part; ///< shared with the task that works on it
    PartOrigin m_origin;              ///< of the bytes in the part
    QDateTime m_modified;
    QNetworkReply *m_reply = nullptr;
    std::stop_source m_stop;

    bool m_isBusy = false;   ///< a task works on the part
    bool m_isJudged = false; ///< the answer's headers were looked at
    bool m_isMixed = false;  ///< a second answer has come in the place of the first
    bool m_isEnded = false;
    qint64 m_furthest = 0;   ///< the most bytes that were ever there: what tells a try that brought something
    std::size_t m_tries = 0; ///< in a row that brought nothing

    FetchProgress m_progress;
    QElapsedTimer m_sinceReport;
    qint64 m_reported = 0; ///< bytes at the last report
    QTimer m_reportSoon;
    QTimer m_pause;
};

} // namespace earmark::net
