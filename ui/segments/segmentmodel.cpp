#include "ui/segments/segmentmodel.h"

#include "base/format.h"
#include "ui/widgets/formatting.h"

#include <QFontDatabase>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

segments::SortKey sortKey(int column)
{
    switch (column) {
    case SegmentModel::State:
        return segments::SortKey::State;
    case SegmentModel::Segment:
        return segments::SortKey::Id;
    case SegmentModel::Start:
        return segments::SortKey::Start;
    case SegmentModel::End:
        return segments::SortKey::End;
    case SegmentModel::Duration:
        return segments::SortKey::Duration;
    case SegmentModel::Labels:
        return segments::SortKey::Labels;
    case SegmentModel::Verdict:
        return segments::SortKey::Verdict;
    case SegmentModel::Loudness:
        return segments::SortKey::Loudness;
    case SegmentModel::Peak:
        return segments::SortKey::Peak;
    case SegmentModel::Silence:
        return segments::SortKey::Silence;
    case SegmentModel::Bandwidth:
        return segments::SortKey::Bandwidth;
    default:
        return segments::SortKey::File;
    }
}

/// 30000 -> "0:00:30.000": to the millisecond, as the tool tip has it.
QString preciseText(std::uint32_t milliseconds)
{
    return u"%1:%2:%3.%4"_s.arg(milliseconds / 3'600'000)
        .arg(milliseconds / 60'000 % 60, 2, 10, QChar(u'0'))
        .arg(milliseconds / 1000 % 60, 2, 10, QChar(u'0'))
        .arg(milliseconds % 1000, 3, 10, QChar(u'0'));
}

} // namespace

SegmentModel::SegmentModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_fixedFont(QFontDatabase::systemFont(QFontDatabase::FixedFont))
{
}

void SegmentModel::setSplit(std::shared_ptr<const session::FilterableSplit> searchable,
                            std::optional<query::QueryNode> query)
{
    const bool isSameSplit = m_searchable && searchable && m_searchable->split == searchable->split;
    beginResetModel();
    m_sortTask.cancel();
    if (isSameSplit)
        m_orders[static_cast<std::size_t>(segments::SortKey::Labels)].reset(); // they may have other names
    else
        m_orders = {};
    m_key = segments::SortKey::File;
    m_isDescending = false;
    m_searchable = std::move(searchable);
    m_query = std::move(query);
    seek();
    endResetModel();
    wantOrder();
}

void SegmentModel::seek()
{
    if (!m_searchable || !m_query) {
        m_found.clear();
        m_sought.clear();
        return;
    }
    m_searchable->filter.run(*m_query, m_found);
    m_sought = m_searchable->filter.soughtLabels(*m_query);
}

void SegmentModel::find(std::optional<query::QueryNode> query)
{
    if (!m_searchable)
        return;
    // A reset, not row signals: with two million rows everything else is slower (and the selection is kept by
    // segment).
    beginResetModel();
    m_query = std::move(query);
    seek();
    arrange();
    endResetModel();
}

std::vector<segments::Row> SegmentModel::foundWith(const query::QueryNode &query) const
{
    std::vector<segments::Row> rows;
    if (m_searchable && m_query)
        m_searchable->filter.run({.kind = query::QueryNode::Kind::And, .terms = {*m_query, query}}, rows);
    return rows;
}

void SegmentModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    if (m_searchable)
        wantOrder();
}

void SegmentModel::wantOrder()
{
    const segments::SortKey key = sortKey(m_sortColumn);
    const bool descending = m_sortOrder == Qt::DescendingOrder && key != segments::SortKey::File;
    m_sortTask.cancel();
    if (!m_searchable || (key == m_key && descending == m_isDescending))
        return;
    // Clips change all the time, so that order is made anew whenever it is shown.
    const bool isKept = key != segments::SortKey::File && !changesWithClips(key);
    if (!isKept || m_orders[static_cast<std::size_t>(key)]) {
        arrangeAnew(key, descending);
        return;
    }
    m_sortTask.run(
        [searchable = m_searchable, key](std::stop_token) {
            return segments::sortedRows(searchable->split->table, key, searchable->names);
        },
        [this, key, descending](std::vector<segments::Row> rows) {
            m_orders[static_cast<std::size_t>(key)] =
                std::make_shared<const std::vector<segments::Row>>(std::move(rows));
            arrangeAnew(key, descending);
        });
}

