#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QNetworkAccessManager>
#include <QTcpServer>
#include <QUrl>

#include <utility>

class QTcpSocket;

namespace earmark::test {

/// What goes wrong with one answer. As it is: nothing.
struct BadAnswer
{
    int status = 0; ///< instead of the right one; then there is no content
    QList<std::pair<QByteArray, QByteArray>>
        headers{};          ///< in place of those of the same name, empty: without it
    qint64 breakAfter = -1; ///< hangs up after so many bytes of the content
    qint64 stallAfter = -1; ///< falls silent after so many
    bool ignoresRange = false;
};

/// Numbers its requests, so that FaultServer knows one that Qt sends again by itself, as it does when the
/// connection ends at a bad moment: that gets the same answer, and counts as one.
class CountingNetwork final : public QNetworkAccessManager
{
    Q_OBJECT

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *data) override;

private:
    int m_count = 0;
};

/// A file server on 127.0.0.1 that does wrong on demand. Works in the thread that made it. (MediaServer is
/// for programs that keep connections; this one holds every byte in its own hands.)
class FaultServer final : public QTcpServer
{
    Q_OBJECT

public:
    struct File
    {
        QByteArray content;
        QByteArray tag = "\"1\"";                              ///< ETag; empty: none
        QByteArray modified = "Thu, 02 Mar 2017 10:00:00 GMT"; ///< Last-Modified; empty: none
    };
    struct Request
    {
        QByteArray path;
        QHash<QByteArray, QByteArray> headers; ///< names in lower case
    };

    /// Listens at once.
    FaultServer();

    /// `path` begins with '/'. What is not served is not found.
    void serve(const QByteArray &path, const File &file) { m_files.insert(path, file); }
    /// For the next requests of this path, one each; after them all is well.
    void misbehave(const QByteArray &path, const QList<BadAnswer> &answers) { m_bad[path] += answers; }

    QUrl url(const QByteArray &path = "/") const;
    /// All requests, the oldest first.
    const QList<Request> &requests() const { return m_requests; }
    qsizetype requestsOf(const QByteArray &path) const;

private:
    void read(QTcpSocket &socket);
    void answer(QTcpSocket &socket, const Request &request, const BadAnswer &bad);

    QHash<QByteArray, File> m_files;
    QHash<QByteArray, QList<BadAnswer>> m_bad;
    QHash<std::pair<QByteArray, QByteArray>, BadAnswer> m_given; ///< by path and number
    QList<Request> m_requests;
};

} // namespace earmark::test
