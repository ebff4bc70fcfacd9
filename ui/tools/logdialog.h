#pragma once

#include "base/async.h"
#include "ytdlp/failureclassifier.h"

#include <QDialog>

class QPlainTextEdit;
class QPushButton;

namespace earmark::ui {

/// Explains a log of yt-dlp that the user pastes or opens. Does not hold up the window.
class LogDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit LogDialog(QWidget *parent);

private:
    void open();
    /// Shows a log that may have megabytes, the end of it when it is long, and explains all of it.
    void take(const QString &log);
    void explain(const QString &log);
    void showMeaning(const QString &explanation);

    ytdlp::FailureClassifier m_classifier;
    QString m_rulesProblem; ///< why the user's rules could not be read
    QPlainTextEdit *m_log;
    QPlainTextEdit *m_meaning;
    QPushButton *m_copy;
    LatestTask m_opening{this};
    LatestTask m_explaining{this}; ///< a log may have megabytes
};

} // namespace earmark::ui
