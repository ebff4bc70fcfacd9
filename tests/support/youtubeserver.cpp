#include "support/youtubeserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSslSocket>
#include <QUrl>
#include <QUrlQuery>

#include <memory>
#include <optional>

namespace earmark::test {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView PlayerScript{"/s/player/0123abcd/player_ias.vflset/en_US/base.js"};

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject text(const QString &content)
{
    return {{u"simpleText"_s, content}};
}

QByteArray headerOf(const QByteArray &head, QByteArrayView name)
{
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const auto colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).toLower() == name)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

void send(QSslSocket &socket, int status, const QByteArray &type, const QByteArray &content,
          const QByteArray &further = {})
{
    socket.write("HTTP/1.1 " + QByteArray::number(status) + " As told\r\nContent-Type: " + type +
                 "\r\nContent-Length: " + QByteArray::number(content.size()) +
                 "\r\nConnection: close\r\nAccept-Ranges: bytes\r\n" + further + "\r\n" + content);
    socket.disconnectFromHost();
}

void sendRange(QSslSocket &socket, const QByteArray &head, const QByteArray &type, const QByteArray &content)
{
    const QByteArray range = headerOf(head, "range"); // "bytes=0-", "bytes=10-20"
    if (!range.startsWith("bytes="))
        return send(socket, 200, type, content);
    const auto dash = range.indexOf('-');
    const qint64 first = range.sliced(6, dash - 6).toLongLong();
    const qint64 last = dash + 1 < range.size() ? range.sliced(dash + 1).toLongLong() : content.size() - 1;
    send(socket, 206, type, content.sliced(first, std::min<qint64>(last, content.size() - 1) - first + 1),
         "Content-Range: bytes " + QByteArray::number(first) + '-' + QByteArray::number(last) + '/' +
             QByteArray::number(content.size()) + "\r\n");
}

} // namespace

YouTubeServer::YouTubeServer(QByteArray sound, int seconds)
    : m_sound(std::move(sound))
    , m_seconds(seconds)
{
    const QString key = m_folder.filePath(u"key.pem"_s),
                  certificate = m_folder.filePath(u"certificate.pem"_s);
    QProcess openssl; // what it prints is of no interest
    openssl.start(u"openssl"_s,
                  {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-batch"_s, u"-days"_s,
                   u"2"_s, u"-subj"_s, u"/CN=youtube.test"_s, u"-keyout"_s, key, u"-out"_s, certificate});
    openssl.waitForFinished();
    QFile keyFile(key);
    if (keyFile.open(QIODevice::ReadOnly))
        m_key = QSslKey(&keyFile, QSsl::Rsa);
    m_certificate = QSslCertificate::fromPath(certificate).value(0);
    if (m_key.isNull() || m_certificate.isNull() || !listen(QHostAddress::LocalHost))
        qFatal("The YouTube of the tests cannot start: it needs openssl and a port on 127.0.0.1.");
}

QString YouTubeServer::proxy() const
{
    return u"http://127.0.0.1:%1"_s.arg(serverPort());
}

void YouTubeServer::incomingConnection(qintptr descriptor)
{
    auto *socket = new QSslSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    socket->setLocalCertificate(m_certificate);
    socket->setPrivateKey(m_key);
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QSslSocket::readyRead, socket,
            [this, socket, waiting = std::make_shared<QByteArray>()] { read(*socket, *waiting); });
}

void YouTubeServer::read(QSslSocket &socket, QByteArray &waiting)
{
    waiting += socket.readAll();
    const auto end = waiting.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = waiting.first(end);
    if (head.startsWith("CONNECT ")) {
        waiting.clear();
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.flush();
        socket.startServerEncryption();
        return;
    }
    const qint64 size = headerOf(head, "content-length").toLongLong();
    if (waiting.size() < end + 4 + size)
        return;
    const QByteArray body = waiting.sliced(end + 4, size);
    waiting.clear();
    answer(socket, head, body);
}

