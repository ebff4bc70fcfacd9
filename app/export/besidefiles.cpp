#include "export/besidefiles.h"

#include "base/ownfiles.h"
#include "export/carryover.h"
#include "export/exportrecord.h"

#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

namespace earmark::exports {

BesideFiles::BesideFiles(QString folder, QStringList names)
    : m_folder(std::move(folder))
    , m_names(std::move(names))
{
}

QString BesideFiles::recordPath() const
{
    return m_folder + u'/' + ExportRecord::BesideName;
}

Result<void> BesideFiles::makeRoom()
{
    const ExportRecord record = ExportRecord::read(recordPath());
    for (const QString &name : m_names) {
        struct stat about = {};
        const QString path = m_folder + u'/' + name;
        QString kept;
        // A folder of that name is refused when the file is written.
        const bool isFile =
            ::lstat(QFile::encodeName(path).constData(), &about) == 0 && !S_ISDIR(about.st_mode);
        if (isFile && !record.isUnchanged(m_folder, QFile::encodeName(name))) {
            auto aside = keepAside(path);
            if (!aside)
                return tl::unexpected(aside.error());
            kept = *aside;
        }
        m_kept.append(kept);
    }
    return {};
}

Result<QStringList> BesideFiles::finish()
{
    if (m_names.empty())
        return QStringList();
    ExportRecord record = ExportRecord::read(recordPath());
    QStringList names;
    for (qsizetype at = 0; at < m_names.size(); ++at) {
        const QString path = m_folder + u'/' + m_names[at];
        if (auto added = record.add(m_folder, QFile::encodeName(m_names[at])); !added)
            return tl::unexpected(added.error());
        if (m_kept[at].isEmpty())
            continue;
        // Nobody had recorded it, and yet it was the same.
        const auto former = sha256Of(m_kept[at]);
        if (former && former == sha256Of(path))
            (void)removeFile(m_kept[at]);
        else
            names.append(QFileInfo(m_kept[at]).fileName());
    }
    return record.write(recordPath()).map([&names] { return names; });
}

} // namespace earmark::exports
