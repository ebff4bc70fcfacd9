#pragma once

#include "readers/splitreader.h"

#include <QDialog>

class QTableView;

namespace earmark::ui {

/// The lines of a split that do not fit. Does not hold up the window.
class ProblemDialog final : public QDialog
{
    Q_OBJECT

public:
    ProblemDialog(const readers::Split &split, QWidget *parent);

private:
    void copy() const;

    QTableView *m_view;
};

} // namespace earmark::ui
