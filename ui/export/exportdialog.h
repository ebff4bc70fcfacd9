#pragma once

#include "base/async.h"
#include "manifest/exportjob.h"
#include "workspace/workspace.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace earmark::ui {

/// What is to be exported and how: asks, shows the first lines as they will be written, and what goes wrong.
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// What of the table the person may mean.
    struct Table
    {
        QString query;             ///< of the filter bar; empty: everything is found
        QSet<SegmentKey> selected; ///< clips of the selected rows
    };

    ExportDialog(std::shared_ptr<workspace::Workspace> workspace, dataset::Classes classes, Table table,
                 QWidget *parent);

Q_SIGNALS:
    /// The person wants it so; the dialog closes.
    void exportRequested(const earmark::manifest::ExportJob &job);

private:
    void readClips(std::shared_ptr<workspace::Workspace> workspace);
    QWidget *makeChoices();
    QWidget *makePreview();
    void chooseOut();
    /// Where such an export usually goes.
    QString usualOut(manifest::ExportFormat format) const;
    void takeFormat();
    Result<manifest::ExportJob> job() const;
    void updatePreview();
    void showPreview(const Result<manifest::ExportPreview> &preview);
    void accept() override;

    const QString m_workspace; ///< the folder
    const dataset::Classes m_classes;
    const Table m_table;
    std::shared_ptr<const manifest::ClipTable>
        m_clips; ///< as the dialog was opened; null until they are read

    QComboBox *m_scope;
    QComboBox *m_format;
    QComboBox *m_labels;
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
    QLineEdit *m_out;
    QPlainTextEdit *m_preview;
    QLabel *m_summary;
    QPushButton *m_export;
    QString m_proposedOut; ///< what the dialog itself has put into m_out
    QTimer m_settle;       ///< for texts that are being typed
    LatestTask m_reading{this};
    LatestTask m_previewing{this};
};

} // namespace earmark::ui
