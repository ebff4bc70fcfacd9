#pragma once

#include "base/async.h"
#include "ui/export/exportform.h"
#include "workspace/workspace.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace earmark::ui {

class Settings;

/// What is to be exported and how: asks, shows the first lines as they will be written, and what goes wrong.
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `settings` must outlive the dialog.
    ExportDialog(std::shared_ptr<workspace::Workspace> workspace, classes::Classes classes,
                 ExportSelection table, Settings &settings, QWidget *parent);

Q_SIGNALS:
    /// The person wants it so; the dialog closes.
    void exportRequested(const earmark::exports::ExportJob &job);

private:
    void readClips(std::shared_ptr<workspace::Workspace> workspace);
    QWidget *makePreview();
    void updatePreview();
    void showPreview(const Result<exports::ExportPreview> &preview);
    void accept() override;

    Settings &m_settings;
    std::shared_ptr<const exports::ClipTable> m_clips; ///< as the dialog was opened; null until they are read
    ExportForm *m_form;
    QPlainTextEdit *m_preview;
    QLabel *m_summary;
    QPushButton *m_export;
    QTimer m_settle;           ///< for texts that are being typed
    bool m_isAccepted = false; ///< to be exported as soon as the preview has come and has no error
    LatestTask m_reading{this};
    LatestTask m_previewing{this};
};

} // namespace earmark::ui
