#include "ui/tools/logdialog.h"

#include "ui/widgets/ask.h"
#include "ui/widgets/dialogbutton.h"
#include "ytdlp/explanation.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

/// Characters of a file's log that are shown: a few milliseconds; 16 MB take most of a second.
constexpr qsizetype MostShown = 200'000;

Result<QString> readFile(const QString &path)
{
    const QString name = QDir::toNativeSeparators(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unreadable,
                       LogDialog::tr("The log %1 cannot be read: %2.").arg(name, file.errorString()));
    return ytdlp::readLog(file, name);
}

} // namespace

LogDialog::LogDialog(QWidget *parent)
    : QDialog(parent)
    , m_log(new QPlainTextEdit(this))
    , m_meaning(new QPlainTextEdit(this))
    , m_copy(dialogButton(u"copy"_s, tr("&Copy the explanation"), tr("Copy what the log means"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Explain a log"));
    resize(760, 560);
    if (auto rules = ytdlp::readOwnFailureRules())
        m_classifier = ytdlp::FailureClassifier(std::move(*rules));
    else
        m_rulesProblem = rules.error().text;

    m_log->setAccessibleName(tr("Log"));
    m_log->setAccessibleDescription(tr("What yt-dlp printed for one or several downloads"));
    m_log->setPlaceholderText(tr("Paste what yt-dlp printed: all of it, with its warnings."));
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_log->setTabChangesFocus(true);
    m_log->setUndoRedoEnabled(false); // of megabytes
    m_meaning->setAccessibleName(tr("Explanation"));
    m_meaning->setReadOnly(true);
    m_meaning->setTabChangesFocus(true);
    auto *logLabel = new QLabel(tr("&Log of yt-dlp:"), this);
    logLabel->setBuddy(m_log);
    auto *meaningLabel = new QLabel(tr("&Explanation:"), this);
    meaningLabel->setBuddy(m_meaning);
    auto *openFile =
        dialogButton(u"open"_s, tr("&Open a file…"), tr("Read the log from a file of at most 16 MB"), this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    buttons->addButton(openFile, QDialogButtonBox::ActionRole);
    buttons->addButton(m_copy, QDialogButtonBox::ActionRole);

    auto *column = new QVBoxLayout(this);
    column->addWidget(logLabel);
    column->addWidget(m_log, 3);
    column->addWidget(meaningLabel);
    column->addWidget(m_meaning, 2);
    column->addWidget(buttons);
    connect(m_log, &QPlainTextEdit::textChanged, this, [this] { explain(m_log->toPlainText()); });
    connect(openFile, &QPushButton::clicked, this, &LogDialog::open);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_meaning->toPlainText()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_log->setFocus();
    explain({});
}

void LogDialog::open()
{
    askForFile(this, FileChoice::Open, tr("Open a log"), {}, tr("Logs (*.log *.txt);;All files (*)"),
               [this](const QString &path) {
                   m_opening.run([path](std::stop_token) { return readFile(path); },
                                 [this](const Result<QString> &log) {
                                     if (log)
                                         take(*log);
                                     else
                                         m_meaning->setPlainText(log.error().text);
                                 });
               });
}

void LogDialog::take(const QString &log)
{
    if (log.size() <= MostShown) {
        m_log->setPlainText(log);
        return;
    }
    const qsizetype from = log.indexOf(u'\n', log.size() - MostShown) + 1;
    m_log->setPlainText(tr("[The end of a long log. All of it is explained.]\n") + log.sliced(from));
    explain(log);
}

void LogDialog::explain(const QString &log)
{
    if (log.trimmed().isEmpty()) {
        m_explaining.cancel();
        return showMeaning({});
    }
    m_explaining.run(
        [log, classifier = m_classifier](const std::stop_token &stop) {
            return ytdlp::explain(log, classifier, stop).text();
        },
        [this](const QString &explanation) { showMeaning(explanation); });
}

void LogDialog::showMeaning(const QString &explanation)
{
    QStringList parts{m_rulesProblem, explanation};
    parts.removeAll(QString());
    m_meaning->setPlainText(parts.join(u"\n\n"_s));
    m_copy->setEnabled(!parts.isEmpty());
}

} // namespace earmark::ui
