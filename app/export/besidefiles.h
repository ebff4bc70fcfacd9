#pragma once

#include "base/result.h"

#include <QStringList>

namespace earmark::exports {

/// The files that go beside an export that is one file: card, coverage, parts, checksums. The card above all
/// is there to be edited, so what is not as Earmark wrote it last is kept before it is replaced.
class BesideFiles final
{
public:
    /// `names` of those that are written this time, in `folder`.
    BesideFiles(QString folder, QStringList names);

    /// Keeps what was changed, or never was Earmark's, as NAME.1, NAME.2, … Errors: Unwritable.
    Result<void> makeRoom();
    /// When they are written: records them. Gives the names of what was kept. Errors: DiskFull, Unwritable.
    Result<QStringList> finish();

private:
    QString recordPath() const;

    QString m_folder;
    QStringList m_names;
    QStringList m_kept; ///< paths by number of name; empty: nothing had to be kept
};

} // namespace earmark::exports
