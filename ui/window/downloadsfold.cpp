#include "ui/window/downloadsfold.h"

#include "ui/downloads/downloadpanel.h"
#include "ui/settings/settings.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QTabBar>

namespace earmark::ui {

using namespace std::chrono_literals;

namespace {

constexpr int UsualLines = 11; ///< of the unfolded dock, with its title
constexpr int MostGap = 8;     ///< pixels, between a dock and its tabs
constexpr int Least = 1;       ///< the layout makes it as high as it has to be

} // namespace

DownloadsFold::DownloadsFold(QMainWindow &window, QDockWidget &downloads, QDockWidget &failures,
                             const DownloadPanel &panel, Settings &settings)
    : QObject(&window)
    , m_window(window)
    , m_downloads(downloads)
    , m_failures(failures)
    , m_panel(panel)
    , m_settings(settings)
    , m_isFolded(panel.isFolded())
    , m_height(settings.downloadsHeight())
    , m_apply(0ms, [this] { apply(); })
{
    if (m_height <= 0)
        m_height = UsualLines * window.fontMetrics().lineSpacing();
    setHeight(m_isFolded ? Least : m_height);
    watch(downloads, m_showsDownloads);
    watch(failures, m_showsFailures);
    connect(&panel, &DownloadPanel::foldingChanged, &m_apply, &Debounce::startOnce);
}

void DownloadsFold::watch(const QDockWidget &dock, bool &isShown)
{
    connect(&dock, &QDockWidget::visibilityChanged, this, [this, &isShown](bool isVisible) {
        isShown = isVisible;
        m_apply.startOnce();
    });
}

/// While neither tab is shown, as in the audition, everything stays as it is.
void DownloadsFold::apply()
{
    if (!m_showsDownloads && !m_showsFailures)
        return;
    const bool isFolded = m_showsDownloads && m_panel.isFolded();
    if (isFolded && !m_isFolded)
        m_height = height();
    const bool isChanged = isFolded != m_isFolded;
    m_isFolded = isFolded;
    if (isFolded)
        setHeight(Least);
    else if (isChanged)
        setHeight(m_height);
}

/// With the tabs below: the main window counts them in.
int DownloadsFold::height() const
{
    const QRect dock = (m_showsFailures ? m_failures : m_downloads).geometry();
    for (const auto *tabs : m_window.findChildren<QTabBar *>(QString(), Qt::FindDirectChildrenOnly)) {
        const int gap = tabs->y() - dock.bottom();
        if (tabs->isVisible() && tabs->x() < dock.right() && tabs->geometry().right() > dock.left() &&
            gap > 0 && gap <= MostGap)
            return tabs->geometry().bottom() - dock.top() + 1;
    }
    return dock.height();
}

void DownloadsFold::setHeight(int height)
{
    if (!m_downloads.isFloating())
        m_window.resizeDocks({&m_downloads}, {height}, Qt::Vertical);
}

void DownloadsFold::save()
{
    const bool isShown = m_showsDownloads || m_showsFailures;
    m_settings.downloadsHeight = isShown && !m_isFolded ? height() : m_height;
}

} // namespace earmark::ui
