#pragma once

#include "support/faultserver.h"

namespace earmark::test {

/// A program that answers as a yt-dlp of this version does, and long enough to break off on its way.
QByteArray smallYtDlp(const QByteArray &version);
/// A line of SHA2-256SUMS.
QByteArray sumLine(const QByteArray &content, const QByteArray &name);
/// Serves a release: the file, under all the names that a machine may ask for, and the list. `folder` begins
/// with '/'.
void serveRelease(FaultServer &server, const QByteArray &folder, const QByteArray &content);

} // namespace earmark::test
