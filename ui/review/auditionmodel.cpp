#include "ui/review/auditionmodel.h"

#include "session/session.h"
#include "ui/review/audition.h"

#include <QFontDatabase>

namespace earmark::ui {

using namespace Qt::StringLiterals;

AuditionModel::AuditionModel(session::Session &session, Audition &audition, QObject *parent)
    : TableModel({{{}, [](segments::Row) { return QVariant(); }}, // icons
                  {{}, [](segments::Row) { return QVariant(); }},
                  {tr("Segment"),
                   [this](segments::Row row) { return m_session.split()->table.key(row).ytid.toString(); }},
                  {tr("Labels"), [this](segments::Row row) { return labels(row); },
                   [this](segments::Row row) { return labels(row); }}},
                 parent)
    , m_session(session)
    , m_audition(audition)
    , m_fixedFont(QFontDatabase::systemFont(QFontDatabase::FixedFont))
{
    connect(&audition, &Audition::rowsChanged, this, [this] {
        beginResetModel();
        endResetModel();
    });
    connect(&audition, &Audition::verdictsChanged, this, &AuditionModel::refresh);
    connect(&audition, &Audition::wishChanged, this, &AuditionModel::refresh);
    connect(&session, &session::Session::classesChanged, this, &AuditionModel::refresh);
}

std::span<const segments::Row> AuditionModel::rows() const
{
    return m_audition.rows();
}

QVariant AuditionModel::more(const segments::Row &row, int column, int role) const
{
    const auto &table = m_session.split()->table;
    const bool isFlagged = (table.marks(row) & Flagged) != 0;
    switch (role) {
    case VerdictRole:
        return static_cast<int>(table.verdict(row));
    case FlaggedRole:
        return isFlagged;
    case Qt::FontRole:
        return column == Segment ? QVariant(m_fixedFont) : QVariant();
    case Qt::AccessibleTextRole:
        if (column == Verdict) // an icon, but read out
            return QString(keyword(table.verdict(row)));
        if (column == Flag)
            return isFlagged ? QVariant(tr("flagged")) : QVariant();
        return this->column(column).text(row);
    default:
        return {};
    }
}

QString AuditionModel::labels(segments::Row row) const
{
    if (m_audition.hidesLabels(row))
        return u"…"_s;
    const auto &table = m_session.split()->table;
    QStringList names;
    for (const segments::LabelNumber label : table.labels(row))
        names.append(m_session.classes().displayName(table.mid(label)));
    return names.join(u", "_s);
}

} // namespace earmark::ui
