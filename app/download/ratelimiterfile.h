#pragma once

#include "download/clock.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace earmark::download {

/// What the programs that share an address know of its rate limit: a small file that each of them locks,
/// reads and writes. A file that is damaged or of another kind counts as empty.
class RateLimiterFile final
{
public:
    /// The site turns everybody away.
    struct Limit
    {
        Moment until{};
        QString reason; ///< as the site's answer was understood, a sentence for the user
        bool operator==(const Limit &) const = default;
    };
    struct Content
    {
        std::vector<Moment> starts; ///< of downloads, oldest first
        std::optional<Limit> limit;
        bool operator==(const Content &) const = default;
    };

    /// `path`: an absolute name; its folder is made when need be. Empty: there is no file.
    explicit RateLimiterFile(QString path = {});
    /// The file that all of a user's programs share on a computer.
    static QString ownPath();

    /// Reads the file, lets `change` look at the content, and writes it when that returns true; all under the
    /// file's lock. False when the file cannot be used, as in a home that nobody may write to, or when
    /// another program does not let go of it: then nothing was called.
    bool visit(const std::function<bool(Content &)> &change) const;

private:
    QString m_path;
};

} // namespace earmark::download
