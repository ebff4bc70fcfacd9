#pragma once

#include "base/async.h"
#include "classes/classes.h"
#include "query/query.h"
#include "readers/splitreader.h"
#include "segments/sampling.h"
#include "ui/settings/settings.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QLabel;
class QPushButton;
class QRadioButton;
class QSpinBox;
class QStackedWidget;

namespace earmark::ui {

class OutcomeModel;

/// Chooses some of the segments found by chance, so many for each class or so many in all, and shows what
/// comes of it before anything is done with them.
class SampleDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `found`: rows of the split, in any order; `query`: what found them. `settings` must outlive the
    /// dialog.
    SampleDialog(std::shared_ptr<const readers::Split> split, classes::Classes classes,
                 std::vector<segments::Row> found, const query::QueryNode &query, Settings &settings,
                 QWidget *parent);
    ~SampleDialog() override;

Q_SIGNALS:
    /// The rows chosen, ascending; the dialog closes.
    void selectRequested(const std::vector<earmark::segments::Row> &rows);
    /// The same, and what chose them.
    void downloadRequested(const std::vector<earmark::segments::Row> &rows,
                           const earmark::ui::SampleOptions &wish);

private:
    void restore(const SampleOptions &wish);
    SampleOptions wish() const;
    /// Chooses anew, on the thread pool; what is shown stays until then.
    void choose();
    void takeSample(segments::Sample sample);

    const std::shared_ptr<const readers::Split> m_split;
    const std::shared_ptr<const std::vector<segments::Row>> m_found;
    const std::vector<bool> m_sought; ///< by label number: the query asks for it
    Settings &m_settings;
    std::vector<segments::Row> m_rows; ///< what is chosen

    QRadioButton *m_perClass;
    QSpinBox *m_perClassCount;
    QRadioButton *m_random;
    QSpinBox *m_randomCount;
    QComboBox *m_classes;
    QSpinBox *m_seed;
    OutcomeModel *m_outcome;
    QStackedWidget *m_result; ///< what each class gets, or that there are no classes to tell of
    QLabel *m_summary;
    QPushButton *m_select;
    QPushButton *m_download;
    LatestTask m_task{this};
};

} // namespace earmark::ui
