#include "ui/clip/labelchips.h"

#include "ui/theme/chips.h"

#include <QPainter>

namespace earmark::ui {

using namespace Qt::StringLiterals;

LabelChips::LabelChips(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Labels of the clip"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void LabelChips::setNames(const QStringList &names)
{
    m_names = names;
    setAccessibleDescription(names.join(u", "_s));
    updateGeometry();
    update();
}

int LabelChips::heightForWidth(int width) const
{
    const auto chips = chipLines(m_names, ChipTexts(font()), QRect(0, 0, width, 0));
    return chips.empty() ? 0 : chips.back().box.bottom() + 1;
}

void LabelChips::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ChipTexts texts(font());
    paintChips(painter, chipLines(m_names, texts, rect()), texts, palette(), false);
}

} // namespace earmark::ui
