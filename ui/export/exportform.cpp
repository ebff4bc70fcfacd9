#include "ui/export/exportform.h"

#include "base/format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/ask.h"
#include "ui/widgets/formatting.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>
#include <QToolButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using exports::ClipFiles;
using exports::ExportScope;
using exports::LabelKind;
using exports::PathStyle;

namespace {

/// What clips are chosen from.
enum class From { All, Matching, Selected };

// What wish() calls label maps that are no file of the user's choice.
constexpr QLatin1StringView WindowMap("");
constexpr QLatin1StringView AudioSetMap("527");
constexpr QLatin1StringView YamNetMap("521");
constexpr QLatin1StringView AskForMap("?");

/// A field of the form, with a name for those who hear it.
template <class Control>
Control *named(Control *control, const QString &name, const QString &tip)
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

/// Stays as it is when there is no such choice.
template <class Value>
void choose(QComboBox &box, Value value)
{
    if (const int at = box.findData(static_cast<int>(value)); at >= 0)
        box.setCurrentIndex(at);
}

template <class Words>
QString chosenWord(const QComboBox &box, const Words &words)
{
    return keywordOf(words, chosen<decltype(words[0].value)>(box));
}

template <class Words>
void chooseWord(QComboBox &box, const Words &words, const QVariant &word)
{
    if (const auto value = fromKeyword(words, word.toString()))
        choose(box, *value);
}

void check(QCheckBox &box, const QVariant &value)
{
    if (value.isValid())
        box.setChecked(value.toBool());
}

} // namespace

ExportForm::ExportForm(QString workspace, classes::Classes classes, ExportSelection table, QWidget *parent)
    : QWidget(parent)
    , m_workspace(std::move(workspace))
    , m_classes(std::move(classes))
    , m_table(std::move(table))
    , m_scope(named(new QComboBox(this), tr("Which clips"), tr("Clips with which verdicts are exported")))
    , m_from(named(new QComboBox(this), tr("Chosen from"), tr("The clips to choose from")))
    , m_format(named(new QComboBox(this), tr("Format"), tr("The program that is to read it")))
    , m_out(named(new QLineEdit(this), tr("Write to"),
                  tr("The file or folder to write; what was there goes when the new one is whole")))
    , m_labels(named(new QComboBox(this), tr("Labels as"), tr("How a clip's classes are written")))
    , m_map(named(new QComboBox(this), tr("Label map"),
                  tr("Gives classes their names and indices, and decides which there are")))
    , m_multiHot(named(new QCheckBox(tr("A column of 0 and 1 for eac&h class"), this),
                       tr("A column for each class"),
                       tr("For tables: the multi-hot matrix of the label map's classes")))
    , m_withDoubted(named(new QCheckBox(tr("Also labels that a listener &doubts"), this),
                          tr("Also doubted labels"), tr("Else labels that were not heard are left out")))
    , m_shortest(named(new QDoubleSpinBox(this), tr("Shortest clip, seconds"),
                       tr("Clips that are shorter are left out")))
    , m_paths(named(new QComboBox(this), tr("Paths"), tr("How the clips' files are named in it")))
    , m_prefix(
          named(new QLineEdit(this), tr("Prefix of paths"), tr("Stands before the name of each clip's file")))
    , m_files(named(new QComboBox(this), tr("Files of the clips"),
                    tr("Whether the clips go along; hard links take no room on the same disk")))
    , m_withY(named(new QCheckBox(tr("File names begin with &Y"), this), tr("File names begin with Y"),
                    tr("AudioSet's ids may begin with a dash, which programs take for an option")))
    , m_columns(named(new QListWidget(this), tr("Further columns"), tr("What else to say of each clip")))
    , m_shares(named(new QLineEdit(this), tr("Split into parts"),
                     tr("80/10/10 for train, validation and test, or names: train=70,dev=30. No video and no "
                        "sound is in two parts, and every class is spread over them.")))
    , m_seed(named(new QSpinBox(this), tr("Seed of the split"),
                   tr("The same seed gives the same parts everywhere")))
    , m_card(named(
          new QCheckBox(tr("With dataset card and covera&ge"), this), tr("With dataset card and coverage"),
          tr("dataset_card.md and coverage.json: where the clips came from, what is missing and why")))
    , m_frozen(named(new QCheckBox(tr("With checksums of &all files"), this), tr("With checksums"),
                     tr("checksums.sha256: earmark-cli verify and sha256sum check them on another machine")))
{
    auto *browse = new QToolButton(this);
    browse->setIcon(icon(u"folder"_s));
    browse->setFocusPolicy(Qt::StrongFocus);
    m_browse = named(browse, tr("Choose where to write"), tr("Choose where to write"));
    connect(browse, &QToolButton::clicked, this, &ExportForm::chooseOut);
    fill();
    arrange();
    connectAll();
    takeFormat();
}

