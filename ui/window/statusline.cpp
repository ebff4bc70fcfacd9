#include "ui/window/statusline.h"

#include "base/format.h"
#include "session/session.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/steadytext.h"

#include <QAction>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QStatusBar>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds ShownFor = 6s;

QString signOf(tools::ToolReport::State state)
{
    switch (state) {
    case tools::ToolReport::State::Good:
        return u"✓"_s;
    case tools::ToolReport::State::Doubtful:
        return u"⚠"_s;
    case tools::ToolReport::State::Bad:
        break;
    }
    return u"✗"_s;
}

} // namespace

StatusLine::StatusLine(session::Session &session, SegmentPage &page, QAction &openTools, QStatusBar &bar)
    : QObject(&bar)
    , m_session(session)
    , m_page(page)
    , m_bar(bar)
    , m_counts(new QLabel(&bar))
    , m_tools(new QPushButton(&bar))
    , m_update(30ms, [this] { showCounts(); })
{
    m_counts->setAccessibleName(tr("Counts"));
    bar.addWidget(m_counts);
    bar.addPermanentWidget(m_tools);
    m_counts->setContentsMargins(8, 0, 0, 0);
    m_tools->setFlat(true);
    m_tools->setAutoDefault(true); // Return presses it
    connect(m_tools, &QPushButton::clicked, &openTools, &QAction::trigger);

    connect(&page, &SegmentPage::foundChanged, &m_update, &Debounce::startOnce);
    connect(&page, &SegmentPage::selectionChanged, &m_update, &Debounce::startOnce);
    connect(&session, &session::Session::splitChanged, &m_update, &Debounce::startOnce);
    connect(&session, &session::Session::rowChanged, &m_update, &Debounce::startOnce);
    connect(&session, &session::Session::rowsReset, &m_update, &Debounce::startOnce);
    showCounts();
    showTools({});
}

void StatusLine::showCounts()
{
    if (!m_session.split()) {
        setSteadyText(*m_counts, tr("No split is open"));
        return;
    }
    QStringList parts{segmentsText(m_session.split()->table.size()),
                      foundText(m_page.filter().query() ? std::optional(m_page.foundCount()) : std::nullopt)};
    const auto add = [&parts](const QString &text, qint64 count) {
        if (count > 0)
            parts.append(text.arg(countText(count)));
    };
    add(tr("%1 selected"), m_page.selectedCount());
    parts.append(
        tr("%1 ready").arg(countText(m_session.count(ClipState::Ready) + m_session.count(ClipState::Short))));
    add(tr("%1 failed"), m_session.count(ClipState::Failed));
    add(tr("%1 missing"), m_session.count(ClipState::Missing));
    add(tr("%1 damaged"), m_session.count(ClipState::Damaged));
    add(tr("%1 queued"), m_session.count(ClipState::Queued) + m_session.count(ClipState::Fetching) +
                             m_session.count(ClipState::Formatting));
    setSteadyText(*m_counts, parts.join(u"  ·  "_s));
}

void StatusLine::say(const QString &text)
{
    m_bar.showMessage(text, static_cast<int>(ShownFor.count()));
}

void StatusLine::showTools(const std::vector<tools::ToolReport> &reports)
{
    constexpr std::size_t JsRuntime = 2, Programs = 3;
    if (reports.empty()) {
        m_tools->setText(tr("Looking for yt-dlp and ffmpeg …"));
        m_tools->setAccessibleName(tr("Tools: looking for yt-dlp and ffmpeg"));
        return;
    }
    QStringList shown;
    QStringList told;
    for (std::size_t at = 0; at < std::min(reports.size(), Programs); ++at) {
        const tools::ToolReport &report = reports[at];
        if (at == JsRuntime &&
            (report.state == tools::ToolReport::State::Good || !m_session.source().isYouTube()))
            continue;
        shown.append(u"%1 %2 %3"_s.arg(report.name, report.version, signOf(report.state)).simplified());
        told.append(u"%1 %2: %3"_s.arg(report.name, report.version, report.sentence).simplified());
        if (!report.path.isEmpty())
            told.append(QDir::toNativeSeparators(report.path));
    }
    m_tools->setText(shown.join(u"    "_s).replace(u'&', u"&&"_s));
    m_tools->setToolTip(told.join(u'\n'));
    m_tools->setAccessibleName(tr("Tools: %1").arg(told.join(u' ')));
    m_tools->setAccessibleDescription(tr("Opens the page of the tools"));
}

} // namespace earmark::ui
