#include "ui/official/officialmodel.h"

#include "base/format.h"
#include "ui/widgets/formatting.h"

#include <QLocale>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using official::OfficialStore;
using Stage = OfficialStore::Stage;

OfficialModel::OfficialModel(const OfficialStore &store, QObject *parent)
    : TableModel({{tr("File"), [](const Entry &entry) { return entry.file->title; },
                   [](const Entry &entry) { return entry.file->fileName; }},
                  {tr("What it is"), [](const Entry &entry) { return entry.file->about; },
                   [](const Entry &entry) { return entry.file->about; }},
                  {.title = tr("Size"), .text = &sizeText, .alignment = Qt::AlignRight},
                  {tr("State"), &stateText, &stateText}},
                 parent)
    , m_store(store)
{
    connect(&store, &OfficialStore::changed, this, [this](std::size_t row) {
        Q_EMIT dataChanged(index(static_cast<int>(row), Size), index(static_cast<int>(row), State));
    });
}

QVariant OfficialModel::more(const Entry &entry, int, int role) const
{
    switch (role) {
    case ProgressRole:
        if (entry.stage != Stage::Fetching || !entry.progress.trouble.isEmpty())
            return {};
        return entry.progress.total <= 0
                   ? -1.0
                   : static_cast<double>(entry.progress.bytes) / static_cast<double>(entry.progress.total);
    case LookRole:
        return static_cast<int>(look(entry));
    default:
        return {};
    }
}

QString OfficialModel::sizeText(const Entry &entry)
{
    const qint64 bytes = entry.date.isValid()        ? entry.finding.bytes
                         : entry.progress.total >= 0 ? entry.progress.total
                                                     : entry.file->bytes;
    return bytes < 0 ? QString() : bytesText(bytes);
}

QString OfficialModel::stateText(const Entry &entry)
{
    switch (entry.stage) {
    case Stage::Looking:
        return tr("looking …");
    case Stage::Missing:
        return entry.trouble.isEmpty() ? tr("not there") : tr("Failed: %1").arg(entry.trouble);
    case Stage::Damaged:
        return tr("Damaged: %1").arg(entry.trouble);
    case Stage::Waiting:
        return tr("waiting for its turn");
    case Stage::Fetching:
        return entry.progress.trouble.isEmpty() ? progressText(entry.progress) : entry.progress.trouble;
    case Stage::There:
        break;
    }
    const QString there = tr("there, of %1 · %2 %3")
                              .arg(QLocale().toString(entry.date.date(), u"d MMM yyyy"_s),
                                   countText(entry.finding.rows), official::rowsWord(entry.file->kind));
    if (!entry.trouble.isEmpty())
        return tr("%1 · a newer one was not to be had").arg(there);
    return entry.finding.warning.isEmpty() ? there : tr("%1 · not as documented").arg(there);
}

OfficialModel::Look OfficialModel::look(const Entry &entry)
{
    if (entry.stage == Stage::Damaged || (entry.stage == Stage::Missing && !entry.trouble.isEmpty()))
        return Look::Bad;
    if (entry.stage == Stage::Fetching && !entry.progress.trouble.isEmpty())
        return Look::Doubtful;
    if (entry.stage != Stage::There)
        return Look::Plain;
    return entry.finding.warning.isEmpty() && entry.trouble.isEmpty() ? Look::Good : Look::Doubtful;
}

} // namespace earmark::ui