void ExportForm::fill()
{
    const auto add = [](QComboBox &box, const QString &text, auto value) {
        box.addItem(text, static_cast<int>(value));
    };
    add(*m_scope, tr("All but rejected clips"), ExportScope::NotRejected);
    add(*m_scope, tr("Kept clips only"), ExportScope::Kept);
    add(*m_scope, tr("All clips, rejected ones included"), ExportScope::All);
    add(*m_from, tr("The whole workspace"), From::All);
    if (!m_table.query.isEmpty())
        add(*m_from, tr("Matching clips: %1").arg(m_table.query), From::Matching);
    if (!m_table.selected.isEmpty())
        add(*m_from, tr("Selected clips: %1").arg(countText(m_table.selected.size())), From::Selected);
    for (const auto &format : exports::exportFormats())
        m_format->addItem(QString(format.explanation), QString(format.keyword));
    add(*m_labels, tr("Ids, /m/0bt9lr"), LabelKind::Ids);
    add(*m_labels, tr("Names, Dog"), LabelKind::Names);
    add(*m_labels, tr("Indices of the label map, 74"), LabelKind::Indices);
    if (m_classes.labels.get() != &classes::LabelMap::builtIn())
        m_map->addItem(tr("That of the window, %1 classes").arg(m_classes.labels->labels().size()),
                       QString(WindowMap));
    m_map->addItem(tr("AudioSet's 527 classes"), QString(AudioSetMap));
    m_map->addItem(tr("YAMNet's 521 classes"), QString(YamNetMap));
    m_map->addItem(tr("A file…"), QString(AskForMap));
    m_mapBefore = m_map->currentData().toString();
    m_paths->addItem(tr("As the format wants them"), -1);
    add(*m_paths, tr("Relative to the manifest"), PathStyle::Relative);
    add(*m_paths, tr("Absolute"), PathStyle::Absolute);
    add(*m_paths, tr("With a prefix"), PathStyle::Prefixed);
    add(*m_files, tr("Left in the workspace"), ClipFiles::Left);
    add(*m_files, tr("Copied"), ClipFiles::Copied);
    add(*m_files, tr("Hard-linked"), ClipFiles::Linked);
    for (const auto &each : exports::ExportColumnKeywords) {
        auto *item = new QListWidgetItem(QString(each.keyword), m_columns);
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
    // Long queries and formats would make the form wider than the preview.
    for (QComboBox *box : {m_scope, m_from, m_format, m_map}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(28);
    }
}

void ExportForm::arrange()
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 8, 0);
    const auto addRow = [this, form](const QString &name, QLayout *row, QWidget &first) {
        auto *label = new QLabel(name, this);
        label->setBuddy(&first);
        form->addRow(label, row);
    };
    form->addRow(tr("&Clips"), m_scope);
    form->addRow(tr("Fr&om"), m_from);
    form->addRow(tr("&Format"), m_format);
    auto *out = new QHBoxLayout;
    out->addWidget(m_out, 1);
    out->addWidget(m_browse);
    addRow(tr("&Write to"), out, *m_out);
    form->addRow(tr("&Labels as"), m_labels);
    form->addRow(tr("Label &map"), m_map);
    form->addRow({}, m_multiHot);
    form->addRow({}, m_withDoubted);
    form->addRow(tr("&Shortest"), m_shortest);
    form->addRow(tr("&Paths"), m_paths);
    form->addRow(tr("P&refix"), m_prefix);
    form->addRow(tr("F&iles"), m_files);
    form->addRow({}, m_withY);
    form->addRow(tr("Col&umns"), m_columns);
    auto *split = new QHBoxLayout;
    split->addWidget(m_shares, 1);
    split->addWidget(new QLabel(tr("seed"), this));
    split->addWidget(m_seed);
    addRow(tr("Spli&t"), split, *m_shares);
    form->addRow({}, m_card);
    form->addRow({}, m_frozen);

    const std::vector<QWidget *> order{m_scope,  m_from,   m_format,   m_out,         m_browse,
                                       m_labels, m_map,    m_multiHot, m_withDoubted, m_shortest,
                                       m_paths,  m_prefix, m_files,    m_withY,       m_columns,
                                       m_shares, m_seed,   m_card,     m_frozen};
    for (std::size_t at = 1; at < order.size(); ++at)
        setTabOrder(order[at - 1], order[at]);
}

