#include "ui/downloads/downloadsettingsdialog.h"

#include "base/format.h"
#include "download/forecast.h"
#include "download/ratelimiter.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/ask.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QToolButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int PaceTab = 0, AccessTab = 1, YtDlpTab = 2;
constexpr int MostPerHour = 100'000, MostWorkers = 16;

QLabel *makeHint(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QFormLayout *makeForm(QWidget &page)
{
    auto *form = new QFormLayout(&page);
    form->setContentsMargins(14, 14, 14, 14);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

} // namespace

DownloadSettingsDialog::DownloadSettingsDialog(const session::DownloadSettings &settings,
                                               const std::optional<ytdlp::Source> &fixedSource, qint64 clips,
                                               QWidget *parent)
    : QDialog(parent)
    , m_fixedSource(fixedSource)
    , m_clips(clips)
    , m_tabs(new QTabWidget(this))
    , m_problem(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Download settings"));
    m_tabs->addTab(makePace(), tr("&Pace"));
    m_tabs->addTab(makeAccess(), tr("&Access"));
    m_tabs->addTab(makeYtDlp(), tr("&yt-dlp"));
    m_problem->setAccessibleName(tr("Problem"));
    m_problem->setWordWrap(true);
    m_problem->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_problem->setMinimumHeight(2 * fontMetrics().lineSpacing()); // the longest: the dialog does not jump
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, coloursFor(colours).error);
    m_problem->setPalette(colours);

    auto *buttons = new QDialogButtonBox(
        QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(m_tabs, 1);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    resize(620, sizeHint().height());

    show(settings);
    for (auto *edit : findChildren<QLineEdit *>())
        connect(edit, &QLineEdit::textChanged, this, &DownloadSettingsDialog::check);
    for (auto *box : {m_pace, m_cookies})
        connect(box, &QComboBox::currentIndexChanged, this, &DownloadSettingsDialog::check);
    for (auto *box : {m_ownPerHour, m_workers})
        connect(box, &QSpinBox::valueChanged, this, &DownloadSettingsDialog::check);
    connect(m_browse, &QPushButton::clicked, this, &DownloadSettingsDialog::chooseCookies);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
            [this] { show({}); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(this->settings());
        accept();
    });
    check();
}

QWidget *DownloadSettingsDialog::makePace()
{
    auto *page = new QWidget(m_tabs);
    auto *form = makeForm(*page);
    m_pace = new QComboBox(page);
    m_pace->addItem(tr("Guest of YouTube: %1 clips an hour").arg(countText(download::RateLimiter::Guest)));
    m_pace->addItem(
        tr("With an account's cookies: %1 an hour").arg(countText(download::RateLimiter::Account)));
    m_pace->addItem(tr("My own number"));
    m_pace->setAccessibleName(tr("Pace"));
    m_pace->setToolTip(tr("Downloads begun in any hour, by all workers together"));
    m_ownPerHour = new QSpinBox(page);
    m_ownPerHour->setRange(1, MostPerHour);
    m_ownPerHour->setGroupSeparatorShown(true);
    m_ownPerHour->setAccelerated(true);
    m_ownPerHour->setSuffix(tr(" an hour"));
    m_ownPerHour->setAccessibleName(tr("Own pace"));
    m_ownPerHour->setToolTip(tr("Holds for every source. More than YouTube lets through leads to a block."));
    m_workers = new QSpinBox(page);
    m_workers->setRange(1, MostWorkers);
    m_workers->setAccessibleName(tr("Workers"));
    m_workers->setToolTip(tr("Downloads at the same time. The pace holds for all of them together."));
    m_forecast = new QLabel(page);
    m_forecast->setAccessibleName(tr("Forecast"));
    m_forecast->setWordWrap(true);
    form->addRow(tr("&Pace"), m_pace);
    form->addRow(tr("&Number"), m_ownPerHour);
    form->addRow(tr("&Workers"), m_workers);
    form->addRow(makeHint(tr("YouTube blocks who asks for more. The first two hold for YouTube only: another "
                             "source is read as fast as it answers."),
                          page));
    form->addRow(m_forecast);
    return page;
}

