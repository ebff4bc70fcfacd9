#pragma once

#include "clips/segmentkey.h"

#include <QByteArray>

namespace earmark::exports {

/// What lines of manifests are put together of: millions of them, so everything is added to one buffer.

/// As SegmentKey::stem(), with or without the leading Y.
void appendStem(QByteArray &out, const SegmentKey &key, bool hasYPrefix);
/// As secondsText().
void appendSeconds(QByteArray &out, std::uint32_t milliseconds);
/// As JSON writes it: the shortest digits that give the same number again, never without a point.
void appendNumber(QByteArray &out, double number);
void appendNumber(QByteArray &out, qint64 number);
/// UTF-8 as a text of JSON with its quotes, in ASCII: NeMo opens manifests in the locale's encoding. What is
/// no UTF-8 becomes U+FFFD.
void appendJson(QByteArray &out, QByteArrayView utf8);

/// A file's name in a line, as sha256sum escapes it: a line end and a backslash get a backslash before them.
QByteArray escapedName(QByteArray name);
QByteArray unescapedName(const QByteArray &text);

/// How fields of tables are written.
struct TableStyle
{
    char separator = ',';
    /// Text that begins as a formula does, apostrophes before it or not, gets an apostrophe before it, as
    /// spreadsheets want it.
    bool escapesFormulas = true;
    /// pandas reads it, and is to take texts for texts, see isTextToPandas().
    bool isForPandas = false;
};
/// A text in quotes if it needs them (RFC 4180).
void appendField(QByteArray &out, QByteArrayView utf8, const TableStyle &style);

} // namespace earmark::exports
