#include "ui/tools/selftestpanel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/dialogbutton.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using tools::SelfTest;

SelfTestPanel::SelfTestPanel(Settings settings, QWidget *parent)
    : QGroupBox(tr("Self-test"), parent)
    , m_settings(std::move(settings))
    , m_here(dialogButton(u"play"_s, tr("&Self-test"),
                          tr("Fetch a clip from this program itself, with no network"), this))
    , m_youTube(dialogButton(u"link"_s, tr("Test with &YouTube"),
                             tr("Fetch five seconds of a video of YouTube"), this))
    , m_stop(dialogButton(u"stop"_s, tr("Sto&p"), tr("End the test"), this))
    , m_copy(
          dialogButton(u"copy"_s, tr("Copy &log"), tr("Copy all that the tools said, to ask somebody"), this))
    , m_bar(new QProgressBar(this))
    , m_said(new QLabel(this))
    , m_log(new QPlainTextEdit(this))
{
    m_bar->setAccessibleName(tr("Progress of the self-test"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(120);
    m_bar->setRange(0, 1000);
    m_said->setAccessibleName(tr("What came of the self-test"));
    m_said->setWordWrap(true);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_log->setAccessibleName(tr("Log of the self-test"));
    m_log->setReadOnly(true);
    m_log->setTabChangesFocus(true);
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_log->setPlaceholderText(tr("What yt-dlp and ffmpeg say is shown here."));
    m_log->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // takes what the tools leave
    m_log->setMinimumHeight(3 * fontMetrics().lineSpacing());

    auto *row = new QHBoxLayout;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_here, m_youTube, m_stop, m_bar})
        row->addWidget(widget);
    row->addStretch(1);
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row);
    column->addWidget(m_said);
    column->addWidget(m_log, 1);

    connect(m_here, &QPushButton::clicked, this, [this] { start(SelfTest::Where::Here); });
    connect(m_youTube, &QPushButton::clicked, this, [this] { start(SelfTest::Where::YouTube); });
    connect(m_stop, &QPushButton::clicked, this, &SelfTestPanel::stop);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_log->toPlainText()); });
    update();
}

void SelfTestPanel::setTools(const ytdlp::Tools &tools)
{
    m_tools = tools;
    update();
}

void SelfTestPanel::start(SelfTest::Where where)
{
    m_test = std::make_unique<SelfTest>(m_tools, where, m_settings());
    connect(m_test.get(), &SelfTest::progressed, this, &SelfTestPanel::update);
    connect(m_test.get(), &SelfTest::finished, this, &SelfTestPanel::update);
    m_test->start();
    update();
    m_stop->setFocus(); // the keyboard stays where the work goes on
}

void SelfTestPanel::stop()
{
    m_test.reset();
    update();
}

void SelfTestPanel::update()
{
    const bool isRunning = m_test && !m_test->isDone();
    const bool wasStopping = m_stop->hasFocus();
    const bool canStart = !isRunning && !m_tools.ytdlp.name.isEmpty();
    m_here->setEnabled(canStart);
    m_youTube->setEnabled(canStart);
    m_stop->setEnabled(isRunning);
    if (wasStopping && !isRunning)
        m_here->setFocus();
    m_bar->setVisible(isRunning);
    m_bar->setValue(m_test ? static_cast<int>(m_test->fraction() * 1000) : 0);
    m_said->setText(!m_test     ? tr("Fetches one clip as downloads do, and tells what comes of it.")
                    : isRunning ? tr("At work: %1 …").arg(m_test->stage())
                                : m_test->sentence());
    QPalette palette = this->palette();
    if (m_test && !isRunning) {
        const Colours colours = coloursFor(palette);
        palette.setColor(QPalette::WindowText, m_test->isOk() ? colours.ok : colours.error);
    }
    m_said->setPalette(palette);
    if (const QString log = m_test ? m_test->log() : QString(); log != m_log->toPlainText())
        m_log->setPlainText(log);
    m_copy->setEnabled(m_test != nullptr);
}

} // namespace earmark::ui
