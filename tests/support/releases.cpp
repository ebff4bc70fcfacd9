#include "support/releases.h"

#include <QCryptographicHash>

namespace earmark::test {

QByteArray smallYtDlp(const QByteArray &version)
{
    return "#!/bin/sh\necho " + version + "\nexit 0\n" + QByteArray(300'000, '#') + '\n';
}

QByteArray sumLine(const QByteArray &content, const QByteArray &name)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex() + "  " + name + '\n';
}

void serveRelease(FaultServer &server, const QByteArray &folder, const QByteArray &content)
{
    const QByteArray tag = '"' + QCryptographicHash::hash(content, QCryptographicHash::Sha1).toHex() + '"';
    QByteArray sums = sumLine("x", "yt-dlp.exe");
    for (const char *name : {"yt-dlp", "yt-dlp_linux", "yt-dlp_linux_aarch64"}) {
        server.serve(folder + '/' + name, {content, tag});
        sums += sumLine(content, name);
    }
    server.serve(folder + "/SHA2-256SUMS", {sums, tag});
}

} // namespace earmark::test
