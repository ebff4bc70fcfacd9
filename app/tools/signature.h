#pragma once

#include "base/result.h"

namespace earmark::tools {

/// The public key with which yt-dlp's makers sign their releases, stable and nightly, as a keyring of gpg.
/// Fingerprint: AC0C BBE6 848D 6A87 3464 AF4E 57CF 6593 3B5A 7581. Source: public.key in yt-dlp's repository.
inline constexpr QLatin1StringView ReleaseKey{":/earmark/yt-dlp.gpg"};

/// Where gpgv is, GnuPG's program that checks signatures; empty when it is not installed.
QString findGpgv();

/// Checks with `gpgv` that the file `signature` signs the file `signedFile`, by a key of the keyring `key` (a
/// resource or a file, in gpg's binary form). Blocks for some milliseconds. Errors: BadInput when it does
/// not, or the signature is no signature; Unreadable for the key; NotFound when gpgv does not run.
Result<void> checkSignature(const QString &gpgv, const QString &signedFile, const QString &signature,
                            const QString &key);

} // namespace earmark::tools
