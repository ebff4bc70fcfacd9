#include "ui/widgets/elidedcheckbox.h"

#include <QHelpEvent>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QToolTip>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int LeastBoxLetters = 12; ///< with the box

} // namespace

ElidedCheckBox::ElidedCheckBox(QWidget *parent)
    : QCheckBox(parent)
{
    setSizePolicy({QSizePolicy::Preferred, QSizePolicy::Fixed, QSizePolicy::CheckBox});
}

QString ElidedCheckBox::shown() const
{
    QStyleOptionButton option;
    initStyleOption(&option);
    const int room = style()->subElementRect(QStyle::SE_CheckBoxContents, &option, this).width();
    return fontMetrics().elidedText(text(), Qt::ElideRight, room, Qt::TextShowMnemonic);
}

bool ElidedCheckBox::isElided() const
{
    return shown() != text();
}

QSize ElidedCheckBox::minimumSizeHint() const
{
    const QSize wanted = sizeHint();
    return {std::min(wanted.width(), fontMetrics().averageCharWidth() * LeastBoxLetters), wanted.height()};
}

void ElidedCheckBox::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text = shown();
    painter.drawControl(QStyle::CE_CheckBox, option);
}

bool ElidedCheckBox::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !isElided())
        return QCheckBox::event(event);
    const QString whole = QString(text()).replace(u"&&"_s, u"&"_s);
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(),
                       toolTip().isEmpty() ? whole : whole + u"\n\n"_s + toolTip(), this);
    return true;
}

} // namespace earmark::ui