QWidget *DownloadSettingsDialog::makeAccess()
{
    auto *page = new QWidget(m_tabs);
    auto *form = makeForm(*page);
    m_cookies = new QComboBox(page);
    m_cookies->addItem(tr("None"));
    m_cookies->addItem(tr("From a file"));
    m_cookies->addItem(tr("From a browser"));
    m_cookies->setAccessibleName(tr("Cookies"));
    m_cookies->setToolTip(tr("The cookies of an account open what is for grown-ups and help against the bot "
                             "check. An account that downloads much may be closed: do not use your own."));
    m_cookiesText = new QLineEdit(page);
    m_browse = new QPushButton(tr("&Browse…"), page);
    m_browse->setAccessibleName(tr("Choose the cookies file"));
    m_browse->setAutoDefault(false);
    auto *cookies = new QHBoxLayout;
    cookies->addWidget(m_cookies);
    cookies->addWidget(m_cookiesText, 1);
    cookies->addWidget(m_browse);
    auto *label = new QLabel(tr("&Cookies"), page);
    label->setBuddy(m_cookies);
    form->addRow(label, cookies);
    m_proxy = addEdit(*form, tr("Pro&xy"), tr("Proxy"), tr("http://user:password@host:3128"),
                      tr("All downloads go through it; http:// or https://"), true);
    m_sourceAddress = addEdit(*form, tr("Source a&ddress"), tr("Source address"), tr("192.0.2.7"),
                              tr("The address of this computer that yt-dlp asks from"));
    m_poToken = addEdit(*form, tr("P&O token"), tr("PO token"), tr("web.gvs+TOKEN"),
                        tr("Proof of origin, as yt-dlp's youtube:po_token takes it"), true);
    form->addRow(
        makeHint(tr("The cookies file is copied for each worker, never changed. Passwords and tokens "
                    "are kept in Earmark's settings file, which only you can read."),
                 page));
    return page;
}

QWidget *DownloadSettingsDialog::makeYtDlp()
{
    auto *page = new QWidget(m_tabs);
    auto *form = makeForm(*page);
    m_source = addEdit(*form, tr("&Source"), tr("Source"), ytdlp::Source::YouTube,
                       tr("Where the videos are: an address with {ytid} where the video's id goes"));
    m_format =
        addEdit(*form, tr("&Format"), tr("Format"), tr("m4a/bestaudio/best"), tr("yt-dlp's format selector"));
    m_jsRuntime = addEdit(*form, tr("&JS runtime"), tr("JS runtime"), tr("deno"),
                          tr("deno, node:/usr/bin/node, …; yt-dlp 2025.11.12 or newer"));
    m_allowScript = new QCheckBox(tr("Let yt-dlp down&load its solver script from GitHub"), page);
    m_allowScript->setToolTip(tr("Not needed with the yt-dlp that Earmark fetches, which brings the script"));
    form->addRow(QString(), m_allowScript);
    m_extra = addEdit(*form, tr("&More arguments"), tr("More arguments"), tr("--sleep-requests 0.75"),
                      tr("Given to yt-dlp before Earmark's own. An argument with a blank stands in double "
                         "quotes."));
    if (m_fixedSource) {
        m_source->setEnabled(false);
        form->addRow(makeHint(
            tr("This run reads from %1, as it was started with.").arg(m_fixedSource->addressTemplate()),
            page));
    }
    form->addRow(makeHint(tr("What is left empty: YouTube, the best sound, and yt-dlp's own way."), page));
    return page;
}

QLineEdit *DownloadSettingsDialog::addEdit(QFormLayout &form, const QString &title, const QString &name,
                                           const QString &example, const QString &toolTip, bool isSecret)
{
    auto *edit = new QLineEdit(form.parentWidget());
    edit->setAccessibleName(name);
    edit->setPlaceholderText(example);
    edit->setToolTip(toolTip);
    auto *row = new QHBoxLayout;
    row->addWidget(edit, 1);
    auto *label = new QLabel(title, form.parentWidget());
    label->setBuddy(edit);
    form.addRow(label, row);
    if (!isSecret)
        return edit;
    auto *eye = new QToolButton(form.parentWidget());
    eye->setIcon(icon(u"eye"_s));
    eye->setCheckable(true);
    eye->setAccessibleName(tr("Show %1").arg(name));
    eye->setToolTip(tr("Show what is typed"));
    row->addWidget(eye);
    edit->setEchoMode(QLineEdit::Password);
    connect(eye, &QToolButton::toggled, edit,
            [edit](bool isShown) { edit->setEchoMode(isShown ? QLineEdit::Normal : QLineEdit::Password); });
    return edit;
}

void DownloadSettingsDialog::begin(Place place)
{
    const bool isAccess = place == Place::Cookies || place == Place::Proxy;
    m_tabs->setCurrentIndex(isAccess ? AccessTab : place == Place::Source ? YtDlpTab : PaceTab);
    QWidget *const first[] = {m_pace, m_cookies, m_proxy, m_source};
    first[static_cast<std::size_t>(place)]->setFocus();
    open();
}

