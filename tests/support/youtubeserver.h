#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>
#include <QTcpServer>
#include <QTemporaryDir>

class QSslSocket;

namespace earmark::test {

/// What YouTube says of a video.
struct VideoAnswer
{
    QString status = QStringLiteral("OK"); ///< of playabilityStatus: "OK", "ERROR", "LOGIN_REQUIRED", …
    QString reason{};                      ///< what the person would read
    QString subreason{};
    QJsonObject errorScreen{}; ///< instead of the one made of the reasons
    int page = 200;            ///< HTTP status of the video's page
    int api = 200;             ///< of the player's answer
    int media = 200;           ///< of the sound
    bool hasFormats = true;    ///< with status OK
    bool hasAddresses =
        true;               ///< of the formats; without, only YouTube's own protocol (SABR) could fetch them
    bool hasPuzzle = false; ///< the addresses work only after the player's script was run ("n challenge")
    bool isProtected = false; ///< the formats are marked as DRM
    QString playlist{};       ///< instead of formats: path of an HLS playlist, see serve()
    QString otherVideo{};     ///< the answer is for this one
};

/// A proxy on 127.0.0.1 behind which every site is a YouTube of our own, so that yt-dlp's own extractor can
/// be tried without the network: settings().proxy and "--no-check-certificates" lead there. Works in the
/// thread that made it.
class YouTubeServer final : public QTcpServer
{
    Q_OBJECT

public:
    /// Every video has this sound, an m4a of so many seconds. Needs the openssl program, for a certificate of
    /// its own.
    YouTubeServer(QByteArray sound, int seconds);

    /// Of this video; without it all is well.
    void setAnswer(const QString &ytid, const VideoAnswer &answer) { m_answers.insert(ytid, answer); }
    /// It is one of the others again.
    void takeAnswer(const QString &ytid) { m_answers.remove(ytid); }
    /// Of all the others.
    void setAnswer(const VideoAnswer &answer) { m_default = answer; }
    /// GET of this path on any host gives this, by ranges if asked so: playlists, segments, a player's
    /// script.
    void serve(const QString &path, const QByteArray &content) { m_files.insert(path, content); }
    QString proxy() const;
    /// Videos whose page was asked for, in order.
    const QStringList &asked() const { return m_asked; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void read(QSslSocket &socket, QByteArray &waiting);
    void answer(QSslSocket &socket, const QByteArray &head, const QByteArray &body);
    QByteArray playerResponse(const QString &ytid) const;
    QJsonObject streamingData(const QString &ytid, const VideoAnswer &video) const;
    VideoAnswer answerFor(const QString &ytid) const { return m_answers.value(ytid, m_default); }

    QTemporaryDir m_folder;
    QSslCertificate m_certificate;
    QSslKey m_key;
    QByteArray m_sound;
    int m_seconds;
    QHash<QString, VideoAnswer> m_answers;
    VideoAnswer m_default;
    QHash<QString, QByteArray> m_files;
    QStringList m_asked;
};

} // namespace earmark::test
