#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <string_view>

namespace earmark {

/// "0 B", "512 B", "1.2 kB", "3.4 GB": powers of 1000, one decimal from kB on.
QString bytesText(qint64 bytes);
/// A place on a video's clock: 30000 -> "0:30", 23700 -> "0:23.7", 3723000 -> "1:02:03".
QString clockText(qint64 milliseconds);
/// A length of time for a person: "10 s", "9.5 s", "3 min 20 s", "3 h 2 min", "3 days 2 h". Negative is taken
/// as 0.
QString spanText(qint64 milliseconds);
/// 22160 -> "22,160".
QString countText(qint64 count);
/// "1 clip", "2,000 clips": `noun` takes an s when there are several.
QString counted(qint64 count, QStringView noun);
/// The last part of a path; of a path without one ("/"), all of it.
QString nameOf(const QString &path);

/// Milliseconds as seconds without needless zeros: 30000 -> "30", 23700 -> "23.7". Read back by
/// parseSeconds().
QString secondsText(std::uint32_t milliseconds);
/// "30", "30.000", "23.7" as milliseconds, rounded to the nearest. Nothing for signs, exponents, blanks,
/// other characters, more than 9 digits before the point or a value that does not fit 32 bits (about 49
/// days).
std::optional<std::uint32_t> parseSeconds(std::string_view text);

} // namespace earmark