session::DownloadSettings DownloadSettingsDialog::settings() const
{
    session::DownloadSettings settings;
    settings.pace = static_cast<session::DownloadSettings::RateLimiter>(m_pace->currentIndex());
    settings.ownPerHour = m_ownPerHour->value();
    settings.workers = m_workers->value();
    if (const QString source = m_source->text().trimmed(); !source.isEmpty())
        settings.source = source;
    const auto cookies = static_cast<Cookies>(m_cookies->currentIndex());
    const QString cookiesText = m_cookiesText->text().trimmed();
    if (cookies == Cookies::File)
        settings.fetch.cookiesFile = cookiesText;
    else if (cookies == Cookies::Browser)
        settings.fetch.cookiesFromBrowser = cookiesText;
    settings.fetch.proxy = m_proxy->text().trimmed();
    settings.fetch.sourceAddress = m_sourceAddress->text().trimmed();
    settings.fetch.poToken = m_poToken->text().trimmed();
    settings.fetch.format = m_format->text().trimmed();
    settings.fetch.jsRuntime = m_jsRuntime->text().trimmed();
    settings.fetch.allowsSolverScript = m_allowScript->isChecked();
    settings.fetch.extraArguments = session::argumentsOfLine(m_extra->text());
    return settings;
}

void DownloadSettingsDialog::show(const session::DownloadSettings &settings)
{
    const auto &fetch = settings.fetch;
    m_pace->setCurrentIndex(static_cast<int>(settings.pace));
    m_ownPerHour->setValue(settings.ownPerHour);
    m_workers->setValue(settings.workers);
    m_source->setText(settings.source == ytdlp::Source::YouTube ? QString() : settings.source);
    m_cookies->setCurrentIndex(static_cast<int>(!fetch.cookiesFile.isEmpty()          ? Cookies::File
                                                : !fetch.cookiesFromBrowser.isEmpty() ? Cookies::Browser
                                                                                      : Cookies::None));
    m_cookiesText->setText(fetch.cookiesFile.isEmpty() ? fetch.cookiesFromBrowser : fetch.cookiesFile);
    m_proxy->setText(fetch.proxy);
    m_sourceAddress->setText(fetch.sourceAddress);
    m_poToken->setText(fetch.poToken);
    m_format->setText(fetch.format);
    m_jsRuntime->setText(fetch.jsRuntime);
    m_allowScript->setChecked(fetch.allowsSolverScript);
    m_extra->setText(session::argumentsLine(fetch.extraArguments));
}

void DownloadSettingsDialog::check()
{
    const session::DownloadSettings now = settings();
    m_ownPerHour->setEnabled(now.pace == session::DownloadSettings::RateLimiter::Own);
    const auto cookies = static_cast<Cookies>(m_cookies->currentIndex());
    m_cookiesText->setEnabled(cookies != Cookies::None);
    m_browse->setVisible(cookies == Cookies::File);
    m_cookiesText->setAccessibleName(cookies == Cookies::Browser ? tr("Browser") : tr("Cookies file"));
    m_cookiesText->setPlaceholderText(cookies == Cookies::File      ? tr("cookies.txt")
                                      : cookies == Cookies::Browser ? tr("firefox, chromium:Profile 1")
                                                                    : QString());
    QString problem = now.problem();
    if (problem.isEmpty() && cookies != Cookies::None && m_cookiesText->text().trimmed().isEmpty())
        problem = cookies == Cookies::File ? tr("Choose the file with the cookies, or none.")
                                           : tr("Name the browser, such as firefox, or choose no cookies.");
    m_problem->setText(problem);
    m_ok->setEnabled(problem.isEmpty());
    m_forecast->setText(forecast(now));
}

QString DownloadSettingsDialog::forecast(const session::DownloadSettings &settings) const
{
    const int perHour = settings.perHour(m_fixedSource.value_or(ytdlp::Source(settings.source)));
    if (m_clips == 0)
        return tr("Nothing is queued.");
    if (perHour == 0)
        return tr("%1: as fast as the source answers.")
            .arg(m_clips == 1 ? tr("1 clip") : tr("%1 clips").arg(countText(m_clips)));
    return download::forecastText(m_clips, perHour, download::pacedMs(m_clips, perHour),
                                  QDateTime::currentDateTime()) +
           u'.';
}

void DownloadSettingsDialog::chooseCookies()
{
    askForFile(this, FileChoice::Open, tr("Cookies file"), m_cookiesText->text(),
               tr("Cookies (*.txt);;All files (*)"),
               [this](const QString &path) { m_cookiesText->setText(path); });
}

} // namespace earmark::ui
