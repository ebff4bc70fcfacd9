#include "ui/review/auditionpage.h"

#include "base/format.h"
#include "session/session.h"
#include "ui/clip/clippanel.h"
#include "ui/clip/clipstage.h"
#include "ui/clip/spectrumpicture.h"
#include "ui/review/audition.h"
#include "ui/review/auditiondelegate.h"
#include "ui/review/auditionmodel.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/listtable.h"

#include <QActionGroup>
#include <QBoxLayout>
#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QSlider>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QToolButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int IconColumn = 28;
constexpr int VolumeSteps = 100;
constexpr auto SaidFor = 6s;

QString orderText(review::Order order)
{
    switch (order) {
    case review::Order::AsShown:
        return AuditionPage::tr("As in the table");
    case review::Order::Shuffled:
        return AuditionPage::tr("Shuffled");
    case review::Order::UndecidedFirst:
        return AuditionPage::tr("Undecided first");
    case review::Order::ByLabel:
        return AuditionPage::tr("By label, rarest first");
    }
    return {};
}

} // namespace

AuditionPage::AuditionPage(session::Session &session, ClipStage &stage, Audition &audition,
                           Settings &settings, ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_stage(stage)
    , m_audition(audition)
    , m_settings(settings)
    , m_model(new AuditionModel(session, audition, this))
    , m_clip(new ClipPanel(session, stage, actions, ClipPanel::Shape::Page, this))
    , m_list(new QTableView(this))
    , m_position(new QLabel(this))
    , m_said(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_order(new QToolButton(this))
    , m_volume(new QSlider(Qt::Horizontal, this))
{
    setAccessibleName(tr("Audition"));
    setFocusProxy(m_list);
    makeList();
    makeKeys(actions);

    auto *clip = new QWidget(this);
    auto *clipColumn = new QVBoxLayout(clip);
    clipColumn->setContentsMargins({});
    clipColumn->addWidget(m_clip, 1);
    clipColumn->addWidget(makeFoot(actions));
    auto *parts = new QSplitter(this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(clip);
    parts->addWidget(m_list);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 1);
    parts->setSizes({900, 340});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead(actions));
    column->addWidget(parts, 1);

    connect(&audition, &Audition::rowsChanged, this, &AuditionPage::showProgress);
    connect(&audition, &Audition::verdictsChanged, this, &AuditionPage::showProgress);
    connect(&audition, &Audition::positionChanged, this, &AuditionPage::showPosition);
    connect(&audition, &Audition::wishChanged, this, &AuditionPage::showWish);
    connect(&audition, &Audition::reachedEnd, this,
            [this] { say(tr("That was the last clip. Esc goes back to the table.")); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid() && !m_isFollowing)
                    m_audition.goTo(static_cast<std::size_t>(current.row()));
            });
}

QWidget *AuditionPage::makeHead(const ActionRegistry &actions)
{
    auto *head = new QWidget(this);
    m_position->setAccessibleName(tr("Place in the audition"));
    QFont bold = m_position->font();
    bold.setBold(true);
    m_position->setFont(bold);
    m_progress->setAccessibleName(tr("Progress of the audition"));
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    m_said->setAccessibleName(tr("Notice"));
    m_said->setForegroundRole(QPalette::PlaceholderText);

    m_order->setAccessibleName(tr("Order"));
    m_order->setToolTip(tr("In which order the clips come"));
    m_order->setPopupMode(QToolButton::InstantPopup);
    m_order->setFocusPolicy(Qt::TabFocus);
    auto *orders = new QMenu(m_order);
    connect(orders, &QMenu::aboutToShow, this, [this, orders] { fillOrders(*orders); });
    m_order->setMenu(orders);

    m_volume->setAccessibleName(tr("Volume"));
    m_volume->setToolTip(tr("Volume of the clips"));
    m_volume->setFocusPolicy(Qt::TabFocus);
    m_volume->setFixedWidth(110);
    m_volume->setRange(0, VolumeSteps);
    m_volume->setValue(qRound(m_settings.volume() * VolumeSteps));
    m_stage.player().setVolume(m_settings.volume());
    connect(m_volume, &QSlider::valueChanged, this, [this](int value) {
        m_stage.player().setVolume(static_cast<double>(value) / VolumeSteps);
        m_settings.volume = static_cast<double>(value) / VolumeSteps;
    });

    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 8, 12, 4);
    row->setSpacing(10);
    const auto addButton = [&](QLatin1StringView id) {
        auto *button = new ActionButton(*actions[id], ActionButton::Show::IconOnly, head);
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    };
    addButton("review.leaveAudition"_L1);
    row->addWidget(m_position);
    row->addWidget(m_progress);
    row->addWidget(m_said, 1);
    row->addWidget(m_order);
    addButton("review.blind"_L1);
    addButton("clip.soundOutput"_L1);
    row->addWidget(m_volume);
    return head;
}

