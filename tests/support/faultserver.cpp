#include "support/faultserver.h"

#include <QTcpSocket>

#include <algorithm>

namespace earmark::test {

using namespace Qt::StringLiterals;

namespace {

const QByteArray TryHeader = "x-try";

using Headers = QList<std::pair<QByteArray, QByteArray>>;

void setHeader(Headers &headers, const QByteArray &name, const QByteArray &value)
{
    headers.removeIf([&name](const auto &each) { return each.first == name; });
    if (!value.isEmpty())
        headers.append({name, value});
}

} // namespace

QNetworkReply *CountingNetwork::createRequest(Operation operation, const QNetworkRequest &request,
                                              QIODevice *data)
{
    QNetworkRequest counted(request);
    counted.setRawHeader(TryHeader, QByteArray::number(++m_count));
    return QNetworkAccessManager::createRequest(operation, counted, data);
}

FaultServer::FaultServer()
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("No loopback server: %s", qPrintable(errorString()));
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

QUrl FaultServer::url(const QByteArray &path) const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(serverPort()) + QString::fromLatin1(path));
}

qsizetype FaultServer::requestsOf(const QByteArray &path) const
{
    return std::ranges::count(m_requests, path, &Request::path);
}

void FaultServer::read(QTcpSocket &socket)
{
    const QByteArray head = socket.peek(64 * 1024);
    const qsizetype end = head.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    socket.skip(end + 4);
    QList<QByteArray> lines = head.first(end).split('\n');
    Request request;
    request.path = lines.takeFirst().split(' ').value(1);
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
    }
    const auto asked = std::pair(request.path, request.headers.value(TryHeader));
    if (asked.second.isEmpty() || !m_given.contains(asked)) {
        auto &waiting = m_bad[request.path];
        m_given.insert(asked, waiting.isEmpty() ? BadAnswer() : waiting.takeFirst());
        m_requests.append(request);
    }
    answer(socket, request, m_given.value(asked));
}

void FaultServer::answer(QTcpSocket &socket, const Request &request, const BadAnswer &bad)
{
    const auto file = m_files.constFind(request.path);
    Headers headers;
    QByteArray content;
    int status = bad.status != 0 ? bad.status : file == m_files.cend() ? 404 : 200;
    if (status == 200) {
        content = file->content;
        setHeader(headers, "ETag", file->tag);
        setHeader(headers, "Last-Modified", file->modified);
        const QByteArray range = request.headers.value("range"); // "bytes=N-" is all that is asked here
        const QByteArray only = request.headers.value("if-range");
        const bool isSame = only.isEmpty() || only == file->tag || only == file->modified;
        if (!range.isEmpty() && isSame && !bad.ignoresRange) {
            const qint64 first = range.sliced(6).chopped(1).toLongLong();
            const QByteArray size = QByteArray::number(content.size());
            status = first < content.size() ? 206 : 416;
            setHeader(headers, "Content-Range",
                      status == 416 ? "bytes */" + size
                                    : "bytes " + QByteArray::number(first) + '-' +
                                          QByteArray::number(content.size() - 1) + '/' + size);
            content = status == 416 ? QByteArray() : content.sliced(first);
        }
    }
    setHeader(headers, "Content-Length", QByteArray::number(content.size()));
    for (const auto &[name, value] : bad.headers)
        setHeader(headers, name, value);

    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " As asked\r\n";
    for (const auto &[name, value] : std::as_const(headers))
        head += name + ": " + value + "\r\n";
    socket.write(head + "\r\n");
    const qint64 stop = std::max(bad.breakAfter, bad.stallAfter);
    socket.write(stop < 0 ? content : content.first(std::min<qint64>(stop, content.size())));
    // Without a length, the end of the connection is that of the content.
    const bool hasLength =
        std::ranges::any_of(headers, [](const auto &header) { return header.first == "Content-Length"; });
    if (bad.breakAfter >= 0 || !hasLength)
        socket.disconnectFromHost();
}

} // namespace earmark::test
