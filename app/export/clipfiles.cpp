#include "export/clipfiles.h"

#include <QFile>

#include <algorithm>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace earmark::exports {

using namespace Qt::StringLiterals;

std::vector<SegmentKey> clipsIn(const QString &folder, const std::stop_token &stop)
{
    std::vector<SegmentKey> keys;
    const std::unique_ptr<DIR, int (*)(DIR *)> open(::opendir(QFile::encodeName(folder).constData()),
                                                    &::closedir);
    const dirent *entry = nullptr;
    while (open && !stop.stop_requested() && (entry = ::readdir(open.get())) != nullptr) {
        const QLatin1StringView name(entry->d_name);
        if (!name.endsWith(".wav"_L1))
            continue;
        const auto key = SegmentKey::fromStem(QString(name.chopped(4)));
        // A link may lead nowhere; some file systems do not tell what an entry is.
        if (key && (entry->d_type == DT_REG || ::faccessat(::dirfd(open.get()), name.data(), F_OK, 0) == 0))
            keys.push_back(*key);
    }
    std::ranges::sort(keys);
    return keys;
}

} // namespace earmark::exports
