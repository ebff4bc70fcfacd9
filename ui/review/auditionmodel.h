#pragma once

#include <QAbstractTableModel>
#include <QFont>

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class Audition;

/// The clips of an audition, in its order.
class AuditionModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Verdict, Flag, Segment, Labels, ColumnCount };
    enum Role {
        VerdictRole = Qt::UserRole, ///< Verdict as int
        FlaggedRole,                ///< bool
    };

    /// Both must outlive the model.
    AuditionModel(session::Session &session, Audition &audition, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString labels(std::size_t position) const;

    session::Session &m_session;
    Audition &m_audition;
    QFont m_fixedFont;
};

} // namespace earmark::ui
