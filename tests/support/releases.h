#pragma once

#include "support/faultserver.h"

#include <QString>

namespace earmark::test {

/// A program that answers as a yt-dlp of this version does, and long enough to break off on its way.
QByteArray smallYtDlp(const QByteArray &version);
/// A line of SHA2-256SUMS.
QByteArray sumLine(const QByteArray &content, const QByteArray &name);
/// The signature of a text by a key that this program has made, as yt-dlp's makers sign SHA2-256SUMS.
QByteArray signatureOf(const QByteArray &text);
/// The public half of that key: a file for tools::checkSignature().
QString releaseKey();
/// Serves a release: the file, under all the names that a machine may ask for, the list and its signature.
/// `folder` begins with '/'.
void serveRelease(FaultServer &server, const QByteArray &folder, const QByteArray &content);

/// A zip that holds one program, as Python writes it.
QByteArray zipOf(const QByteArray &name, const QByteArray &program);
/// Serves a release of deno: its zips, each with a list of checksums, all with this content.
void serveDeno(FaultServer &server, const QByteArray &folder, const QByteArray &zip);
/// A program that answers as a deno of this version does.
QByteArray smallDeno(const QByteArray &version);

} // namespace earmark::test
