#pragma once

#include "base/result.h"
#include "workspace/layout.h"

#include <QStringList>

namespace earmark::exports {

/// Whether an export or a report may be written to `path` (a file, or a folder with all that is in it): not
/// onto the ledger of the workspace or what belongs to it, nor into the folders of clips and logs, nor onto
/// one of the `sources` (lists of segments); by whatever path or link they are reached. Errors: Unwritable,
/// the sentence names what is in the way.
Result<void> checkTarget(const QString &path, const workspace::Layout &layout,
                         const QStringList &sources = {});

} // namespace earmark::exports
