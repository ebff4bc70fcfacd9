#include "tools/cookiesage.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace earmark::tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MostBytes = 4'000'000;
/// Domain, for subdomains, path, https only, seconds since 1970 (0: with the browser), name, value.
constexpr qsizetype Fields = 7, Domain = 0, Expiry = 4, Name = 5;

} // namespace

CookiesAge cookiesAge(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    CookiesAge age{QFileInfo(path).lastModified(), false, {}, false};
    // Which of them tell a login: is_authenticated in yt-dlp's extractor/youtube/_base.py.
    static const QSet<QByteArray> proofs{"SAPISID", "__Secure-1PAPISID", "__Secure-3PAPISID"};
    bool hasInfo = false, hasProof = false;
    for (const QByteArray &raw : file.read(MostBytes).split('\n')) {
        QByteArray line = raw.trimmed();
        if (line.startsWith("#HttpOnly_"))
            line.remove(0, 10);
        const QList<QByteArray> fields = line.split('\t');
        if (line.startsWith('#') || fields.size() != Fields)
            continue;
        age.isNetscape = true;
        const bool isInfo = fields[Name] == "LOGIN_INFO", isProof = proofs.contains(fields[Name]);
        if (!fields[Domain].endsWith("youtube.com") || (!isInfo && !isProof))
            continue;
        hasInfo |= isInfo;
        hasProof |= isProof;
        if (const qint64 seconds = fields[Expiry].toLongLong(); seconds > 0) {
            const auto expires = QDateTime::fromSecsSinceEpoch(seconds);
            age.expires = age.expires.isValid() ? std::min(age.expires, expires) : expires;
        }
    }
    age.hasLogin = hasInfo && hasProof;
    return age;
}

} // namespace earmark::tools
