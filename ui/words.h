#pragma once

#include "base/clipstate.h"

#include <QString>

namespace earmark::ui {

/// "1 clip", "2,469 clips".
QString clipsText(qint64 count);
/// "1 segment", "22,160 segments".
QString segmentsText(qint64 count);
/// Why clips of this class failed, in a word or two: "gone", "network".
QString failureText(FailureClass failure);
/// How long it will take, as one says it: "less than a minute", "about 3 min", "about 5 h", "more than a day,
/// Tue 14:10".
QString etaText(qint64 milliseconds);
/// The last part of a path, as a person names the file or folder.
QString nameOf(const QString &path);

} // namespace earmark::ui