void ExportForm::connectAll()
{
    connect(m_files, &QComboBox::currentIndexChanged, this, &ExportForm::proposeOut);
    connect(m_shares, &QLineEdit::textChanged, this, &ExportForm::proposeOut);
    for (QComboBox *box : {m_scope, m_from, m_labels, m_paths, m_files})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportForm::changed);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportForm::takeFormat);
    connect(m_map, &QComboBox::activated, this, &ExportForm::chooseMap);
    for (QCheckBox *box : {m_multiHot, m_withDoubted, m_withY, m_card, m_frozen})
        connect(box, &QCheckBox::toggled, this, &ExportForm::changed);
    for (QLineEdit *edit : {m_prefix, m_shares, m_out})
        connect(edit, &QLineEdit::textChanged, this, &ExportForm::changed);
    connect(m_columns, &QListWidget::itemChanged, this, &ExportForm::changed);
    connect(m_shortest, &QDoubleSpinBox::valueChanged, this, &ExportForm::changed);
    connect(this, &ExportForm::changed, this, &ExportForm::updateEnabled);
}

const exports::ExportFormat &ExportForm::format() const
{
    return *exports::exportFormat(m_format->currentData().toString());
}

QString ExportForm::usualOut() const
{
    const exports::ExportOptions options{.format = &format(), .clips = chosen<ClipFiles>(*m_files)};
    const bool isFolder = options.isFolder(!m_shares->text().trimmed().isEmpty());
    return m_workspace + u'/' +
           (isFolder ? u"export-"_s + options.format->keyword : QString(options.format->file));
}

void ExportForm::proposeOut()
{
    if (m_out->text() != m_proposedOut)
        return;
    m_proposedOut = usualOut();
    m_out->setText(m_proposedOut);
}

void ExportForm::takeFormat()
{
    if (format().needsClips && chosen<ClipFiles>(*m_files) == ClipFiles::Left)
        choose(*m_files, ClipFiles::Linked);
    proposeOut();
    Q_EMIT changed();
}

void ExportForm::chooseOut()
{
    const auto made = job();
    const bool isFolder = made && made->isFolder();
    askForFile(this, isFolder ? FileChoice::Folder : FileChoice::Save,
               isFolder ? tr("Folder to write") : tr("File to write"), isFolder ? m_workspace : m_out->text(),
               {}, [this](const QString &path) { m_out->setText(path); });
}

void ExportForm::addMap(const QString &text, const QString &source)
{
    int at = m_map->findData(source);
    if (at < 0) {
        at = m_map->count() - 1; // before the one that asks for another
        m_map->insertItem(at, text, source);
    }
    m_map->setCurrentIndex(at);
}

void ExportForm::chooseMap()
{
    const QString source = m_map->currentData().toString();
    if (source != AskForMap) {
        readMap(source);
        return;
    }
    m_map->setCurrentIndex(m_map->findData(m_mapBefore)); // until there is another
    askForFile(this, FileChoice::Open, tr("Open label file"), {},
               tr("Label files (*.csv *.tsv *.txt);;All files (*)"),
               [this](const QString &path) { readMap(path); });
}

void ExportForm::readMap(const QString &source)
{
    addMap(nameOf(source), source);
    m_mapBefore = source;
    m_fileMap = nullptr;
    m_reading.cancel();
    if (source != WindowMap && source != AudioSetMap && source != YamNetMap) {
        m_reading.run(
            [source](std::stop_token stop) { return classes::LabelMap::read(source, std::move(stop)); },
            [this](Result<classes::LabelMap> read) {
                m_fileMap = std::move(read).map([](classes::LabelMap map) {
                    return std::make_shared<const classes::LabelMap>(std::move(map));
                });
                Q_EMIT changed();
            });
    }
    Q_EMIT changed();
}

void ExportForm::updateEnabled()
{
    m_multiHot->setEnabled(format().takesMultiHot);
    m_prefix->setEnabled(m_paths->currentData().toInt() == static_cast<int>(PathStyle::Prefixed));
    m_seed->setEnabled(!m_shares->text().trimmed().isEmpty());
}

