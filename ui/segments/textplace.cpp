#include "ui/segments/textplace.h"

#include <QLineEdit>

namespace earmark::ui {

int leftOf(QLineEdit &edit, qsizetype position)
{
    // A line edit only tells which character is at a place.
    const int middle = edit.height() / 2;
    int from = 0;
    int to = edit.width();
    while (from < to) {
        const int x = (from + to) / 2;
        if (edit.cursorPositionAt(QPoint(x, middle)) < position)
            from = x + 1;
        else
            to = x;
    }
    return from;
}

} // namespace earmark::ui
