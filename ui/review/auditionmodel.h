#pragma once

#include "segments/segmenttable.h"
#include "ui/widgets/tablemodel.h"

#include <QFont>

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class Audition;

/// The clips of an audition, in its order.
class AuditionModel final : public TableModel<segments::Row>
{
    Q_OBJECT

public:
    enum { Verdict, Flag, Segment, Labels };
    enum Role {
        VerdictRole = Qt::UserRole, ///< Verdict as int
        FlaggedRole,                ///< bool
    };

    /// Both must outlive the model.
    AuditionModel(session::Session &session, Audition &audition, QObject *parent = nullptr);

private:
    std::span<const segments::Row> rows() const override;
    QVariant more(const segments::Row &row, int column, int role) const override;
    QString labels(segments::Row row) const;

    session::Session &m_session;
    Audition &m_audition;
    QFont m_fixedFont;
};

} // namespace earmark::ui
