#include "ui/models/segmentmodel.h"

#include "base/format.h"
#include "ui/words.h"

#include <QFontDatabase>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

SegmentModel::SegmentModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void SegmentModel::setSplit(std::shared_ptr<const dataset::Split> split, const dataset::Classes &classes)
{
    beginResetModel();
    m_filter.reset();
    m_names.clear();
    m_visible.clear();
    m_split = std::move(split);
    if (m_split) {
        const auto &table = m_split->table;
        m_names.reserve(table.labelCount());
        for (std::size_t i = 0; i < table.labelCount(); ++i)
            m_names.push_back(classes.displayName(table.mid(static_cast<dataset::LabelNumber>(i))));
        m_filter = std::make_unique<dataset::Filter>(table, classes);
        m_filter->run({}, m_visible);
    }
    endResetModel();
}

void SegmentModel::find(const dataset::Query &query)
{
    if (!m_filter)
        return;
    // A reset, not row signals: with two million rows everything else is slower (and the keeper restores the
    // selection).
    beginResetModel();
    m_filter->run(query, m_visible);
    endResetModel();
}

void SegmentModel::setRunning(const std::vector<download::RunningJob> &running)
{
    const auto before = std::exchange(m_running, running);
    if (!m_split)
        return;
    const auto refresh = [this](const download::RunningJob &job) {
        if (const auto row = m_split->table.find(job.key))
            refreshRow(*row);
    };
    for (const auto &job : m_running)
        refresh(job);
    for (const auto &job : before) {
        if (!progress(job.key))
            refresh(job);
    }
}

void SegmentModel::refreshRow(dataset::Row row)
{
    if (const auto at = line(row))
        Q_EMIT dataChanged(index(*at, State), index(*at, State));
}

void SegmentModel::refreshAll()
{
    if (!m_visible.empty())
        Q_EMIT dataChanged(index(0, State), index(rowCount() - 1, State));
}

std::optional<int> SegmentModel::line(dataset::Row row) const
{
    const auto found = std::lower_bound(m_visible.begin(), m_visible.end(), row);
    if (found == m_visible.end() || *found != row)
        return std::nullopt;
    return static_cast<int>(found - m_visible.begin());
}

QStringList SegmentModel::names(dataset::Row row) const
{
    QStringList names;
    for (const dataset::LabelNumber label : m_split->table.labels(row))
        names.append(m_names[label]);
    return names;
}

int SegmentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_visible.size());
}

int SegmentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SegmentModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const dataset::Row at = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(at, index.column());
    case Qt::ToolTipRole:
        return toolTip(at, index.column());
    case Qt::TextAlignmentRole: {
        const bool isNumber = index.column() == Start || index.column() == End || index.column() == Duration;
        return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::FontRole:
        return index.column() == Segment ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QVariant();
    case StateRole:
        return static_cast<int>(m_split->table.state(at));
    case ProgressRole: {
        const auto fraction = progress(m_split->table.key(at));
        return fraction ? QVariant(*fraction) : QVariant();
    }
    case FailureRole:
        return m_workspace ? static_cast<int>(m_workspace->record(m_split->table.key(at)).failure) : 0;
    case KeyRole:
        return QVariant::fromValue(m_split->table.key(at));
    case NamesRole:
        return names(at);
    default:
        return {};
    }
}

QVariant SegmentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section == Start || section == End || section == Duration;
        return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Segment:
        return tr("Segment");
    case Start:
        return tr("Start");
    case End:
        return tr("End");
    case Duration:
        return tr("Duration");
    case Labels:
        return tr("Labels");
    default:
        return {};
    }
}

QString SegmentModel::columnName(int column)
{
    static constexpr std::array<QLatin1StringView, ColumnCount> Names{"state"_L1, "segment"_L1,  "start"_L1,
                                                                      "end"_L1,   "duration"_L1, "labels"_L1};
    return Names[static_cast<std::size_t>(column)];
}

QString SegmentModel::text(dataset::Row row, int column) const
{
    const SegmentKey key = m_split->table.key(row);
    switch (column) {
    case State:
        return stateText(row);
    case Segment:
        return key.ytid.toString();
    case Start:
        return clockText(key.startMs);
    case End:
        return clockText(key.endMs);
    case Duration:
        return secondsText(key.durationMs()) + u" s"_s;
    case Labels:
        return names(row).join(u", "_s);
    default:
        return {};
    }
}

QString SegmentModel::stateText(dataset::Row row) const
{
    const ClipState state = m_split->table.state(row);
    const QString text = word(state); // the word that the filter understands
    if (state == ClipState::Failed && m_workspace) {
        const QString why = failureText(m_workspace->record(m_split->table.key(row)).failure);
        return why.isEmpty() ? text : u"%1: %2"_s.arg(text, why);
    }
    if (const auto fraction = progress(m_split->table.key(row)))
        return u"%1 %2 %"_s.arg(text).arg(static_cast<int>(*fraction * 100));
    return text;
}

QString SegmentModel::toolTip(dataset::Row row, int column) const
{
    const auto &table = m_split->table;
    if (column == Labels) {
        QStringList lines;
        for (const dataset::LabelNumber label : table.labels(row))
            lines.append(u"%1  (%2)"_s.arg(m_names[label], QString::fromUtf8(table.mid(label))));
        return lines.join(u'\n');
    }
    if (column != State)
        return {};
    if (table.state(row) == ClipState::Failed && m_workspace)
        return m_workspace->record(table.key(row)).reason;
    if (table.state(row) == ClipState::Short && m_workspace) {
        const auto record = m_workspace->record(table.key(row));
        return tr("The video ends before the segment does: %1 of %2.")
            .arg(spanText(qRound64(record.duration() * 1000)), spanText(table.key(row).durationMs()));
    }
    return {};
}

std::optional<double> SegmentModel::progress(const SegmentKey &key) const
{
    const auto found = std::ranges::find(m_running, key, &download::RunningJob::key);
    return found == m_running.end() ? std::nullopt : std::optional(found->fraction);
}

} // namespace earmark::ui
