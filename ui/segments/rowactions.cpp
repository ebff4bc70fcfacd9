#include "ui/segments/rowactions.h"

#include "base/atomicfile.h"
#include "base/format.h"
#include "readers/officialrow.h"
#include "session/session.h"
#include "ui/segments/segmentpage.h"
#include "ui/segments/segmentselection.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/ask.h"
#include "ui/widgets/bannerstack.h"
#include "ui/widgets/formatting.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QUrl>

#include <atomic>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// So many are copied at once; more are written on another thread.
constexpr std::size_t FewRows = 1'000;
/// A clipboard with more becomes a burden for other programs.
constexpr std::size_t ManyRows = 100'000;
/// More pages than anybody wants to see open by mistake.
constexpr qsizetype ManyPages = 5;
constexpr qsizetype BytesAtOnce = 1 << 20;

} // namespace

/// Rows on their way to the clipboard or a file; shared with the thread that writes them.
struct RowActions::CopyJob
{
    CopyJob(Format wanted, std::vector<segments::Row> selected, const session::Session &session)
        : format(wanted)
        , rows(std::move(selected))
        , split(session.split())
        , source(session.source())
        , isOfficial(readers::hasOnlyMids(split->table))
    {
    }

    Format format;
    std::vector<segments::Row> rows;
    std::shared_ptr<const readers::Split> split;
    ytdlp::Source source;
    bool isOfficial;           ///< rows can be written as an official split has them
    std::atomic<int> done = 0; ///< rows

    QString line(segments::Row row) const
    {
        switch (format) {
        case Format::Lines:
            return (isOfficial ? readers::splitLine(split->table, row)
                               : readers::listLine(split->table, row)) +
                   u'\n';
        case Format::Ids:
            return split->table.key(row).ytid.toString() + u'\n';
        case Format::Addresses:
            return source.addressAt(split->table.key(row)) + u'\n';
        }
        return {};
    }
    /// What stands above the rows, or they could not be read again. An official split needs nothing there,
    /// and rows of it may be wanted below others.
    QString header() const
    {
        return format == Format::Lines && !isOfficial ? readers::listHeader() + u'\n' : QString();
    }
    QString text(std::stop_token stop)
    {
        QString text = header();
        for (const segments::Row row : rows) {
            text += line(row);
            if (stop.stop_requested())
                break;
            ++done;
        }
        return text;
    }
    Result<void> write(const QString &path, std::stop_token stop)
    {
        AtomicFile file(path);
        if (auto opened = file.open(); !opened)
            return opened;
        QByteArray bytes = header().toUtf8();
        if (format == Format::Lines && isOfficial)
            bytes = QByteArray(readers::SplitHeader.data(), readers::SplitHeader.size()) + '\n';
        for (const segments::Row row : rows) {
            if (stop.stop_requested())
                return {}; // what is not committed does not appear
            bytes += line(row).toUtf8();
            ++done;
            if (bytes.size() < BytesAtOnce)
                continue;
            if (auto written = file.write(std::exchange(bytes, {})); !written)
                return written;
        }
        return file.write(bytes).and_then([&file] { return file.commit(); });
    }
};

