#pragma once

#include "session/downloadsettings.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTabWidget;

namespace earmark::ui {

/// How downloads are done: how fast, from where, as whom, and what yt-dlp is told besides. Says while one
/// types what is wrong, and what the pace means.
class DownloadSettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// What the dialog begins with.
    enum class Place { RateLimiter, Cookies, Proxy, Source };

    /// `fixedSource`: what is used in this run, whatever is set. `clips`: how many the forecast is about.
    DownloadSettingsDialog(const session::DownloadSettings &settings,
                           const std::optional<ytdlp::Source> &fixedSource, qint64 clips,
                           QWidget *parent = nullptr);

    void begin(Place place);
    /// As the fields stand.
    session::DownloadSettings settings() const;

Q_SIGNALS:
    void chosen(const earmark::session::DownloadSettings &settings);

private:
    /// By Cookies.
    enum class Cookies { None, File, Browser };

    QWidget *makePace();
    QWidget *makeAccess();
    QWidget *makeYtDlp();
    /// A secret one hides what is typed, with a button that shows it.
    QLineEdit *addEdit(QFormLayout &form, const QString &title, const QString &name, const QString &example,
                       const QString &toolTip, bool isSecret = false);
    void show(const session::DownloadSettings &settings);
    void check();
    void chooseCookies();
    QString forecast(const session::DownloadSettings &settings) const;

    const std::optional<ytdlp::Source> m_fixedSource;
    const qint64 m_clips;
    QTabWidget *m_tabs;
    QComboBox *m_pace = nullptr;
    QSpinBox *m_ownPerHour = nullptr;
    QSpinBox *m_workers = nullptr;
    QLabel *m_forecast = nullptr;
    QComboBox *m_cookies = nullptr;
    QLineEdit *m_cookiesText = nullptr; ///< the file or the browser
    QPushButton *m_browse = nullptr;
    QLineEdit *m_proxy = nullptr;
    QLineEdit *m_sourceAddress = nullptr;
    QLineEdit *m_poToken = nullptr;
    QLineEdit *m_source = nullptr;
    QLineEdit *m_format = nullptr;
    QLineEdit *m_jsRuntime = nullptr;
    QCheckBox *m_allowScript = nullptr;
    QLineEdit *m_extra = nullptr;
    QLabel *m_problem;
    QPushButton *m_ok;
};

} // namespace earmark::ui
