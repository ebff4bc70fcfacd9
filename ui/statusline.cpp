#include "ui/statusline.h"

#include "base/format.h"
#include "ui/segments/segmentpage.h"
#include "ui/session.h"
#include "ui/widgets/steadytext.h"
#include "ui/words.h"

#include <QLabel>
#include <QStatusBar>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds SaidFor = 6s;

} // namespace

StatusLine::StatusLine(Session &session, SegmentPage &page, QStatusBar &bar)
    : QObject(&bar)
    , m_session(session)
    , m_page(page)
    , m_bar(bar)
    , m_counts(new QLabel(&bar))
    , m_tools(new QLabel(&bar))
{
    m_counts->setAccessibleName(tr("Counts"));
    m_tools->setAccessibleName(tr("Tools"));
    bar.addWidget(m_counts);
    bar.addPermanentWidget(m_tools);
    m_counts->setContentsMargins(8, 0, 0, 0);
    m_tools->setContentsMargins(0, 0, 8, 0);

    m_update.setSingleShot(true);
    m_update.setInterval(30ms);
    connect(&m_update, &QTimer::timeout, this, &StatusLine::showCounts);
    const auto update = [this] {
        if (!m_update.isActive()) // throttled, not debounced: clips never stop changing
            m_update.start();
    };
    connect(&page, &SegmentPage::foundChanged, this, update);
    connect(&page, &SegmentPage::selectionChanged, this, update);
    connect(&session, &Session::splitChanged, this, update);
    connect(&session, &Session::rowChanged, this, update);
    connect(&session, &Session::rowsReset, this, update);
    showCounts();
    showTools();
}

void StatusLine::showCounts()
{
    if (!m_session.split()) {
        setSteadyText(*m_counts, tr("No split is open"));
        return;
    }
    QStringList parts{segmentsText(m_session.split()->table.size()),
                      tr("%1 found").arg(countText(m_page.foundCount()))};
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
    m_bar.showMessage(text, static_cast<int>(SaidFor.count()));
}

void StatusLine::showTools()
{
    const auto describe = [](const ytdlp::Tool &tool) {
        return u"%1 %2 %3"_s.arg(tool.name, tool.version, tool.isUsable() ? u"✓"_s : u"✗"_s).simplified();
    };
    const auto place = [](const ytdlp::Tool &tool) {
        return tool.isUsable() ? u"%1: %2"_s.arg(tool.name, tool.path) : tool.problem;
    };
    const auto &tools = m_session.tools();
    if (tools.ytdlp.name.isEmpty()) {
        m_tools->setText(tr("Looking for yt-dlp and ffmpeg …"));
        return;
    }
    m_tools->setText(describe(tools.ytdlp) + u"    "_s + describe(tools.ffmpeg));
    m_tools->setToolTip(place(tools.ytdlp) + u'\n' + place(tools.ffmpeg));
    m_tools->setAccessibleDescription(m_tools->toolTip());
}

} // namespace earmark::ui