Result<exports::ExportJob> ExportForm::job() const
{
    exports::ExportJob job{.options = {.format = &format(), .out = m_out->text().trimmed()}};
    job.facts.sources = {m_table.source};
    auto &options = job.options;
    options.scope = chosen<ExportScope>(*m_scope);
    if (chosen<From>(*m_from) == From::Matching)
        options.query = m_table.query;
    if (chosen<From>(*m_from) == From::Selected)
        options.keys = m_table.selected;
    options.shortest = m_shortest->value();
    options.withDoubted = m_withDoubted->isChecked();
    for (int row = 0; row < m_columns->count(); ++row) {
        if (m_columns->item(row)->checkState() == Qt::Checked)
            options.columns.push_back(exports::ExportColumnKeywords[static_cast<std::size_t>(row)].value);
    }
    options.labels = chosen<LabelKind>(*m_labels);
    options.classes = m_classes;
    if (const QString source = m_map->currentData().toString(); source == AudioSetMap) {
        options.classes.labels = classes::Classes().labels;
    } else if (source == YamNetMap) {
        options.classes.labels = {std::shared_ptr<const classes::LabelMap>(), &classes::LabelMap::yamNet()};
    } else if (source != WindowMap) {
        if (!m_fileMap)
            return tl::unexpected(m_fileMap.error());
        if (!*m_fileMap)
            return failure(ErrorCode::BadInput, tr("Reading %1 …").arg(nameOf(source)));
        options.classes.labels = *m_fileMap;
    }
    options.isMultiHot = m_multiHot->isEnabled() && m_multiHot->isChecked();
    if (m_paths->currentData().toInt() >= 0)
        options.paths = chosen<PathStyle>(*m_paths);
    options.prefix = m_prefix->text();
    options.clips = chosen<ClipFiles>(*m_files);
    options.hasYPrefix = m_withY->isChecked();
    job.seed = static_cast<std::uint64_t>(m_seed->value());
    job.hasCard = m_card->isChecked();
    job.withChecksums = m_frozen->isChecked();
    if (const QString shares = m_shares->text().trimmed(); !shares.isEmpty()) {
        auto parsed = exports::parseShares(shares);
        if (!parsed)
            return tl::unexpected(parsed.error());
        job.shares = std::move(*parsed);
    }
    if (options.out.isEmpty())
        return failure(ErrorCode::BadInput, tr("Say where to write it."));
    return job;
}

QVariantMap ExportForm::wish() const
{
    QStringList columns;
    for (int row = 0; row < m_columns->count(); ++row) {
        if (m_columns->item(row)->checkState() == Qt::Checked)
            columns.append(m_columns->item(row)->text());
    }
    return {{u"scope"_s, chosenWord(*m_scope, exports::ExportScopeKeywords)},
            {u"format"_s, m_format->currentData()},
            {u"labels"_s, chosenWord(*m_labels, exports::LabelKindKeywords)},
            {u"map"_s, m_map->currentData()},
            {u"multiHot"_s, m_multiHot->isChecked()},
            {u"withDoubted"_s, m_withDoubted->isChecked()},
            {u"shortest"_s, m_shortest->value()},
            {u"paths"_s, chosenWord(*m_paths, exports::PathStyleKeywords)},
            {u"prefix"_s, m_prefix->text()},
            {u"files"_s, chosenWord(*m_files, exports::ClipFilesKeywords)},
            {u"hasYPrefix"_s, m_withY->isChecked()},
            {u"columns"_s, columns.join(u',')},
            {u"shares"_s, m_shares->text()},
            {u"seed"_s, m_seed->value()},
            {u"card"_s, m_card->isChecked()},
            {u"frozen"_s, m_frozen->isChecked()},
            {u"out"_s, m_out->text() == m_proposedOut ? QString() : m_out->text()},
            {u"workspace"_s, m_workspace}};
}

void ExportForm::restore(const QVariantMap &wish)
{
    if (wish.isEmpty())
        return;
    chooseWord(*m_scope, exports::ExportScopeKeywords, wish[u"scope"_s]);
    if (const int at = m_format->findData(wish[u"format"_s]); at >= 0)
        m_format->setCurrentIndex(at);
    chooseWord(*m_labels, exports::LabelKindKeywords, wish[u"labels"_s]);
    chooseWord(*m_paths, exports::PathStyleKeywords, wish[u"paths"_s]);
    chooseWord(*m_files, exports::ClipFilesKeywords, wish[u"files"_s]);
    // A file that is gone is not asked for, and neither is the window's when it has none of its own.
    if (const QString source = wish[u"map"_s].toString();
        m_map->findData(source) >= 0 || QFileInfo(source).isFile())
        readMap(source);
    check(*m_multiHot, wish[u"multiHot"_s]);
    check(*m_withDoubted, wish[u"withDoubted"_s]);
    check(*m_withY, wish[u"hasYPrefix"_s]);
    check(*m_card, wish[u"card"_s]);
    check(*m_frozen, wish[u"frozen"_s]);
    m_shortest->setValue(wish[u"shortest"_s].toDouble());
    m_prefix->setText(wish[u"prefix"_s].toString());
    m_shares->setText(wish[u"shares"_s].toString());
    m_seed->setValue(wish.value(u"seed"_s, 1).toInt());
    const QStringList columns = wish[u"columns"_s].toString().split(u',');
    for (int row = 0; row < m_columns->count(); ++row)
        m_columns->item(row)->setCheckState(columns.contains(m_columns->item(row)->text()) ? Qt::Checked
                                                                                           : Qt::Unchecked);
    if (const QString out = wish[u"out"_s].toString();
        !out.isEmpty() && wish[u"workspace"_s].toString() == m_workspace)
        m_out->setText(out);
}

} // namespace earmark::ui
