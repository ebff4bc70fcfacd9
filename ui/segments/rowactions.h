#pragma once

#include "base/async.h"
#include "base/result.h"
#include "segments/segmenttable.h"
#include "ui/widgets/progressbox.h"

#include <QObject>

#include <memory>
#include <vector>

class QWidget;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class BannerStack;
class SegmentPage;

/// What is done with the selected rows besides downloading them: copied, saved, opened in the browser.
class RowActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `window` is what dialogs belong to.
    RowActions(session::Session &session, SegmentPage &page, BannerStack &banners, ActionRegistry &actions,
               QWidget *window);
    ~RowActions() override;

private:
    enum class Format { Lines, Ids, Addresses };
    struct CopyJob;

    void copy(Format format);
    void askAboutMany(const std::shared_ptr<CopyJob> &job);
    void toClipboard(const std::shared_ptr<CopyJob> &job);
    void toFile(const std::shared_ptr<CopyJob> &job);
    void write(const std::shared_ptr<CopyJob> &job, const QString &path);
    void showProgress(const std::shared_ptr<const CopyJob> &job, const QString &what);
    void openInBrowser();

    session::Session &m_session;
    SegmentPage &m_page;
    BannerStack &m_banners;
    QWidget *m_window;
    ProgressBox m_progress;
    LatestTask m_task{this};
};

} // namespace earmark::ui
