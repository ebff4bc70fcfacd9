#pragma once

#include "segments/segmenttable.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace earmark::ui {

class SegmentModel;

/// Asks for a query and selects those of the rows found that fit it. Says at each keystroke how many do.
class SelectDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `model` must outlive the dialog.
    SelectDialog(const SegmentModel &model, QWidget *parent);

Q_SIGNALS:
    void chosen(const std::vector<earmark::segments::Row> &rows, bool inAddition);

private:
    void find();

    const SegmentModel &m_model;
    QLineEdit *m_edit;
    QLabel *m_outcome;
    QCheckBox *m_inAddition;
    QPushButton *m_select;
    std::vector<segments::Row> m_rows;
};

} // namespace earmark::ui
