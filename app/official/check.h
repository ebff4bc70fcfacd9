#pragma once

#include "base/result.h"
#include "official/catalogue.h"

#include <stop_token>

namespace earmark::official {

/// What a look at a file has found.
struct Finding
{
    qint64 bytes = 0;
    qint64 rows = 0;
    QString warning; ///< how it differs from what is documented, one sentence; empty when it does not

    bool operator==(const Finding &) const = default;
};

/// Reads a file as what it should be. It is refused when it cannot be read as that or is not whole: BadInput,
/// besides the reader's own errors; Cancelled. That it differs from what is documented is a warning, for
/// AudioSet may publish a correction.
Result<Finding> check(const OfficialFile &file, const QString &path, std::stop_token stop = {});

/// The same for one that has just come: `announced` is the size of which the server spoke, -1 if it did not.
/// Only a size that both the server and the documents know nothing of is reason to doubt it is whole.
Result<Finding> checkFetched(const OfficialFile &file, const QString &path, qint64 announced,
                             std::stop_token stop);

} // namespace earmark::official
