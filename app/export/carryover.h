#pragma once

#include "base/result.h"

#include <QStringList>

namespace earmark::exports {

/// Empties the folder of a former export that was replaced, and removes it. What its record has, unchanged,
/// goes; all else is the user's and is moved into `target`, the export that took its place, under its own
/// name, or under that with .1, .2, … when something of other content has it there. Files go one by one and
/// no link is followed, so that it can be broken off at any moment and done again. Gives the names of what
/// was moved, relative to `target`; a folder's ends in '/'. Of an export of Earmark 0.1, which recorded
/// nothing, files count as Earmark's that the new one writes, too, and clips and shards beside such files.
/// Errors: Unwritable; what was not moved is still in `former`, and the text says so.
Result<QStringList> carryOver(const QString &former, const QString &target);

/// Keeps a file that is about to be replaced as NAME.1, or the next that is free; nothing when there is none.
/// Gives the path of what is kept. Errors: Unwritable.
Result<QString> keepAside(const QString &path);

} // namespace earmark::exports