void YouTubeServer::answer(QSslSocket &socket, const QByteArray &head, const QByteArray &body)
{
    const QUrl url(QString::fromUtf8(head.split(' ').value(1)));
    const QUrlQuery query(url);
    if (const auto file = m_files.constFind(url.path()); file != m_files.cend())
        return sendRange(socket, head,
                         url.path().endsWith(".m3u8"_L1) ? "application/vnd.apple.mpegurl"
                                                         : "application/octet-stream",
                         *file);
    if (!url.path().contains(u'.') && head.startsWith("GET ") && url.path() != "/videoplayback"_L1) {
        // The video's page, and those that yt-dlp reads the settings of other clients from.
        if (url.path() == "/watch"_L1) {
            m_asked += query.queryItemValue(u"v"_s);
            if (const int status = answerFor(m_asked.last()).page; status != 200)
                return send(socket, status, "text/html", "");
        }
        const QJsonObject configuration{
            {u"INNERTUBE_API_KEY"_s, u"test"_s},
            {u"PLAYER_JS_URL"_s, PlayerScript},
            {u"INNERTUBE_CONTEXT"_s,
             QJsonObject{{u"client"_s, QJsonObject{{u"clientName"_s, u"WEB"_s},
                                                   {u"clientVersion"_s, u"2.20250401.00.00"_s}}}}}};
        return send(socket, 200, "text/html; charset=utf-8",
                    "<html><head><title>Test</title><script>ytcfg.set(" + json(configuration) +
                        ");</script></head><body></body></html>");
    }
    if (url.path() == "/youtubei/v1/player"_L1) {
        const QString ytid = QJsonDocument::fromJson(body).object().value("videoId"_L1).toString();
        if (const int status = answerFor(ytid).api; status != 200)
            return send(socket, status, "application/json", "{}");
        return send(socket, 200, "application/json", playerResponse(ytid));
    }
    if (url.path() == PlayerScript)
        return send(socket, 200, "text/javascript", "var config={signatureTimestamp:20000};");
    if (url.path().startsWith("/youtubei/"_L1)) // what is around a video
        return send(socket, 200, "application/json", "{}");
    if (url.path() == "/videoplayback"_L1) {
        if (const int status = answerFor(query.queryItemValue(u"id"_s)).media; status != 200)
            return send(socket, status, "text/plain", "");
        return sendRange(socket, head, "audio/mp4", m_sound);
    }
    send(socket, 404, "text/plain", "");
}

QByteArray YouTubeServer::playerResponse(const QString &ytid) const
{
    const VideoAnswer video = answerFor(ytid);
    QJsonObject status{{u"status"_s, video.status}};
    if (!video.reason.isEmpty()) {
        status.insert(u"reason"_s, video.reason);
        QJsonObject message{{u"reason"_s, text(video.reason)}};
        if (!video.subreason.isEmpty())
            message.insert(u"subreason"_s, text(video.subreason));
        status.insert(u"errorScreen"_s, video.errorScreen.isEmpty()
                                            ? QJsonObject{{u"playerErrorMessageRenderer"_s, message}}
                                            : video.errorScreen);
    }
    QJsonObject response{
        {u"playabilityStatus"_s, status},
        {u"videoDetails"_s, QJsonObject{{u"videoId"_s, video.otherVideo.isEmpty() ? ytid : video.otherVideo},
                                        {u"title"_s, u"A test"_s},
                                        {u"lengthSeconds"_s, QString::number(m_seconds)},
                                        {u"channelId"_s, u"UC0123456789012345678901"_s}}}};
    if (video.status == "OK"_L1)
        response.insert(u"streamingData"_s, streamingData(ytid, video));
    return json(response);
}

QJsonObject YouTubeServer::streamingData(const QString &ytid, const VideoAnswer &video) const
{
    QJsonObject data{{u"expiresInSeconds"_s, u"21540"_s}};
    if (!video.playlist.isEmpty()) {
        data.insert(u"hlsManifestUrl"_s, QString(u"https://manifest.googlevideo.com"_s + video.playlist));
        return data;
    }
    QJsonArray formats;
    if (video.hasFormats) {
        QJsonObject format{{u"itag"_s, 140},
                           {u"mimeType"_s, u"audio/mp4; codecs=\"mp4a.40.2\""_s},
                           {u"bitrate"_s, 128'000},
                           {u"contentLength"_s, QString::number(m_sound.size())},
                           {u"quality"_s, u"tiny"_s},
                           {u"audioQuality"_s, u"AUDIO_QUALITY_MEDIUM"_s},
                           {u"audioSampleRate"_s, u"44100"_s},
                           {u"audioChannels"_s, 1}};
        if (video.isProtected)
            format.insert(u"drmFamilies"_s, QJsonArray{u"WIDEVINE"_s});
        if (video.hasAddresses)
            format.insert(u"url"_s, QString(u"https://rr1---sn-test.googlevideo.com/videoplayback?id="_s +
                                            ytid + (video.hasPuzzle ? u"&n=ABCDEFGHIJKLMNOP"_s : QString())));
        formats += format;
    }
    if (!video.hasAddresses)
        data.insert(u"serverAbrStreamingUrl"_s,
                    u"https://rr1---sn-test.googlevideo.com/videoplayback?sabr=1"_s);
    data.insert(u"adaptiveFormats"_s, formats);
    return data;
}

} // namespace earmark::test
