#pragma once

#include "ui/segments/segmentmodel.h"
#include "ui/widgets/debounce.h"

#include <QTimer>
#include <QWidget>

class QTableView;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class FilterBar;
class SegmentView;
class SegmentDelegate;
class SegmentSelection;
class Settings;

/// The filter bar and the table of what it finds.
class SegmentPage final : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive the page.
    SegmentPage(session::Session &session, Settings &settings, QWidget *parent = nullptr);
    ~SegmentPage() override;

    /// In the order of the file, however the table is sorted; none while the filter has an error.
    std::vector<segments::Row> foundRows() const;
    /// The same without a copy, until something else is found.
    std::span<const segments::Row> found() const { return m_model.visible(); }
    std::vector<segments::Row> selectedRows() const;
    qint64 foundCount() const;
    qint64 selectedCount() const;
    std::optional<segments::Row> currentRow() const;
    /// Which of the labels of the row there has its chip at this place of the table's viewport.
    std::optional<segments::LabelNumber> labelAt(const QPoint &at) const;

    FilterBar &filter() { return *m_filter; }
    const SegmentModel &model() const { return m_model; }
    SegmentSelection &selection() { return *m_selection; }
    QTableView &table();
    /// Puts the keyboard into the table, on the first row: another split has been opened.
    void begin();
    /// Puts the keyboard into the table, on a row.
    void focusTable();
    void saveColumns();

Q_SIGNALS:
    void foundChanged();
    void selectionChanged();
    void currentChanged();

private:
    void takeJobs();
    void takeSplit();
    void find();
    void takeFound();
    /// Says why the table is empty, should it be.
    void explainEmpty();
    bool changesWithClips() const;
    void refreshState(segments::Row row);

    session::Session &m_session;
    Settings &m_settings;
    SegmentModel m_model;
    FilterBar *m_filter;
    SegmentView *m_view;
    SegmentDelegate *m_delegate;
    SegmentSelection *m_selection;
    QTimer m_second;      ///< while clips wait for their next try: the time is shown
    Debounce m_findAgain; ///< the filter asks for states, and states change
};

} // namespace earmark::ui
