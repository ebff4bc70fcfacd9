#include "ui/review/audition.h"

#include "session/session.h"
#include "ui/clip/clipstage.h"

#include <algorithm>

namespace earmark::ui {

namespace {

/// A person who goes on and on is served from these; one who goes back, from the one behind.
constexpr std::size_t Ahead = 4;

} // namespace

Audition::Audition(session::Session &session, ClipStage &stage, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_stage(stage)
{
    const auto count = [this] {
        if (!isOn())
            return;
        this->count();
        Q_EMIT verdictsChanged();
    };
    connect(&session, &session::Session::rowChanged, this, count);
    connect(&session, &session::Session::rowsReset, this, count);
}

bool Audition::begin(std::vector<segments::Row> shown, std::optional<segments::Row> first,
                     const AuditionOptions &wish)
{
    const auto &table = m_session.split()->table;
    m_shown = std::move(shown);
    m_wish = wish;
    if (!first || !isPlayable(table.state(*first))) {
        const auto last = SegmentKey::fromStem(m_session.workspace()->lastHeard());
        first = last ? table.find(*last) : std::nullopt;
        if (first && std::ranges::find(m_shown, *first) == m_shown.end())
            first.reset();
    }
    arrange(first);
    if (!isOn())
        return false;
    if (!first) {
        const auto undecided = std::ranges::find_if(
            m_rows, [&](segments::Row row) { return table.verdict(row) == Verdict::Undecided; });
        m_position = undecided == m_rows.end() ? 0 : static_cast<std::size_t>(undecided - m_rows.begin());
    }
    Q_EMIT rowsChanged();
    Q_EMIT wishChanged();
    show();
    return true;
}

void Audition::end()
{
    m_shown.clear();
    m_rows.clear();
    m_position = 0;
    Q_EMIT rowsChanged();
}

std::optional<segments::Row> Audition::current() const
{
    return isOn() ? std::optional(m_rows[m_position]) : std::nullopt;
}

std::optional<std::size_t> Audition::find(segments::Row row) const
{
    const auto found = std::ranges::find(m_rows, row);
    return found == m_rows.end() ? std::nullopt
                                 : std::optional(static_cast<std::size_t>(found - m_rows.begin()));
}

void Audition::previous()
{
    if (m_position > 0)
        goTo(m_position - 1);
}

void Audition::goTo(std::size_t position)
{
    if (position >= m_rows.size()) {
        Q_EMIT reachedEnd();
        return;
    }
    if (position == m_position)
        return;
    m_position = position;
    show();
}

void Audition::setWish(const AuditionOptions &wish)
{
    if (wish == m_wish)
        return;
    const bool isArranged = wish.order == m_wish.order && wish.seed == m_wish.seed;
    m_wish = wish;
    if (isOn() && !isArranged) {
        const auto here = current();
        arrange(here);
        Q_EMIT rowsChanged();
        Q_EMIT positionChanged();
    }
    Q_EMIT wishChanged();
}

bool Audition::hidesLabels(segments::Row row) const
{
    return m_wish.isBlind && m_session.split()->table.verdict(row) == Verdict::Undecided;
}

void Audition::arrange(std::optional<segments::Row> first)
{
    m_rows = review::inOrder(m_session.split()->table, m_shown, m_wish.order, m_wish.seed);
    m_position = (first ? find(*first) : std::nullopt).value_or(0);
    count();
}

void Audition::show()
{
    m_stage.show(m_rows[m_position], ClipStage::Start::Playing);
    m_stage.expect(neighbours());
    m_session.workspace()->setLastHeard(m_session.split()->table.key(m_rows[m_position]).stem());
    Q_EMIT positionChanged();
}

std::vector<segments::Row> Audition::neighbours() const
{
    const std::size_t end = std::min(m_position + 1 + Ahead, m_rows.size());
    std::vector<segments::Row> rows(m_rows.begin() + static_cast<std::ptrdiff_t>(m_position) + 1,
                                    m_rows.begin() + static_cast<std::ptrdiff_t>(end));
    if (m_position > 0)
        rows.insert(rows.begin() + (rows.empty() ? 0 : 1), m_rows[m_position - 1]);
    return rows;
}

void Audition::count()
{
    const auto &table = m_session.split()->table;
    m_decided = std::ranges::count_if(
        m_rows, [&table](segments::Row row) { return table.verdict(row) != Verdict::Undecided; });
}

} // namespace earmark::ui
