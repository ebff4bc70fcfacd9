#pragma once

#include "base/async.h"
#include "ui/labels/labelfilter.h"
#include "ui/labels/labelmodel.h"
#include "ui/widgets/debounce.h"

#include <QSet>
#include <QWidget>

#include <memory>

class QLineEdit;
class QPushButton;

namespace earmark::readers {
struct Split;
}

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class LabelView;
class SegmentPage;
class Settings;

/// The classes with their counts, and ticks that write the filter and follow it.
class LabelPanel final : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive the panel.
    LabelPanel(session::Session &session, SegmentPage &page, Settings &settings, QWidget *parent = nullptr);
    ~LabelPanel() override;

    void focusSearch();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Counting;

    void takeClasses();
    void refresh();
    void count();
    void fitCounts();
    void showReady();
    void change(query::LabelTicks::Change change, int number);
    void tickCurrent();
    void excludeCurrent();
    void search();
    void setList(bool isList);
    void rememberUnfolded();
    void unfoldAgain();
    QSet<QString> unfolded(const QModelIndex &index = {}) const;
    void unfold(const QModelIndex &index);
    bool unfoldMatches(const QModelIndex &index);
    void restoreOrder();
    void saveOrder();
    void askForAction(const QPoint &at);

    session::Session &m_session;
    SegmentPage &m_page;
    Settings &m_settings;
    LabelModel m_model;
    LabelFilter m_filter;
    QLineEdit *m_search;
    QPushButton *m_list;
    LabelView *m_view;
    QSet<QString> m_unfolded; ///< mids, of the tree when nothing is searched for

    std::shared_ptr<const Counting> m_counting; ///< null until it is made, or when nobody looks
    LatestTask m_countingTask{this};
    Debounce m_refresh; ///< what was typed is painted before anything here is counted
    bool m_isFoundStale = true;
    bool m_isReadyStale = true;
};

} // namespace earmark::ui
