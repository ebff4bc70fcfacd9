#include "ui/labels/labelmodel.h"

#include "base/format.h"
#include "ui/labels/labeltip.h"
#include "ui/widgets/formatting.h"

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

using query::LabelTicks;

namespace {

/// AudioSet's tree has 690 rows. A made-up ontology in which everything has two parents may have 2^n.
constexpr std::size_t MostItems = 20'000;

} // namespace

LabelModel::LabelModel(QObject *parent)
    : QAbstractItemModel(parent)
{
    setClasses({}, nullptr);
}

void LabelModel::setClasses(const classes::Classes &classes, const segments::SegmentTable *table)
{
    beginResetModel();
    const QString query = m_ticks.text();
    m_classes = classes;
    m_counts = {};
    const auto labels = static_cast<segments::LabelNumber>(table ? table->labelCount() : 0);
    std::vector<QByteArray> others;
    for (segments::LabelNumber label = 0; label < labels; ++label) {
        if (classes.ontology->find(table->mid(label)) < 0)
            others.push_back(table->mid(label));
    }
    m_isOnlyOthers = labels > 0 && others.size() == labels;
    std::ranges::sort(others);
    m_ticks = LabelTicks(classes, others);
    m_ticks.read(query);

    QHash<QByteArray, segments::LabelNumber> numbers;
    for (segments::LabelNumber label = 0; label < labels; ++label)
        numbers.insert(table->mid(label), label);
    m_labelNumbers.assign(static_cast<std::size_t>(m_ticks.size()), std::nullopt);
    for (int number = 0; number < m_ticks.size(); ++number) {
        if (const auto found = numbers.constFind(m_ticks.mid(number)); found != numbers.cend())
            m_labelNumbers[static_cast<std::size_t>(number)] = *found;
    }
    build();
    endResetModel();
}

void LabelModel::setList(bool isList)
{
    if (isList == m_isList)
        return;
    beginResetModel();
    m_isList = isList;
    build();
    endResetModel();
}

QModelIndex LabelModel::onlyOthers() const
{
    return m_isOnlyOthers && !m_isList ? index(static_cast<int>(m_tops.size()) - 1, Class) : QModelIndex();
}

LabelTicks::Reach LabelModel::reach() const
{
    return m_isList ? LabelTicks::Reach::Alone : LabelTicks::Reach::WithBelow;
}

int LabelModel::add(int number, int parent)
{
    const auto place = static_cast<int>(m_items.size());
    auto &siblings = parent < 0 ? m_tops : m_items[static_cast<std::size_t>(parent)].children;
    const auto row = static_cast<int>(siblings.size());
    siblings.push_back(place);
    m_items.push_back({number, parent, row});
    return place;
}

void LabelModel::addWithBelow(int number, int parent)
{
    if (m_items.size() >= MostItems)
        return;
    const int place = add(number, parent);
    for (const int child : m_ticks.node(number)->children)
        addWithBelow(child, place);
}

void LabelModel::build()
{
    m_items.clear();
    m_tops.clear();
    if (m_isList) {
        std::vector<std::pair<QString, int>> listed;
        for (int number = 0; number < m_ticks.size(); ++number) {
            // A class that only gathers others has no segments of its own, as long as the split agrees.
            const auto *node = m_ticks.node(number);
            if (!node || !node->abstract || m_labelNumbers[static_cast<std::size_t>(number)])
                listed.emplace_back(query::folded(m_ticks.name(number)), number);
        }
        std::ranges::sort(listed);
        for (const auto &[name, number] : listed)
            add(number, -1);
        return;
    }
    const auto nodes = static_cast<int>(m_classes.ontology->nodes().size());
    for (int number = 0; number < nodes; ++number) {
        if (m_ticks.node(number)->parents.empty())
            addWithBelow(number, -1);
    }
    if (nodes == m_ticks.size())
        return;
    const int others = add(-1, -1);
    for (int number = nodes; number < m_ticks.size(); ++number)
        add(number, others);
}

void LabelModel::setQuery(const QString &text)
{
    if (text == m_ticks.text())
        return;
    m_ticks.read(text);
    announce(Class, Class, {Qt::CheckStateRole, ExcludedRole, Qt::AccessibleTextRole});
}

void LabelModel::setCounts(Counts counts)
{
    m_counts = std::move(counts);
    announce(Split, Ready, {Qt::DisplayRole, SortRole});
}

/// Rows are announced parent by parent: a signal is about one of them.
void LabelModel::announce(int firstColumn, int lastColumn, const QList<int> &roles)
{
    const auto tell = [&](const std::vector<int> &places) {
        if (places.empty())
            return;
        const auto last = static_cast<int>(places.size()) - 1;
        Q_EMIT dataChanged(createIndex(0, firstColumn, static_cast<quintptr>(places.front())),
                           createIndex(last, lastColumn, static_cast<quintptr>(places.back())), roles);
    };
    tell(m_tops);
    for (const Item &item : m_items)
        tell(item.children);
}

const LabelModel::Item &LabelModel::item(const QModelIndex &index) const
{
    return m_items[static_cast<std::size_t>(index.internalId())];
}

QModelIndex LabelModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const auto &places = parent.isValid() ? item(parent).children : m_tops;
    return createIndex(row, column, static_cast<quintptr>(places[static_cast<std::size_t>(row)]));
}