QWidget *AuditionPage::makeFoot(const ActionRegistry &actions)
{
    auto *foot = new QWidget(this);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(12, 0, 12, 10);
    const auto add = [&](std::initializer_list<QLatin1StringView> ids) {
        for (const auto id : ids) {
            auto *button = new ActionButton(*actions[id], ActionButton::Show::IconAndText, foot);
            button->setFocusPolicy(Qt::TabFocus);
            row->addWidget(button);
        }
    };
    add({"review.keep"_L1, "review.reject"_L1, "review.undecide"_L1, "review.flag"_L1, "review.note"_L1});
    row->addStretch();
    add({"review.undoVerdict"_L1, "review.redoVerdict"_L1});
    return foot;
}

void AuditionPage::makeList()
{
    ui::makeList(*m_list, tr("Clips of the audition"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new AuditionDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setIconSize({16, 16});
    m_list->setMinimumWidth(180);
    auto *header = m_list->horizontalHeader();
    header->setMinimumSectionSize(IconColumn);
    header->resizeSection(AuditionModel::Verdict, IconColumn);
    header->resizeSection(AuditionModel::Flag, IconColumn);
    header->resizeSection(AuditionModel::Segment,
                          QFontMetrics(m_list->font()).horizontalAdvance(u"-0RWZT-miFs"_s) + 44);
}

/// Keys that mean something else in the table.
void AuditionPage::makeKeys(ActionRegistry &actions)
{
    actions.add("review.auditionNext"_L1, tr("Next clip"),
                tr("In the audition: go on to the next clip and play it"), u"next"_s,
                {Qt::Key_Down, Qt::Key_Right}, &m_audition, &Audition::next);
    actions.add("review.auditionPrevious"_L1, tr("Previous clip"),
                tr("In the audition: go back to the clip before and play it"), u"previous"_s,
                {Qt::Key_Up, Qt::Key_Left}, &m_audition, &Audition::previous);
    actions.add("review.toStart"_L1, tr("To the start"), tr("In the audition: go to the start of the clip"),
                {}, {Qt::Key_Home}, &m_stage.player(), [player = &m_stage.player()] { player->seek(0); });
    actions.add("review.leaveAudition"_L1, tr("Back to the table"),
                tr("Leave the audition; it goes on where it was"), u"previous"_s, {Qt::Key_Escape});
    for (const auto id : {"review.auditionNext"_L1, "review.auditionPrevious"_L1, "review.toStart"_L1,
                          "review.leaveAudition"_L1, "review.openHeard"_L1}) {
        actions[id]->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(actions[id]);
    }
    QAction *blind = actions.addSwitch("review.blind"_L1, tr("&Hide labels"),
                                       tr("Hide the labels of a clip until it has a verdict"), u"blind"_s,
                                       {Qt::Key_H}, this, [this](bool isBlind) {
                                           AuditionOptions wish = m_settings.auditionOptions();
                                           wish.isBlind = isBlind;
                                           m_settings.auditionOptions = wish;
                                           m_audition.setWish(wish);
                                       });
    blind->setChecked(m_settings.auditionOptions().isBlind);
}

void AuditionPage::fillOrders(QMenu &menu)
{
    menu.clear();
    auto *group = new QActionGroup(&menu);
    const AuditionOptions wish = m_audition.wish();
    const auto change = [this](const AuditionOptions &changed) {
        m_settings.auditionOptions = changed;
        m_audition.setWish(changed);
    };
    for (const review::Order order : review::AllOrders) {
        QAction *action = menu.addAction(orderText(order));
        action->setCheckable(true);
        action->setChecked(order == wish.order);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [change, wish, order] {
            AuditionOptions changed = wish;
            changed.order = order;
            change(changed);
        });
    }
    menu.addSeparator();
    QAction *again = menu.addAction(tr("Shuffle &anew (seed %1)").arg(wish.seed + 1));
    connect(again, &QAction::triggered, this, [change, wish] {
        AuditionOptions changed = wish;
        changed.order = review::Order::Shuffled;
        ++changed.seed;
        change(changed);
    });
    QAction *first = menu.addAction(tr("Back to &seed 1"));
    first->setEnabled(wish.seed != 1);
    connect(first, &QAction::triggered, this, [change, wish] {
        AuditionOptions changed = wish;
        changed.order = review::Order::Shuffled;
        changed.seed = 1;
        change(changed);
    });
}

void AuditionPage::fillLooks(QMenu &menu)
{
    menu.clear();
    const SpectrumLook now = m_settings.spectrumLook();
    const auto add = [&](QActionGroup &group, const QString &text, const auto &set) {
        SpectrumLook look = now;
        set(look);
        QAction *action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(look == now);
        group.addAction(action);
        connect(action, &QAction::triggered, this, [this, look] {
            m_settings.spectrumLook = look;
            Q_EMIT lookChanged(look);
        });
    };
    menu.addSection(tr("Frequencies"));
    auto *axes = new QActionGroup(&menu);
    add(*axes, tr("&Mel, as the ear has it"),
        [](SpectrumLook &look) { look.axis = SpectrumLook::Axis::Mel; });
    add(*axes, tr("&Linear"), [](SpectrumLook &look) { look.axis = SpectrumLook::Axis::Linear; });
    menu.addSection(tr("Dynamic range"));
    auto *ranges = new QActionGroup(&menu);
    for (const int range : {50, 65, 80, 100, 120})
        add(*ranges, tr("%1 dB").arg(range), [range](SpectrumLook &look) { look.range = range; });
    menu.addSection(tr("Colours"));
    auto *maps = new QActionGroup(&menu);
    add(*maps, tr("&Viridis, for every eye"), [](SpectrumLook &look) { look.map = ColourMap::Viridis; });
    add(*maps, tr("&Inferno"), [](SpectrumLook &look) { look.map = ColourMap::Inferno; });
    add(*maps, tr("&Grey"), [](SpectrumLook &look) { look.map = ColourMap::Grey; });
}

void AuditionPage::say(const QString &text)
{
    m_said->setText(text);
    QTimer::singleShot(SaidFor, m_said, [said = m_said, text] {
        if (said->text() == text)
            said->clear();
    });
}

void AuditionPage::showProgress()
{
    const auto count = static_cast<int>(m_audition.rows().size());
    m_progress->setRange(0, std::max(count, 1));
    m_progress->setValue(static_cast<int>(m_audition.decidedCount()));
    m_progress->setToolTip(
        tr("%1 of %2 have a verdict").arg(countText(m_audition.decidedCount()), clipsText(count)));
    showPosition();
}

void AuditionPage::showPosition()
{
    const auto count = static_cast<qint64>(m_audition.rows().size());
    if (count == 0) {
        m_position->clear();
        return;
    }
    m_position->setText(
        tr("%1 of %2").arg(countText(static_cast<qint64>(m_audition.position()) + 1), countText(count)));
    m_isFollowing = true;
    m_list->selectRow(static_cast<int>(m_audition.position()));
    m_isFollowing = false;
}

void AuditionPage::showWish()
{
    const AuditionOptions &wish = m_audition.wish();
    QString text = orderText(wish.order);
    if (wish.order == review::Order::Shuffled)
        text += tr(", seed %1").arg(wish.seed);
    m_order->setText(text);
    constexpr int ArrowRoom = 14; // the style draws the arrow of the menu over the text's end
    m_order->setMinimumWidth(m_order->sizeHint().width() + ArrowRoom);
    m_clip->setBlind(wish.isBlind);
}

} // namespace earmark::ui
