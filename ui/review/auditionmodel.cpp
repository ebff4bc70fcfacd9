#include "ui/review/auditionmodel.h"

#include "session/session.h"
#include "ui/review/audition.h"

#include <QFontDatabase>

namespace earmark::ui {

using namespace Qt::StringLiterals;

AuditionModel::AuditionModel(session::Session &session, Audition &audition, QObject *parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_audition(audition)
    , m_fixedFont(QFontDatabase::systemFont(QFontDatabase::FixedFont))
{
    connect(&audition, &Audition::rowsChanged, this, [this] {
        beginResetModel();
        endResetModel();
    });
    const auto refresh = [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    };
    connect(&audition, &Audition::verdictsChanged, this, refresh);
    connect(&audition, &Audition::wishChanged, this, refresh);
    connect(&session, &session::Session::classesChanged, this, refresh);
}

int AuditionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_audition.rows().size());
}

int AuditionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AuditionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto position = static_cast<std::size_t>(index.row());
    const auto &table = m_session.split()->table;
    const segments::Row row = m_audition.rows()[position];
    switch (role) {
    case VerdictRole:
        return static_cast<int>(table.verdict(row));
    case FlaggedRole:
        return (table.marks(row) & Flagged) != 0;
    case Qt::FontRole:
        return index.column() == Segment ? QVariant(m_fixedFont) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == Labels ? labels(position) : QVariant();
    case Qt::AccessibleTextRole:
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case Verdict: // an icon, but read out
        return role == Qt::DisplayRole ? QVariant() : QVariant(QString(word(table.verdict(row))));
    case Flag:
        return role == Qt::DisplayRole || (table.marks(row) & Flagged) == 0 ? QVariant()
                                                                            : QVariant(tr("flagged"));
    case Segment:
        return table.key(row).ytid.toString();
    case Labels:
        return labels(position);
    default:
        return {};
    }
}

QString AuditionModel::labels(std::size_t position) const
{
    const segments::Row row = m_audition.rows()[position];
    if (m_audition.hidesLabels(row))
        return u"…"_s;
    const auto &table = m_session.split()->table;
    QStringList names;
    for (const segments::LabelNumber label : table.labels(row))
        names.append(m_session.classes().displayName(table.mid(label)));
    return names.join(u", "_s);
}

QVariant AuditionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Segment:
        return tr("Segment");
    case Labels:
        return tr("Labels");
    default:
        return {};
    }
}

} // namespace earmark::ui
