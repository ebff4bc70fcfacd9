#include "ui/widgets/emptystate.h"

#include "ui/theme/icons.h"
#include "ui/widgets/actionbutton.h"

#include <QBoxLayout>
#include <QLabel>

namespace earmark::ui {

EmptyState::EmptyState(const QList<QAction *> &ways, QWidget *parent)
    : QWidget(parent)
{
    auto *picture = new QLabel(this);
    picture->setPixmap(programIcon().pixmap(72, 72));
    picture->setAlignment(Qt::AlignCenter);
    auto *title = new QLabel(tr("Open an AudioSet split"), this);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setBold(true);
    title->setFont(large);
    title->setAlignment(Qt::AlignCenter);
    auto *text = new QLabel(
        tr("A split such as balanced_train_segments.csv, strong labels, or another list of segments.\n"
           "Find the classes you need, download those seconds, listen, export the manifest."),
        this);
    text->setAlignment(Qt::AlignCenter);
    text->setForegroundRole(QPalette::PlaceholderText);
    auto *drop = new QLabel(tr("or drop a file here"), this);
    drop->setAlignment(Qt::AlignCenter);
    drop->setForegroundRole(QPalette::PlaceholderText);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(10);
    buttons->addStretch();
    for (QAction *way : ways) {
        auto *button = new ActionButton(*way, ActionButton::Show::IconAndText, this);
        buttons->addWidget(button);
        if (!focusProxy())
            setFocusProxy(button);
    }
    buttons->addStretch();

    auto *column = new QVBoxLayout(this);
    column->setSpacing(14);
    column->addStretch(2);
    column->addWidget(picture);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(4);
    column->addLayout(buttons);
    column->addWidget(drop);
    column->addStretch(3);
}

} // namespace earmark::ui
