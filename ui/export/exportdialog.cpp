#include "ui/export/exportdialog.h"

#include "base/format.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/widgets/formatting.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>

#include <utility>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int PreviewLines = 12;

} // namespace

ExportDialog::ExportDialog(std::shared_ptr<workspace::Workspace> workspace, classes::Classes classes,
                           ExportSelection table, Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_form(new ExportForm(workspace->layout().root(), std::move(classes), std::move(table), this))
    , m_preview(new QPlainTextEdit(this))
    , m_summary(new QLabel(this))
    , m_export(new QPushButton(icon(u"export"_s), tr("&Export"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Export"));
    resize(1080, 680);

    auto *parts = new QSplitter(this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_form);
    parts->addWidget(makePreview());
    parts->setStretchFactor(1, 1);
    m_export->setToolTip(tr("Write it as shown"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_export, QDialogButtonBox::AcceptRole);
    auto *column = new QVBoxLayout(this);
    column->addWidget(parts, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    m_form->restore(m_settings.exportOptions());
    m_settle.setSingleShot(true);
    m_settle.setInterval(150ms);
    connect(&m_settle, &QTimer::timeout, this, &ExportDialog::updatePreview);
    connect(m_form, &ExportForm::changed, this, [this] { m_settle.start(); });
    readClips(std::move(workspace));
    m_summary->setText(tr("Reading the ledger …"));
    m_export->setEnabled(false);
}

void ExportDialog::readClips(std::shared_ptr<workspace::Workspace> workspace)
{
    // The workspace goes along, so that what was said a moment ago is on disk, and comes back: it must not
    // end in another thread.
    struct Read
    {
        std::shared_ptr<workspace::Workspace> workspace;
        Result<exports::ClipTable> clips;
    };
    m_reading.run(
        [workspace = std::move(workspace)](std::stop_token stop) mutable {
            auto clips = workspace->flush().and_then(
                [&] { return exports::ClipTable::read(workspace->layout().root(), stop); });
            return Read{std::move(workspace), std::move(clips)};
        },
        [this](Read read) {
            if (!read.clips) {
                m_summary->setText(read.clips.error().text);
                return;
            }
            m_clips = std::make_shared<const exports::ClipTable>(std::move(*read.clips));
            updatePreview();
        });
}

QWidget *ExportDialog::makePreview()
{
    auto *part = new QWidget(this);
    m_preview->setAccessibleName(tr("First lines"));
    m_preview->setToolTip(tr("The first lines, as they will be written"));
    m_preview->setReadOnly(true);
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_preview->setTabChangesFocus(true);
    m_summary->setAccessibleName(tr("What will be written"));
    m_summary->setWordWrap(true);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(8, 0, 0, 0);
    column->addWidget(new QLabel(tr("The first lines, as they will be written"), part));
    column->addWidget(m_preview, 1);
    column->addWidget(m_summary);
    return part;
}

void ExportDialog::updatePreview()
{
    m_settle.stop();
    if (!m_clips)
        return;
    const auto made = m_form->job();
    if (!made) {
        showPreview(tl::unexpected(made.error()));
        return;
    }
    m_previewing.run(
        [clips = m_clips, job = *made](std::stop_token stop) -> Result<exports::ExportPreview> {
            if (auto allowed = exports::checkTarget(job, clips->layout()); !allowed)
                return tl::unexpected(allowed.error());
            const auto set = exports::chooseClips(*clips, job.options, stop);
            if (!set)
                return tl::unexpected(set.error());
            return exports::previewExport(*clips, *set, job.options, PreviewLines);
        },
        [this](const Result<exports::ExportPreview> &preview) { showPreview(preview); });
}

void ExportDialog::showPreview(const Result<exports::ExportPreview> &preview)
{
    if (!preview) {
        m_previewing.cancel();
        m_isAccepted = false;
        m_summary->setText(preview.error().text);
        m_export->setEnabled(false);
        return;
    }
    m_preview->setPlainText(QString::fromUtf8(preview->text));
    QStringList said{tr("%1 will be written.").arg(clipsText(preview->clips))};
    said += preview->warnings;
    m_summary->setText(said.join(u'\n'));
    m_export->setEnabled(preview->clips > 0);
    if (std::exchange(m_isAccepted, false) && preview->clips > 0)
        accept();
}

void ExportDialog::accept()
{
    // What was typed last is looked at first: a file that must not be replaced is refused here.
    if (m_settle.isActive() || m_previewing.isRunning()) {
        m_isAccepted = true;
        if (m_settle.isActive())
            updatePreview();
        return;
    }
    const auto made = m_form->job();
    if (!made) {
        m_summary->setText(made.error().text);
        return;
    }
    m_settings.setExportWish(m_form->wish());
    Q_EMIT exportRequested(*made);
    QDialog::accept();
}

} // namespace earmark::ui
