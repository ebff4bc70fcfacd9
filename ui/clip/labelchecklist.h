#pragma once

#include <QList>
#include <QStringList>
#include <QWidget>

class QCheckBox;
class QLabel;
class QGridLayout;

namespace earmark::ui {

/// The labels of a clip, each with a box that says whether it is heard in it: ticked until someone doubts it.
/// The first nine have keys.
class LabelChecklist final : public QWidget
{
    Q_OBJECT

public:
    /// In so many columns. With more than one, the room for two lines is always taken: what is above does not
    /// jump from clip to clip.
    explicit LabelChecklist(int columns, QWidget *parent = nullptr);

    /// `doubted`: which of the names are. `canDoubt`: there is a clip to hear.
    void setLabels(const QStringList &names, const QList<bool> &doubted, bool canDoubt);
    /// Says that there are so many labels, and not which: so that the ear decides.
    void hideLabels(qsizetype count);

Q_SIGNALS:
    /// The person doubts the label of this number, from 0, or believes it again.
    void toggled(int label);

private:
    QGridLayout *m_grid;
    int m_columns;
    QLabel *m_hidden;
    std::vector<QCheckBox *> m_boxes; ///< as many as were ever needed
};

} // namespace earmark::ui
