#pragma once

#include <QLabel>

class QLineEdit;

namespace earmark::ui {

/// Says what is wrong in a line edit, below the place where it stands. It lies over what is there, so that
/// nothing moves while somebody types.
class MistakeLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit MistakeLabel(QLineEdit &edit);

    /// `position`: the character that is wrong.
    void showAt(qsizetype position, const QString &text);

private:
    QLineEdit &m_edit;
};

} // namespace earmark::ui
