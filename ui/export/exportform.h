#pragma once

#include "base/async.h"
#include "export/exportjob.h"

#include <QVariantMap>
#include <QWidget>

#include <memory>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QSpinBox;

namespace earmark::ui {

/// What of the table the user may mean.
struct ExportSelection
{
    exports::CardSource source; ///< the list of segments that is open
    QString query;              ///< of the filter bar; empty: everything is found
    QSet<SegmentKey> selected;  ///< segments of the selected rows
};

/// All that can be chosen for an export.
class ExportForm final : public QWidget
{
    Q_OBJECT

public:
    /// `workspace` is its folder, where exports go unless the user says otherwise.
    ExportForm(QString workspace, classes::Classes classes, ExportSelection table, QWidget *parent);

    /// What is chosen. Errors: BadInput, when it cannot be done so.
    Result<exports::ExportJob> job() const;

    /// What is chosen, to be remembered, in words that mean the same in a later Earmark; and taken up again.
    /// What is not in it stays as it is; where to write counts in the same workspace only.
    QVariantMap wish() const;
    void restore(const QVariantMap &wish);

Q_SIGNALS:
    void changed();

private:
    void fill();
    void arrange();
    void connectAll();
    void chooseOut();
    const exports::ExportFormat &format() const; ///< that is chosen
    /// Where an export as it is chosen usually goes.
    QString usualOut() const;
    void proposeOut();
    void takeFormat();
    /// Puts a label map into the list, or finds it there, and chooses it; `source` is what wish() calls it.
    void addMap(const QString &text, const QString &source);
    void chooseMap();
    void readMap(const QString &path);
    void updateEnabled();

    const QString m_workspace;
    const classes::Classes m_classes; ///< as the window has them
    const ExportSelection m_table;
    /// The map of the file that is chosen; an error when it cannot be read, null while it is.
    Result<std::shared_ptr<const classes::LabelMap>> m_fileMap = nullptr;
    QString m_mapBefore; ///< the source of the label map that was chosen last

    // As they stand below each other.
    QComboBox *m_scope;
    QComboBox *m_from;
    QComboBox *m_format;
    QLineEdit *m_out;
    QWidget *m_browse;
    QComboBox *m_labels;
    QComboBox *m_map;
    QCheckBox *m_multiHot;
    QCheckBox *m_withDoubted;
    QDoubleSpinBox *m_shortest;
    QComboBox *m_paths;
    QLineEdit *m_prefix;
    QComboBox *m_files;
    QCheckBox *m_withY;
    QListWidget *m_columns;
    QLineEdit *m_shares;
    QSpinBox *m_seed;
    QCheckBox *m_card;
    QCheckBox *m_frozen;
    QString m_proposedOut; ///< what the form itself has put into m_out
    LatestTask m_reading{this};
};

} // namespace earmark::ui
