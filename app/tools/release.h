#pragma once

#include "base/result.h"
#include "tools/signature.h"

#include <QString>
#include <QUrl>
#include <QVersionNumber>

#include <optional>

namespace earmark::tools {

/// Which releases of yt-dlp: those that its makers vouch for, or every night's.
enum class Channel { Stable, Nightly };
/// "stable", "nightly".
QString keyword(Channel channel);
std::optional<Channel> channelFromKeyword(QStringView text);

/// Where releases are. Of yt-dlp: the folder that holds its files, the list of their checksums and its
/// signature; and the key that signs them. At first: the official places and key.
struct Addresses
{
    QUrl stable{QStringLiteral("https://github.com/yt-dlp/yt-dlp/releases/latest/download/")};
    QUrl nightly{QStringLiteral("https://github.com/yt-dlp/yt-dlp-nightly-builds/releases/latest/download/")};
    QString key{ReleaseKey}; ///< a keyring, see checkSignature()
    /// Of deno: its zips, each with a list of checksums.
    QUrl deno{QStringLiteral("https://github.com/denoland/deno/releases/latest/download/")};

    /// The address of a file of the channel's newest release.
    QUrl of(Channel channel, const QString &fileName) const;
    /// The same with deno's address for both channels.
    Addresses forDeno() const;
    bool operator==(const Addresses &) const = default;
};

/// The list of checksums beside the files.
inline constexpr QLatin1StringView SumsFile{"SHA2-256SUMS"};
/// The signature of that list.
inline constexpr QLatin1StringView SignatureFile{"SHA2-256SUMS.sig"};

/// Which file of a release runs on a machine: "yt-dlp" needs Python 3.10; the others bring their own. `cpu`
/// as QSysInfo names it. Source: the release files of yt-dlp's README. Errors: NotFound.
Result<QString> releaseFileFor(const QVersionNumber &python, const QString &cpu);
/// The same for this one. Asks python3 for its version, so it blocks: call it off the window's thread.
Result<QString> releaseFileHere();
/// The zip of deno's releases for a CPU, as QSysInfo names it. Errors: NotFound.
Result<QString> denoFileFor(const QString &cpu);

/// What the list says that the file's SHA-256 is, in lower case hexadecimal. The list has lines of "SUM
/// NAME". Errors: BadInput when it is no such list, or does not name the file.
Result<QByteArray> sumOf(const QByteArray &list, const QString &fileName);

} // namespace earmark::tools
