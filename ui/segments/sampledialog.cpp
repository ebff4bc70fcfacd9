#include "ui/segments/sampledialog.h"

#include "base/format.h"
#include "query/filter.h"
#include "ui/segments/outcomemodel.h"
#include "ui/theme/icons.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/listtable.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QSpinBox>
#include <QStackedWidget>
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
    , m_perClass(new QRadioButton(tr("For &each class"), this))
    , m_perClassCount(numberBox(1, 1'000'000, tr("Segments for each class"), this))
    , m_random(new QRadioButton(tr("&Of all together"), this))
    , m_randomCount(numberBox(1, 10'000'000, tr("Segments of all together"), this))
    , m_classes(new QComboBox(this))
    , m_seed(numberBox(0, std::numeric_limits<int>::max(), tr("Seed"), this))
    , m_outcome(new OutcomeModel(std::move(classes), this))
    , m_result(new QStackedWidget(this))
    , m_summary(new QLabel(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Sample"));
    resize(720, 520);

    m_perClass->setToolTip(
        tr("So many segments for each class, the rarest class first. A segment with several "
           "classes is chosen once and counts for each of them."));
    m_random->setToolTip(tr("So many of the segments found, each as likely as any other"));
    m_classes->addItem(tr("Classes that the filter asks for"));
    m_classes->addItem(tr("All classes in what is found"));
    m_classes->setAccessibleName(tr("Classes"));
    m_seed->setGroupSeparatorShown(false);
    m_seed->setToolTip(tr("The same seed chooses the same segments, on every machine"));
    auto *seedLabel = new QLabel(tr("&Seed"), this);
    seedLabel->setBuddy(m_seed);
    auto *anotherSeed = new QPushButton(tr("&Another"), this);
    anotherSeed->setToolTip(tr("Choose other segments: take a seed by chance"));
    anotherSeed->setAccessibleName(tr("Another seed"));
    anotherSeed->setAutoDefault(false);

    auto *view = new QTableView(this);
    view->setModel(m_outcome);
    makeList(*view, tr("What each class gets"));
    view->setColumnWidth(OutcomeModel::Class, 260);
    for (const int column : {OutcomeModel::Asked, OutcomeModel::Got, OutcomeModel::Available})
        view->setColumnWidth(column, 84);
    m_summary->setWordWrap(true);

    auto *evenly = new QLabel(tr("Each segment found is as likely to be chosen as any other."), this);
    evenly->setAlignment(Qt::AlignCenter);
    m_result->addWidget(view);
    m_result->addWidget(evenly);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_select = buttons->addButton(tr("Select these &rows"), QDialogButtonBox::ActionRole);
    m_select->setToolTip(tr("Select them in the table and close"));
    m_select->setDefault(true);
    m_download = buttons->addButton(tr("&Download these…"), QDialogButtonBox::ActionRole);
    m_download->setIcon(icon(u"download"_s));
    m_download->setToolTip(tr("Put them into the queue and close"));

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
    auto *column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(new QLabel(tr("Found: %1. Choose some of them by chance:")
                                     .arg(segmentsText(static_cast<qint64>(m_found->size()))),
                                 this));
    column->addLayout(grid);
    column->addWidget(m_result, 1);
    column->addWidget(m_summary);
    column->addWidget(buttons);

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
    const QString chosen = tr("%1 of %2 chosen.")
                               .arg(countText(static_cast<qint64>(sample.rows.size())),
                                    segmentsText(static_cast<qint64>(m_found->size())));
    m_summary->setText(fewer == 0 ? chosen
                       : fewer == 1
                           ? tr("%1 One class gets fewer than asked.").arg(chosen)
                           : tr("%1 %2 classes get fewer than asked.").arg(chosen, countText(fewer)));
    m_select->setEnabled(!sample.rows.empty());
    m_download->setEnabled(!sample.rows.empty());
    m_outcome->setOutcomes(std::move(sample.classes));
    m_rows = std::move(sample.rows);
}

} // namespace earmark::ui