RowActions::RowActions(session::Session &session, SegmentPage &page, BannerStack &banners,
                       ActionRegistry &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_page(page)
    , m_banners(banners)
    , m_window(window)
    , m_progress(window)
{
    connect(&m_progress, &ProgressBox::cancelled, this, [this] { m_task.cancel(); });
    actions.add("segments.copyLines"_L1, tr("&Copy rows"), tr("Copy the selected rows as lines of a split"),
                u"copy"_s, {QKeySequence::Copy}, this, [this] { copy(Format::Lines); });
    actions.add("segments.copyIds"_L1, tr("Copy &ids"), tr("Copy the video ids of the selected rows"), {},
                {Qt::CTRL | Qt::SHIFT | Qt::Key_C}, this, [this] { copy(Format::Ids); });
    actions.add("segments.copyAddresses"_L1, tr("Copy &addresses"),
                tr("Copy the videos' addresses, each at its segment's start"), {}, {}, this,
                [this] { copy(Format::Addresses); });
    actions.add("segments.openInBrowser"_L1, tr("Open in &browser"),
                tr("Open the videos of the selected rows in the browser, each at its segment's start"),
                u"link"_s, {Qt::CTRL | Qt::Key_B}, this, &RowActions::openInBrowser);
}

RowActions::~RowActions() = default;

void RowActions::copy(Format format)
{
    std::vector<segments::Row> rows = m_page.selection().rowsAsShown();
    if (rows.empty())
        return;
    // With its split: it stays right while a question is open and another split is loaded.
    const auto job = std::make_shared<CopyJob>(format, std::move(rows), m_session);
    if (job->rows.size() > ManyRows)
        askAboutMany(job);
    else
        toClipboard(job);
}

void RowActions::askAboutMany(const std::shared_ptr<CopyJob> &job)
{
    ask(m_window, tr("Copy rows"), tr("Copy %1?").arg(segmentsText(std::ssize(job->rows))),
        tr("That much text in the clipboard makes other programs slow. A file does not."),
        {{tr("Save as…"), [this, job] { toFile(job); }}, {tr("Copy"), [this, job] { toClipboard(job); }}});
}

void RowActions::toClipboard(const std::shared_ptr<CopyJob> &job)
{
    if (job->rows.size() <= FewRows) {
        QGuiApplication::clipboard()->setText(job->text({}));
        return;
    }
    showProgress(job, tr("Copying …"));
    m_task.run([job](std::stop_token stop) { return job->text(stop); },
               [this](const QString &text) {
                   m_progress.hide();
                   QGuiApplication::clipboard()->setText(text);
               });
}

void RowActions::toFile(const std::shared_ptr<CopyJob> &job)
{
    const bool isSplit = job->format == Format::Lines;
    askForFile(m_window, FileChoice::Save, tr("Save rows"),
               QFileInfo(job->split->path).absolutePath() +
                   (isSplit ? u"/segments.csv"_s : u"/segments.txt"_s),
               isSplit ? tr("Splits (*.csv)") : tr("Text files (*.txt)"),
               [this, job](const QString &path) { write(job, path); });
}

void RowActions::write(const std::shared_ptr<CopyJob> &job, const QString &path)
{
    showProgress(job, tr("Saving …"));
    m_task.run([job, path](std::stop_token stop) { return job->write(path, stop); },
               [this, job, path](const Result<void> &result) {
                   m_progress.hide();
                   if (!result)
                       m_banners.show(Topic::Export, Tone::Error, result.error().text);
                   else
                       m_banners.show(Topic::Export, Tone::Success,
                                      tr("%1 written to %2.").arg(segmentsText(std::ssize(job->rows)), path));
               });
}

void RowActions::showProgress(const std::shared_ptr<const CopyJob> &job, const QString &what)
{
    m_progress.show(
        what, [job] { return std::pair<qint64, qint64>(job->done, static_cast<qint64>(job->rows.size())); });
}

void RowActions::openInBrowser()
{
    std::vector<segments::Row> rows = m_page.selection().rowsAsShown();
    if (rows.empty() && m_page.currentRow())
        rows.push_back(*m_page.currentRow());
    QList<QUrl> pages;
    for (const segments::Row row : rows)
        pages.append(QUrl(m_session.source().addressAt(m_session.split()->table.key(row))));
    const auto go = [pages] {
        for (const QUrl &page : pages)
            QDesktopServices::openUrl(page);
    };
    if (pages.size() > ManyPages)
        ask(m_window, tr("Open in browser"), tr("Open %1 pages in the browser?").arg(countText(pages.size())),
            {}, {{tr("Open"), go}});
    else
        go();
}

} // namespace earmark::ui
