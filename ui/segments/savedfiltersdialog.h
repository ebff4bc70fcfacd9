#pragma once

#include <QDialog>

class QTableView;

namespace earmark::ui {

class SavedFilterModel;

/// The saved filters: use one, rename, delete.
class SavedFiltersDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `model` must outlive the dialog.
    SavedFiltersDialog(SavedFilterModel &model, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &filter);

private:
    void use();
    void rename();
    void remove();

    SavedFilterModel &m_model;
    QTableView *m_view;
};

} // namespace earmark::ui
