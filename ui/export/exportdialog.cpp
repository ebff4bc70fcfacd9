#include "ui/export/exportdialog.h"

#include "base/format.h"
#include "ui/theme/icons.h"
#include "ui/words.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using manifest::ClipFiles;
using manifest::ExportFormat;
using manifest::ExportScope;
using manifest::LabelKind;
using manifest::PathStyle;

namespace {

constexpr int PreviewLines = 12;

/// A field of the form, with a name for those who hear it.
template <class Control>
Control *named(Control *control, const QString &name, const QString &tip = {})
{
    control->setAccessibleName(name);
    control->setToolTip(tip);
    return control;
}

template <class Value>
Value chosen(const QComboBox &box)
{
    return static_cast<Value>(box.currentData().toInt());
}

template <class Value>
void choose(QComboBox &box, Value value)
{
    box.setCurrentIndex(std::max(0, box.findData(static_cast<int>(value))));
}

} // namespace

ExportDialog::ExportDialog(std::shared_ptr<workspace::Workspace> workspace, dataset::Classes classes,
                           Table table, QWidget *parent)
    : QDialog(parent)
    , m_workspace(workspace->layout().root())
    , m_classes(std::move(classes))
    , m_table(std::move(table))
    , m_scope(named(new QComboBox(this), tr("Which clips")))
    , m_format(named(new QComboBox(this), tr("Format")))
    , m_labels(named(new QComboBox(this), tr("Labels as")))
    , m_withDoubted(
          named(new QCheckBox(tr("Also labels that a listener &doubts"), this), tr("Also doubted labels")))
    , m_shortest(named(new QDoubleSpinBox(this), tr("Shortest clip, seconds"),
                       tr("Clips that are shorter are left out")))
    , m_paths(named(new QComboBox(this), tr("Paths")))
    , m_prefix(
          named(new QLineEdit(this), tr("Prefix of paths"), tr("Stands before the name of each clip's file")))
    , m_files(named(new QComboBox(this), tr("Files of the clips")))
    , m_withY(named(new QCheckBox(tr("File names begin with &Y"), this), tr("File names begin with Y"),
                    tr("AudioSet's ids may begin with a dash, which programs take for an option")))
    , m_columns(named(new QListWidget(this), tr("Further columns")))
    , m_shares(named(new QLineEdit(this), tr("Split into parts"),
                     tr("80/10/10 for train, validation and test, or names: train=70,dev=30. No video and no "
                        "sound is in two parts, and every class is spread over them.")))
    , m_seed(named(new QSpinBox(this), tr("Seed of the split"),
                   tr("The same seed gives the same parts everywhere")))
    , m_card(named(
          new QCheckBox(tr("With dataset &card and coverage"), this), tr("With dataset card and coverage"),
          tr("dataset_card.md and coverage.json: where the clips came from, what is missing and why")))
    , m_frozen(named(new QCheckBox(tr("With checksums of &all files"), this), tr("With checksums"),
                     tr("checksums.sha256: earmark-cli verify and sha256sum check them on another machine")))
    , m_out(named(new QLineEdit(this), tr("Write to")))
    , m_preview(named(new QPlainTextEdit(this), tr("First lines")))
    , m_summary(named(new QLabel(this), tr("What will be written")))
    , m_export(new QPushButton(icon(u"export"_s), tr("&Export"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Export"));
    resize(1080, 680);

    auto *parts = new QSplitter(this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(makeChoices());
    parts->addWidget(makePreview());
    parts->setStretchFactor(1, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_export, QDialogButtonBox::AcceptRole);
    auto *column = new QVBoxLayout(this);
    column->addWidget(parts, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    m_settle.setSingleShot(true);
    m_settle.setInterval(150ms);
    connect(&m_settle, &QTimer::timeout, this, &ExportDialog::updatePreview);
    const auto settle = [this] { m_settle.start(); };
    for (QComboBox *box : {m_scope, m_labels, m_paths, m_files})
        connect(box, &QComboBox::currentIndexChanged, this, settle);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::takeFormat);
    for (QCheckBox *box : {m_withDoubted, m_withY, m_card, m_frozen})
        connect(box, &QCheckBox::toggled, this, settle);
    for (QLineEdit *edit : {m_prefix, m_shares, m_out})
        connect(edit, &QLineEdit::textChanged, this, settle);
    connect(m_columns, &QListWidget::itemChanged, this, settle);
    connect(m_shortest, &QDoubleSpinBox::valueChanged, this, settle);
    takeFormat();
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
        Result<manifest::ClipTable> clips;
    };
    m_reading.run(
        [workspace = std::move(workspace)](std::stop_token stop) mutable {
            auto clips = workspace->flush().and_then(
                [&] { return manifest::ClipTable::read(workspace->layout().root(), stop); });
            return Read{std::move(workspace), std::move(clips)};
        },
        [this](Read read) {
            if (!read.clips) {
                m_summary->setText(read.clips.error().text);
                return;
            }
            m_clips = std::make_shared<const manifest::ClipTable>(std::move(*read.clips));
            updatePreview();
        });
}

QWidget *ExportDialog::makeChoices()
{
    const auto add = [](QComboBox &box, const QString &text, auto value) {
        box.addItem(text, static_cast<int>(value));
    };
    add(*m_scope, tr("All clips that are there"), ExportScope::Playable);
    add(*m_scope, tr("Those not rejected"), ExportScope::NotRejected);
    add(*m_scope, tr("Those kept"), ExportScope::Kept);
    if (!m_table.query.isEmpty())
        add(*m_scope, tr("Those found: %1").arg(m_table.query), ExportScope::Query);
    if (!m_table.selected.isEmpty())
        add(*m_scope, tr("Those selected, %1").arg(clipsText(m_table.selected.size())), ExportScope::Keys);
    for (const auto &format : manifest::ExportFormatWords)
        add(*m_format, QString(format.explanation), format.value);
    add(*m_labels, tr("Ids, /m/0bt9lr"), LabelKind::Ids);
    add(*m_labels, tr("Names, Dog"), LabelKind::Names);
    add(*m_labels, tr("Indices of the label map, 74"), LabelKind::Indices);
    m_paths->addItem(tr("As the format wants them"), -1);
    add(*m_paths, tr("Relative to the manifest"), PathStyle::Relative);
    add(*m_paths, tr("Absolute"), PathStyle::Absolute);
    add(*m_paths, tr("With a prefix"), PathStyle::Prefixed);
    add(*m_files, tr("Left in the workspace"), ClipFiles::Left);
    add(*m_files, tr("Copied"), ClipFiles::Copied);
    add(*m_files, tr("Hard-linked"), ClipFiles::Linked);
    for (const auto &each : manifest::ExportColumnWords) {
        auto *item = new QListWidgetItem(QString(each.word), m_columns);
        item->setToolTip(QString(each.explanation));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    m_withDoubted->setChecked(true);
    m_withY->setChecked(true);
    m_shortest->setSuffix(tr(" s"));
    m_shortest->setRange(0, 600);
    m_shares->setPlaceholderText(tr("80/10/10"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(1);

    auto *choices = new QWidget(this);
    auto *form = new QFormLayout(choices);
    form->setContentsMargins(0, 0, 8, 0);
    const auto addRow = [form, choices](const QString &name, QLayout *row, QWidget &first) {
        auto *label = new QLabel(name, choices);
        label->setBuddy(&first);
        form->addRow(label, row);
    };
    form->addRow(tr("&Clips"), m_scope);
    form->addRow(tr("&Format"), m_format);
    auto *browse = new QPushButton(icon(u"folder"_s), {}, choices);
    named(browse, tr("Choose where to write"), tr("Choose where to write"));
    connect(browse, &QPushButton::clicked, this, &ExportDialog::chooseOut);
    auto *out = new QHBoxLayout;
    out->addWidget(m_out, 1);
    out->addWidget(browse);
    addRow(tr("&Write to"), out, *m_out);
    form->addRow(tr("&Labels as"), m_labels);
    form->addRow({}, m_withDoubted);
    form->addRow(tr("&Shortest"), m_shortest);
    form->addRow(tr("&Paths"), m_paths);
    form->addRow(tr("P&refix"), m_prefix);
    form->addRow(tr("F&iles"), m_files);
    form->addRow({}, m_withY);
    form->addRow(tr("Col&umns"), m_columns);
    auto *split = new QHBoxLayout;
    split->addWidget(m_shares, 1);
    split->addWidget(new QLabel(tr("seed"), choices));
    split->addWidget(m_seed);
    addRow(tr("Spl&it"), split, *m_shares);
    form->addRow({}, m_card);
    form->addRow({}, m_frozen);
    return choices;
}

QWidget *ExportDialog::makePreview()
{
    auto *part = new QWidget(this);
    m_preview->setReadOnly(true);
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_preview->setTabChangesFocus(true);
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(8, 0, 0, 0);
    column->addWidget(new QLabel(tr("The first lines, as they will be written"), part));
    column->addWidget(m_preview, 1);
    column->addWidget(m_summary);
    return part;
}

QString ExportDialog::usualOut(ExportFormat format) const
{
    const auto &word = manifest::ExportFormatWords[static_cast<std::size_t>(format)].word;
    switch (format) {
    case ExportFormat::Nemo:
        return m_workspace + u"/manifest.json"_s;
    case ExportFormat::Csv:
    case ExportFormat::SpeechBrainCsv:
        return m_workspace + u"/manifest.csv"_s;
    case ExportFormat::Tsv:
        return m_workspace + u"/manifest.tsv"_s;
    case ExportFormat::Official:
        return m_workspace + u"/segments.csv"_s;
    case ExportFormat::SpeechBrainJson:
        return m_workspace + u"/speechbrain.json"_s;
    default:
        return m_workspace + u"/export-"_s + word;
    }
}

void ExportDialog::takeFormat()
{
    const auto format = chosen<ExportFormat>(*m_format);
    if (m_out->text() == m_proposedOut) {
        m_proposedOut = usualOut(format);
        m_out->setText(m_proposedOut);
    }
    if (manifest::ExportOptions{.format = format, .out = {}}.needsClips() &&
        chosen<ClipFiles>(*m_files) == ClipFiles::Left)
        choose(*m_files, ClipFiles::Linked);
    m_settle.start();
}

void ExportDialog::chooseOut()
{
    const auto made = job();
    const bool isFolder = made && made->what.isFolder();
    const QString path = isFolder
                             ? QFileDialog::getExistingDirectory(this, tr("Folder to write"), m_workspace)
                             : QFileDialog::getSaveFileName(this, tr("File to write"), m_out->text());
    if (!path.isEmpty())
        m_out->setText(path);
}

Result<manifest::ExportJob> ExportDialog::job() const
{
    manifest::ExportJob job{
        .what = {.format = chosen<ExportFormat>(*m_format), .out = m_out->text().trimmed()}};
    auto &what = job.what;
    what.scope = chosen<ExportScope>(*m_scope);
    what.query = m_table.query;
    what.keys = m_table.selected;
    what.shortest = m_shortest->value();
    what.withDoubted = m_withDoubted->isChecked();
    for (int row = 0; row < m_columns->count(); ++row) {
        if (m_columns->item(row)->checkState() == Qt::Checked)
            what.columns.push_back(manifest::ExportColumnWords[static_cast<std::size_t>(row)].value);
    }
    what.labels = chosen<LabelKind>(*m_labels);
    what.classes = m_classes;
    if (m_paths->currentData().toInt() >= 0)
        what.paths = chosen<PathStyle>(*m_paths);
    what.prefix = m_prefix->text();
    what.clips = chosen<ClipFiles>(*m_files);
    what.withY = m_withY->isChecked();
    job.seed = static_cast<std::uint64_t>(m_seed->value());
    job.hasCard = m_card->isChecked();
    job.isFrozen = m_frozen->isChecked();
    if (const QString shares = m_shares->text().trimmed(); !shares.isEmpty()) {
        auto parsed = manifest::parseShares(shares);
        if (!parsed)
            return tl::unexpected(parsed.error());
        job.shares = std::move(*parsed);
    }
    if (what.out.isEmpty())
        return failure(ErrorCode::BadInput, tr("Say where to write it."));
    return job;
}

void ExportDialog::updatePreview()
{
    m_prefix->setEnabled(m_paths->currentData().toInt() == static_cast<int>(PathStyle::Prefixed));
    m_seed->setEnabled(!m_shares->text().trimmed().isEmpty());
    if (!m_clips)
        return;
    const auto made = job();
    if (!made) {
        showPreview(tl::unexpected(made.error()));
        return;
    }
    m_previewing.run(
        [clips = m_clips, what = made->what](std::stop_token stop) -> Result<manifest::ExportPreview> {
            const auto set = manifest::chooseClips(*clips, what, stop);
            if (!set)
                return tl::unexpected(set.error());
            return manifest::previewExport(*clips, *set, what, PreviewLines);
        },
        [this](const Result<manifest::ExportPreview> &preview) { showPreview(preview); });
}

void ExportDialog::showPreview(const Result<manifest::ExportPreview> &preview)
{
    if (!preview) {
        m_previewing.cancel();
        m_summary->setText(preview.error().text);
        m_export->setEnabled(false);
        return;
    }
    m_preview->setPlainText(QString::fromUtf8(preview->text));
    QStringList said{tr("%1 will be written.").arg(clipsText(preview->clips))};
    said += preview->warnings;
    m_summary->setText(said.join(u'\n'));
    m_export->setEnabled(preview->clips > 0);
}

void ExportDialog::accept()
{
    const auto made = job();
    if (!made) {
        m_summary->setText(made.error().text);
        return;
    }
    Q_EMIT exportRequested(*made);
    QDialog::accept();
}

} // namespace earmark::ui
