#pragma once

#include "export/exportlayout.h"
#include "export/exportset.h"

#include <QStringList>

namespace earmark::exports {

/// "1 clip left out: rejected.", a sentence for each reason.
QStringList leftOutTexts(const ExportSet &set);

/// Sentences for the user: how many clips are left out and why, and what to know before the export is used.
QStringList exportWarnings(const ExportContext &context, const ExportSet &set, const ExportParts &parts);

} // namespace earmark::exports
