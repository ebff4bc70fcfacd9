#include "ui/segments/sampledialog.h"

#include "base/format.h"
#include "query/filter.h"
#include "ui/segments/outcomemodel.h"
#include "ui/theme/icons.h"
#include "ui/widgets/fit.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/pages.h"
#include "ui/widgets/scrollbody.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QSpinBox>
#include <QTableView>

#include <algorithm>
#include <limits>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const std::vector<segments::Row>> ascending(std::vector<segments::Row> rows)
{
    if (!std::ranges::is_sorted(rows))
        std::ranges::sort(rows);
    return std::make_shared<const std::vector<segments::Row>>(std::move(rows));
}

QSpinBox *numberBox(int from, int to, const QString &name, QWidget *parent)
{
    auto *box = new QSpinBox(parent);
    box->setRange(from, to);
    box->setGroupSeparatorShown(true);
    box->setAccelerated(true);
    box->setAccessibleName(name);
    box->setAlignment(Qt::AlignRight);
    return box;
}

} // namespace

SampleDialog::SampleDialog(std::shared_ptr<const readers::Split> split, classes::Classes classes,
                           std::vector<segments::Row> found, const query::QueryNode &query,
                           Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_split(std::move(split))
    , m_found(ascending(std::move(found)))
    , m_sought(query::Filter(m_split->table, classes).soughtLabels(query))
    , m_settings(settings)
    , m_perClass(new QRadioButton(tr("Per &class"), this))
    , m_perClassCount(numberBox(1, 1'000'000, tr("Segments per class"), this))
    , m_random(new QRadioButton(tr("In &total"), this))
    , m_randomCount(numberBox(1, 10'000'000, tr("Segments in total"), this))
    , m_classes(new QComboBox(this))
    , m_seed(numberBox(0, std::numeric_limits<int>::max(), tr("Seed"), this))
    , m_outcome(new OutcomeModel(std::move(classes), this))
    , m_result(new Pages(this))
    , m_summary(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Pick random sample"));
    setFirstSize(*this, {720, 520});

    m_perClass->setToolTip(tr("Segments per class, rarest class first. A segment with several classes is "
                              "selected once and counts for each of them."));
    m_random->setToolTip(tr("Segments in total, each match equally likely"));
    m_classes->addItem(tr("Classes in the filter"));
    m_classes->addItem(tr("All classes in the matches"));
    m_classes->setAccessibleName(tr("Classes"));
    m_seed->setGroupSeparatorShown(false);
    m_seed->setToolTip(tr("The same seed selects the same segments on every computer"));
    auto *seedLabel = new QLabel(tr("S&eed"), this);
    seedLabel->setBuddy(m_seed);
    auto *anotherSeed = new QPushButton(tr("&New seed"), this);
    anotherSeed->setToolTip(tr("Select other segments with a random seed"));
    anotherSeed->setAccessibleName(tr("New seed"));
    anotherSeed->setAutoDefault(false);

    auto *view = new QTableView(this);
    view->setModel(m_outcome);
    makeList(*view, tr("Selected segments per class"));
    view->setColumnWidth(OutcomeModel::Class, fontMetrics().averageCharWidth() * 40);
    for (const int column : {OutcomeModel::Asked, OutcomeModel::Got, OutcomeModel::Available})
        view->setColumnWidth(column, fontMetrics().averageCharWidth() * 13);
    m_summary->setWordWrap(true);

    auto *evenly = new QLabel(tr("Every matching segment is equally likely to be selected."), this);
    evenly->setAlignment(Qt::AlignCenter);
    evenly->setWordWrap(true);
    m_result->addWidget(view);
    m_result->addWidget(evenly);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_select = buttons->addButton(tr("&Select these segments"), QDialogButtonBox::ActionRole);
    m_select->setToolTip(tr("Select these segments in the table and close"));
    m_select->setDefault(true);
    m_download = buttons->addButton(tr("&Download these…"), QDialogButtonBox::ActionRole);
    m_download->setIcon(icon(u"download"_s));
    m_download->setToolTip(tr("Queue the clips of these segments and close"));

    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->addWidget(m_perClass, 0, 0);
    grid->addWidget(m_perClassCount, 0, 1);
    grid->addWidget(m_classes, 0, 2, 1, 2);
    grid->addWidget(m_random, 1, 0);
    grid->addWidget(m_randomCount, 1, 1);
    grid->addWidget(seedLabel, 2, 0);
    grid->addWidget(m_seed, 2, 1);
    grid->addWidget(anotherSeed, 2, 2);
    grid->setColumnStretch(3, 1);
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setSpacing(10);
    column->addWidget(
        new QLabel(plural(std::ssize(*m_found), tr("Pick a random sample of the 1 matching segment:"),
                          tr("Pick a random sample of the %1 matching segments:")),
                   this));
    column->addLayout(grid);
    column->addWidget(m_result, 1);
    column->addWidget(m_summary);
    layOutDialog(*this, *content, *buttons);

    restore(settings.sampleOptions());
    connect(m_perClass, &QRadioButton::toggled, this, &SampleDialog::choose);
    connect(m_classes, &QComboBox::currentIndexChanged, this, &SampleDialog::choose);
    for (QSpinBox *box : {m_perClassCount, m_randomCount, m_seed})
        connect(box, &QSpinBox::valueChanged, this, &SampleDialog::choose);
    connect(anotherSeed, &QPushButton::clicked, this,
            [this] { m_seed->setValue(QRandomGenerator::global()->bounded(1'000'000)); });
    connect(m_select, &QPushButton::clicked, this, [this] {
        Q_EMIT selectRequested(m_rows);
        accept();
    });
    connect(m_download, &QPushButton::clicked, this, [this] {
        Q_EMIT downloadRequested(m_rows, wish());
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::finished, this, [this] { m_settings.sampleOptions = wish(); });
    choose();
}

SampleDialog::~SampleDialog() = default;

void SampleDialog::restore(const SampleOptions &wish)
{
    m_perClass->setChecked(wish.isPerClass);
    m_random->setChecked(!wish.isPerClass);
    m_perClassCount->setValue(wish.perClass);
    m_randomCount->setValue(wish.random);
    m_classes->setCurrentIndex(wish.allClasses ? 1 : 0);
    m_seed->setValue(wish.seed);
    (wish.isPerClass ? m_perClassCount : m_randomCount)->setFocus();
}

SampleOptions SampleDialog::wish() const
{
    return {.isPerClass = m_perClass->isChecked(),
            .perClass = m_perClassCount->value(),
            .random = m_randomCount->value(),
            .allClasses = m_classes->currentIndex() == 1,
            .seed = m_seed->value()};
}

void SampleDialog::choose()
{
    const SampleOptions wanted = wish();
    const bool isAsking = std::ranges::find(m_sought, true) != m_sought.end();
    m_perClassCount->setEnabled(wanted.isPerClass);
    m_randomCount->setEnabled(!wanted.isPerClass);
    // A query without classes leaves nothing to choose between.
    m_classes->setVisible(isAsking);
    m_classes->setEnabled(wanted.isPerClass);
    m_result->setCurrentIndex(wanted.isPerClass ? 0 : 1);
    m_select->setEnabled(false);
    m_download->setEnabled(false);
    m_task.run(
        [split = m_split, found = m_found, sought = wanted.allClasses ? std::vector<bool>() : m_sought,
         wanted](const std::stop_token &stop) -> segments::Sample {
            const auto seed = static_cast<std::uint64_t>(wanted.seed);
            if (!wanted.isPerClass)
                return {segments::sampleAtRandom(split->table, *found,
                                                 static_cast<segments::Row>(wanted.random), seed, stop),
                        {}};
            return segments::samplePerClass(split->table, *found,
                                            segments::classesToSample(split->table, *found, sought),
                                            static_cast<segments::Row>(wanted.perClass), seed, stop);
        },
        [this](segments::Sample sample) { takeSample(std::move(sample)); });
}

void SampleDialog::takeSample(segments::Sample sample)
{
    const auto fewer =
        std::ranges::count_if(sample.classes, [](const auto &each) { return each.got < each.asked; });
    QStringList said{
        plural(std::ssize(*m_found), tr("%2 of 1 segment selected."), tr("%2 of %1 segments selected."))
            .arg(countText(std::ssize(sample.rows)))};
    if (fewer > 0)
        said.append(plural(fewer, tr("1 class has fewer segments than requested."),
                           tr("%1 classes have fewer segments than requested.")));
    m_summary->setText(said.join(u' '));
    m_select->setEnabled(!sample.rows.empty());
    m_download->setEnabled(!sample.rows.empty());
    m_outcome->setOutcomes(std::move(sample.classes));
    m_rows = std::move(sample.rows);
}

} // namespace earmark::ui
