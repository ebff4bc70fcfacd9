#pragma once

#include "ui/segments/completionmodel.h"

#include <QTreeView>

class QKeyEvent;
class QLineEdit;

namespace earmark::ui {

/// Offers what could stand at the cursor of a line edit, in a list below it. The list is a child of the
/// window and never has the keyboard: who types goes on typing, and no key is lost between two windows.
class QueryCompleter final : public QTreeView
{
    Q_OBJECT

public:
    explicit QueryCompleter(QLineEdit &edit);

    void setClasses(const classes::Classes &classes) { m_classes = classes; }
    /// Something was typed: shows what fits there, if anything does.
    void offer();
    /// The same, before anything is typed.
    void offerAll();
    void withdraw();
    /// The same, when somebody wants none of it.
    void dismiss();
    bool isOffering() const { return !isHidden(); }
    /// The best choice is marked, so that Return takes it: when what was typed will not do as it is.
    void markFirst();
    /// True when the key was for the list.
    bool takesKey(const QKeyEvent &event);

Q_SIGNALS:
    void chosen(const QString &text, qsizetype cursor);
    void dismissed();

private:
    void present(std::vector<query::Completion> completions);
    void take(int row);
    void mark(int row);

    QLineEdit &m_edit;
    classes::Classes m_classes;
    CompletionModel m_model;
};

} // namespace earmark::ui