void SegmentModel::arrangeAnew(segments::SortKey key, bool descending)
{
    beginResetModel();
    m_key = key;
    m_isDescending = descending;
    arrange();
    endResetModel();
}

void SegmentModel::arrange()
{
    if (!isArranged())
        return;
    m_arranged.assign(m_found.begin(), m_found.end());
    if (changesWithClips(m_key))
        segments::arrange(m_arranged, segments::sortedRows(table(), m_key, {}), m_isDescending);
    else
        segments::arrange(m_arranged, *m_orders[static_cast<std::size_t>(m_key)], m_isDescending);
}

void SegmentModel::setRunning(const std::vector<download::RunningJob> &running)
{
    const auto before = std::exchange(m_running, running);
    if (!m_searchable)
        return;
    const auto refresh = [this](const download::RunningJob &job) {
        if (const auto row = table().find(job.key))
            refreshRow(*row);
    };
    for (const auto &job : m_running)
        refresh(job);
    for (const auto &job : before) {
        if (std::ranges::find(m_running, job.key, &download::RunningJob::key) == m_running.end())
            refresh(job);
    }
}

void SegmentModel::setWaiting(const std::vector<download::WaitingClip> &waiting)
{
    const bool wereAny = !m_waiting.isEmpty();
    m_waiting.clear();
    for (const auto &clip : waiting)
        m_waiting.insert(clip.key, clip);
    // Of those that are shown only few are in view: the view finds them faster than a search for each.
    if ((wereAny || !waiting.empty()) && !m_found.empty())
        Q_EMIT dataChanged(index(0, State), index(rowCount() - 1, State));
}

void SegmentModel::refreshRow(segments::Row row)
{
    if (const auto at = line(row))
        Q_EMIT dataChanged(index(*at, 0), index(*at, ColumnCount - 1));
}

void SegmentModel::refreshAll()
{
    if (!m_found.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

bool SegmentModel::isFound(segments::Row row) const
{
    return std::ranges::binary_search(m_found, row);
}

std::optional<int> SegmentModel::line(segments::Row row) const
{
    const auto place = std::ranges::lower_bound(m_found, row);
    if (place == m_found.end() || *place != row)
        return std::nullopt;
    if (!isArranged())
        return static_cast<int>(place - m_found.begin());
    return static_cast<int>(std::ranges::find(m_arranged, row) - m_arranged.begin());
}

QStringList SegmentModel::names(segments::Row row) const
{
    QStringList names;
    for (const segments::LabelNumber label : table().labels(row))
        names.append(m_searchable->names[label]);
    return names;
}

QList<bool> SegmentModel::sought(segments::Row row) const
{
    QList<bool> sought;
    for (const segments::LabelNumber label : table().labels(row))
        sought.append(m_sought[label]);
    return sought;
}

int SegmentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_found.size());
}

int SegmentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SegmentModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const segments::Row at = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(at, index.column());
    case Qt::ToolTipRole:
        return toolTip(at, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    case Qt::FontRole:
        return index.column() == Segment ? QVariant(m_fixedFont) : QVariant();
    case StateRole:
        return static_cast<int>(table().state(at));
    case VerdictRole:
        return static_cast<int>(table().verdict(at));
    case MarksRole:
        return static_cast<int>(table().marks(at));
    case ProgressRole: {
        const auto fraction = progress(at);
        return fraction ? QVariant(*fraction) : QVariant();
    }
    case FailureRole:
        return m_workspace ? static_cast<int>(m_workspace->record(table().key(at)).progress.failure) : 0;
    case KeyRole:
        return QVariant::fromValue(table().key(at));
    case NamesRole:
        return names(at);
    case SoughtRole:
        return QVariant::fromValue(sought(at));
    default:
        return {};
    }
}

QVariant SegmentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Verdict:
        return tr("Verdict");
    case Loudness:
        return tr("Loudness");
    case Peak:
        return tr("Peak");
    case Silence:
        return tr("Silence");
    case Bandwidth:
        return tr("Bandwidth");
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
    static constexpr std::array<QLatin1StringView, ColumnCount> Names{
        "state"_L1,    "verdict"_L1, "segment"_L1, "start"_L1,     "end"_L1,   "duration"_L1,
        "loudness"_L1, "peak"_L1,    "silence"_L1, "bandwidth"_L1, "labels"_L1};
    return Names[static_cast<std::size_t>(column)];
}