QModelIndex LabelModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || item(index).parent < 0)
        return {};
    const int place = item(index).parent;
    return createIndex(m_items[static_cast<std::size_t>(place)].row, 0, static_cast<quintptr>(place));
}

int LabelModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    return static_cast<int>(parent.isValid() ? item(parent).children.size() : m_tops.size());
}

int LabelModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

Qt::ItemFlags LabelModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    const bool canTick = index.isValid() && index.column() == Class && item(index).number >= 0;
    return canTick ? flags | Qt::ItemIsUserCheckable : flags;
}

std::optional<std::uint32_t> LabelModel::count(const Item &item, int column) const
{
    const auto &counts = column == Split ? m_counts.split : column == Found ? m_counts.found : m_counts.ready;
    return item.number < 0 ? std::nullopt : count(counts, item.number, m_isList);
}

std::optional<std::uint32_t> LabelModel::count(const std::optional<segments::LabelCounts::Counts> &counts,
                                               int number, bool exactly) const
{
    if (!counts)
        return std::nullopt;
    if (!exactly && m_ticks.node(number))
        return counts->node[static_cast<std::size_t>(number)];
    const auto label = m_labelNumbers[static_cast<std::size_t>(number)];
    return label ? counts->label[*label] : 0;
}

QVariant LabelModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Item &one = item(index);
    if (role == NumberRole)
        return one.number;
    if (role == MidRole)
        return one.number < 0 ? QString() : QString::fromUtf8(m_ticks.mid(one.number));
    if (role == Qt::ToolTipRole)
        return toolTip(one);
    return index.column() == Class ? classData(one, role) : countData(one, index.column(), role);
}

QVariant LabelModel::classData(const Item &item, int role) const
{
    const QString name = item.number < 0 ? tr("Other labels") : m_ticks.name(item.number);
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case SortRole:
        return query::folded(name);
    default:
        break;
    }
    if (item.number < 0)
        return {};
    const bool isExcluded = m_ticks.isExcluded(item.number);
    switch (role) {
    case Qt::AccessibleTextRole:
        return isExcluded ? tr("%1, excluded").arg(name) : name;
    case ExcludedRole:
        return isExcluded;
    case BadgesRole: {
        QStringList badges;
        if (const auto *node = m_ticks.node(item.number)) {
            if (node->blacklisted)
                badges.append(tr("blacklisted"));
            if (node->abstract)
                badges.append(tr("abstract"));
        }
        return badges;
    }
    case Qt::CheckStateRole:
        switch (m_ticks.tick(item.number, reach())) {
        case LabelTicks::Tick::Off:
            return Qt::Unchecked;
        case LabelTicks::Tick::Partly:
            return Qt::PartiallyChecked;
        case LabelTicks::Tick::On:
            return Qt::Checked;
        }
        break;
    default:
        break;
    }
    return {};
}

QVariant LabelModel::countData(const Item &item, int column, int role) const
{
    const auto number = count(item, column);
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == SortRole)
        return number ? static_cast<qint64>(*number) : -1;
    if (role == Qt::DisplayRole && number)
        return shortCountText(*number);
    if (role == Qt::AccessibleTextRole && number)
        return countText(*number);
    return {};
}

QString LabelModel::toolTip(const Item &item) const
{
    if (item.number < 0)
        return tr("Labels of this split that the ontology does not have");
    LabelTip tip{.mid = QString::fromUtf8(m_ticks.mid(item.number)),
                 .name = m_ticks.name(item.number),
                 .node = m_ticks.node(item.number),
                 .hasDescriptions =
                     std::ranges::any_of(m_classes.ontology->nodes(),
                                         [](const auto &node) { return !node.description.isEmpty(); }),
                 .quality = m_classes.ratings->quality(m_ticks.mid(item.number)),
                 .split = count(m_counts.split, item.number, false),
                 .exactly = count(m_counts.split, item.number, true),
                 .found = count(m_counts.found, item.number, false),
                 .ready = count(m_counts.ready, item.number, false)};
    if (tip.node) {
        for (const int parent : tip.node->parents)
            tip.parents.append(m_ticks.name(parent));
    }
    return tip.toText();
}

QVariant LabelModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole && section != Class)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::InitialSortOrderRole) // who sorts by a count looks for the largest
        return QVariant::fromValue(section == Class ? Qt::AscendingOrder : Qt::DescendingOrder);
    const bool isTip = role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && !isTip)
        return {};
    switch (section) {
    case Class:
        return isTip ? tr("The class; click to sort by name") : tr("Class");
    case Split:
        return isTip ? tr("Segments in the split; in the tree also those of the classes below") : tr("Split");
    case Found:
        return isTip ? tr("Segments that the filter finds") : tr("Found");
    default:
        return isTip ? tr("Clips of the split that can be heard") : tr("Ready");
    }
}

bool LabelModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !flags(index).testFlag(Qt::ItemIsUserCheckable))
        return false;
    const bool isWanted = value.toInt() == Qt::Checked;
    Q_EMIT changeWanted(isWanted ? LabelTicks::Change::Tick : LabelTicks::Change::Untick, item(index).number);
    return true;
}

QString LabelModel::columnName(int column)
{
    constexpr std::array names{"class"_L1, "split"_L1, "found"_L1, "ready"_L1};
    return names[static_cast<std::size_t>(column)];
}

} // namespace earmark::ui
