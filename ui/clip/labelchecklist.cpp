#include "ui/clip/labelchecklist.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostKeys = 9;
constexpr int Spacing = 4;

} // namespace

LabelChecklist::LabelChecklist(int columns, QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_columns(columns)
    , m_hidden(new QLabel(this))
{
    setAccessibleName(tr("Labels of the clip"));
    m_grid->setContentsMargins({});
    m_grid->setVerticalSpacing(Spacing);
    m_grid->setHorizontalSpacing(4 * Spacing);
    m_grid->setAlignment(Qt::AlignTop);
    m_grid->setColumnStretch(columns, 1);
    if (columns > 1)
        setMinimumHeight(2 * QCheckBox(u"1"_s).sizeHint().height() + Spacing);
    m_hidden->setForegroundRole(QPalette::PlaceholderText);
    m_hidden->setWordWrap(true);
    m_hidden->hide();
    m_grid->addWidget(m_hidden, 0, 0, 1, columns + 1);
}

void LabelChecklist::setLabels(const QStringList &names, const QList<bool> &doubted, bool canDoubt)
{
    m_hidden->hide();
    while (std::ssize(m_boxes) < names.size()) {
        const int label = static_cast<int>(m_boxes.size());
        auto *box = new QCheckBox(this);
        box->setFocusPolicy(Qt::TabFocus);
        connect(box, &QCheckBox::clicked, this, [this, label] { Q_EMIT toggled(label); });
        m_grid->addWidget(box, label / m_columns, label % m_columns);
        m_boxes.push_back(box);
    }
    for (qsizetype label = 0; label < std::ssize(m_boxes); ++label) {
        QCheckBox &box = *m_boxes[static_cast<std::size_t>(label)];
        box.setVisible(label < names.size());
        if (label >= names.size())
            continue;
        const QString &name = names[label];
        QString shown = QString(name).replace(u'&', u"&&"_s);
        if (label < MostKeys && names.size() > 0)
            shown.prepend(u"%1  "_s.arg(label + 1));
        QFont font = box.font();
        font.setStrikeOut(doubted[label]);
        box.setFont(font);
        box.setText(shown);
        box.setChecked(!doubted[label]);
        box.setEnabled(canDoubt);
        box.setAccessibleName(name);
        box.setToolTip(label < MostKeys ? tr("Heard in the clip; key %1 doubts it").arg(label + 1)
                                        : tr("Heard in the clip; untick it to doubt it"));
    }
}

void LabelChecklist::hideLabels(qsizetype count)
{
    for (QCheckBox *box : m_boxes)
        box->hide();
    m_hidden->setText(count == 1 ? tr("One label, hidden until the verdict")
                                 : tr("%1 labels, hidden until the verdict").arg(count));
    m_hidden->show();
}

} // namespace earmark::ui