QString SegmentModel::text(segments::Row row, int column) const
{
    switch (column) {
    case State:
        return stateText(row);
    case Segment:
        return table().key(row).ytid.toString();
    case Start:
        return clockText(table().key(row).startMs);
    case End:
        return clockText(table().key(row).endMs);
    case Duration:
        return secondsText(table().key(row).durationMs()) + u" s"_s;
    case Verdict:
        return verdictText(row);
    case Labels:
        return names(row).join(u", "_s);
    default:
        return measureText(row, column);
    }
}

QString SegmentModel::verdictText(segments::Row row) const
{
    const earmark::Verdict verdict = table().verdict(row);
    return verdict == earmark::Verdict::Undecided ? QString() : QString(keyword(verdict));
}

QString SegmentModel::measureText(segments::Row row, int column) const
{
    const Measures measures = table().measures(row);
    if (!measures.areKnown())
        return {};
    switch (column) {
    case Loudness:
        return loudnessText(measures);
    case Peak:
        return levelText(measures.peakDb()) + u" dB"_s;
    case Silence:
        return u"%1 %"_s.arg(qRound(measures.silentShare() * 100));
    case Bandwidth:
        return u"%1 kHz"_s.arg(measures.bandwidthHz() / 1000, 0, 'f', 1);
    default:
        return {};
    }
}

QString SegmentModel::stateText(segments::Row row) const
{
    const ClipState state = table().state(row);
    const QString text = keyword(state); // the word that the filter understands
    if (state == ClipState::Failed && m_workspace) {
        const QString why = failureText(m_workspace->record(table().key(row)).progress.failure);
        return why.isEmpty() ? text : u"%1: %2"_s.arg(text, why);
    }
    if (const auto *retry = waiting(row))
        return u"%1: %2"_s.arg(retryText(*retry), failureText(retry->failure));
    if (const auto fraction = progress(row))
        return u"%1 %2 %"_s.arg(text).arg(static_cast<int>(*fraction * 100));
    return text;
}

QString SegmentModel::toolTip(segments::Row row, int column) const
{
    const SegmentKey key = table().key(row);
    switch (column) {
    case State:
        if (hasWhy(table().state(row)) && m_workspace)
            return m_workspace->record(key).progress.reason;
        if (const auto *retry = waiting(row))
            return u"%1\n%2"_s.arg(retry->reason, retryText(*retry));
        if (table().state(row) == ClipState::Short && m_workspace) {
            const auto record = m_workspace->record(key);
            return tr("The video ends before the segment does: %1 of %2.\n%3")
                .arg(spanText(qRound64(record.audio.seconds() * 1000)), spanText(key.durationMs()),
                     proofText(record));
        }
        return {};
    case Segment:
        return tr("%1, from %2 to %3 s\nFiles: %4")
            .arg(key.ytid.toString(), secondsText(key.startMs), secondsText(key.endMs), key.stem());
    case Start:
        return preciseText(key.startMs);
    case End:
        return preciseText(key.endMs);
    case Duration:
        return preciseText(key.durationMs());
    case Peak: {
        const Measures measures = table().measures(row);
        return measures.areKnown() && measures.hasTruePeak()
                   ? tr("True peak: %1 dB").arg(levelText(measures.truePeakDb()))
                   : QString();
    }
    case Labels: {
        QStringList lines;
        for (const segments::LabelNumber label : table().labels(row))
            lines.append(
                u"%1  (%2)"_s.arg(m_searchable->names[label], QString::fromUtf8(table().mid(label))));
        return lines.join(u'\n');
    }
    default:
        return {};
    }
}

const download::WaitingClip *SegmentModel::waiting(segments::Row row) const
{
    if (m_waiting.isEmpty() || table().state(row) != ClipState::Queued)
        return nullptr;
    const auto found = m_waiting.constFind(table().key(row));
    return found == m_waiting.cend() ? nullptr : &*found;
}

std::optional<double> SegmentModel::progress(segments::Row row) const
{
    if (m_running.empty())
        return std::nullopt;
    const auto found = std::ranges::find(m_running, table().key(row), &download::RunningJob::key);
    return found == m_running.end() ? std::nullopt : std::optional(found->fraction);
}

} // namespace earmark::ui
