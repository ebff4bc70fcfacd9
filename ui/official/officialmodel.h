#pragma once

#include "official/officialstore.h"
#include "ui/widgets/tablemodel.h"

namespace earmark::ui {

/// AudioSet's official files: what each is, and whether it is there.
class OfficialModel final : public TableModel<official::OfficialStore::Entry>
{
    Q_OBJECT

public:
    enum { Title, About, Size, State };
    enum Role {
        ProgressRole = Qt::UserRole, ///< 0 to 1 while it is fetched, -1 when nobody knows; else invalid
        LookRole,                    ///< Look, as an int
    };
    /// How its state is to be shown.
    enum class Look { Plain, Good, Doubtful, Bad };

    /// The store must outlive the model.
    explicit OfficialModel(const official::OfficialStore &store, QObject *parent = nullptr);

private:
    using Entry = official::OfficialStore::Entry;

    std::span<const Entry> rows() const override { return m_store.entries(); }
    QVariant more(const Entry &entry, int column, int role) const override;
    static QString sizeText(const Entry &entry);
    static QString stateText(const Entry &entry);
    static Look look(const Entry &entry);

    const official::OfficialStore &m_store;
};

} // namespace earmark::ui
