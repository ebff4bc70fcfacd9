#pragma once

#include "base/async.h"
#include "base/result.h"
#include "dataset/segmenttable.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

class QProgressDialog;
class QWidget;

namespace earmark::ui {

class Actions;
class BannerStack;
class SegmentPage;
class Session;

/// What is done with the selected rows besides downloading them: copied, saved, opened in the browser.
class RowActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `window` is what dialogs belong to.
    RowActions(Session &session, SegmentPage &page, BannerStack &banners, Actions &actions, QWidget *window);
    ~RowActions() override;

private:
    enum class Format { Lines, Ids, Addresses };
    struct Job;

    void copy(Format format);
    void askAboutMany(Format format, std::vector<dataset::Row> rows);
    void toClipboard(Format format, std::vector<dataset::Row> rows);
    void toFile(Format format, std::vector<dataset::Row> rows);
    void showProgress(const std::shared_ptr<const Job> &job, const QString &what);
    void hideProgress();
    void openInBrowser();

    Session &m_session;
    SegmentPage &m_page;
    BannerStack &m_banners;
    QWidget *m_window;
    std::unique_ptr<QProgressDialog> m_dialog; ///< while rows are written
    QTimer m_poll;
    LatestTask m_task{this};
};

} // namespace earmark::ui
