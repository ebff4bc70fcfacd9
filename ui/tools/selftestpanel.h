#pragma once

#include "tools/selftest.h"

#include <QGroupBox>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace earmark::ui {

/// Tries the tools out with one clip, and shows all that they said.
class SelfTestPanel final : public QGroupBox
{
    Q_OBJECT

public:
    using Settings = std::function<ytdlp::FetchSettings()>;

    /// `settings` tells how YouTube is asked now.
    explicit SelfTestPanel(Settings settings, QWidget *parent = nullptr);

    /// What is tried; nothing can be before.
    void setTools(const ytdlp::Tools &tools);

private:
    void start(tools::SelfTest::Where where);
    void stop();
    void update();

    ytdlp::Tools m_tools;
    const Settings m_settings;
    std::unique_ptr<tools::SelfTest> m_test; ///< null: none yet
    QPushButton *m_here;
    QPushButton *m_youTube;
    QPushButton *m_stop;
    QPushButton *m_copy;
    QProgressBar *m_bar;
    QLabel *m_said;
    QPlainTextEdit *m_log;
};

} // namespace earmark::ui
