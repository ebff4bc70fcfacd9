#include "query/labelticks.h"

#include "query/lexer.h"
#include "query/queryparser.h"

#include <algorithm>
#include <iterator>

namespace earmark::query {

using namespace Qt::StringLiterals;

namespace {

bool isLeaf(const QueryNode &query)
{
    return query.kind == QueryNode::Kind::Label || query.kind == QueryNode::Kind::Under;
}

bool isExclusion(const QueryNode &term)
{
    return term.kind == QueryNode::Kind::Not && isLeaf(term.terms.front());
}

bool isTicks(const QueryNode &term)
{
    return isLeaf(term) || (term.kind == QueryNode::Kind::Or && std::ranges::all_of(term.terms, isTicks));
}

/// A query as ticks see it; points into the query.
struct Parts
{
    explicit Parts(const QueryNode &query)
    {
        gather(query);
        const auto found = std::ranges::find_if(terms, [](const QueryNode *term) { return isTicks(*term); });
        if (found == terms.end())
            return;
        ticks = *found;
        gatherLeaves(*ticks);
    }
    void gather(const QueryNode &query)
    {
        if (query.kind == QueryNode::Kind::And) { // (a b) c is a b c
            for (const QueryNode &term : query.terms)
                gather(term);
        } else if (query.kind != QueryNode::Kind::All) {
            terms.push_back(&query);
        }
    }
    void gatherLeaves(const QueryNode &query)
    {
        if (isLeaf(query))
            leaves.push_back(&query);
        for (const QueryNode &term : query.terms)
            gatherLeaves(term);
    }

    std::vector<const QueryNode *> terms;  ///< and-ed
    const QueryNode *ticks = nullptr;      ///< one of them
    std::vector<const QueryNode *> leaves; ///< of the ticks
};

QStringView textOf(const QueryNode &query, QStringView text)
{
    return text.sliced(query.position, query.length);
}

/// Without the parentheses and blanks around it.
QString bare(QStringView text)
{
    while (text.startsWith(u'('))
        text = text.sliced(1).chopped(1).trimmed();
    return text.toString();
}

/// The text with another in the place of one of its terms; blanks keep it apart from what is beside it.
QString replaced(const QString &text, const QueryNode &term, const QString &other)
{
    QString before = text.first(term.position);
    QString after = text.sliced(term.position + term.length);
    if (other.isEmpty()) {
        before = before.trimmed();
        after = after.trimmed();
    }
    const auto isApart = [](const QString &left, const QString &right) {
        return left.isEmpty() || right.isEmpty() || left.back().isSpace() || left.back() == u'(' ||
               right.front().isSpace() || right.front() == u')';
    };
    const QString left = other.isEmpty() || isApart(before, other) ? before : before + u' ';
    const QString middle = left + other;
    return isApart(middle, after) ? middle + after : middle + u' ' + after;
}

/// The text with one more term that is and-ed to what is there.
QString with(QString text, const QueryNode &query, const QString &term)
{
    const bool isOpen = query.kind == QueryNode::Kind::Or && query.position == query.terms.front().position;
    if (isOpen)
        text = u'(' + text.trimmed() + u')';
    if (!text.isEmpty() && !text.back().isSpace())
        text += u' ';
    return text + term;
}

/// The text with other ticks.
QString withTicks(const QString &text, const QueryNode &query, const Parts &parts, const QStringList &leaves)
{
    if (!parts.ticks && leaves.isEmpty())
        return text;
    if (leaves.isEmpty())
        return replaced(text, *parts.ticks, {});
    const bool isAlone = parts.terms.size() == (parts.ticks ? 1 : 0);
    QString group = leaves.join(u" | "_s);
    if (leaves.size() > 1 && !isAlone)
        group = u'(' + group + u')';
    if (!parts.ticks)
        return with(text, query, group);
    return replaced(text, *parts.ticks, group);
}

bool contains(std::span<const int> sorted, int number)
{
    return std::ranges::binary_search(sorted, number);
}

bool isWithin(std::span<const int> inner, std::span<const int> outer)
{
    return !inner.empty() && std::ranges::includes(outer, inner);
}

bool overlap(std::span<const int> some, std::span<const int> others)
{
    return std::ranges::any_of(some, [others](int number) { return contains(others, number); });
}

} // namespace

LabelTicks::LabelTicks(classes::Classes classes, const std::vector<QByteArray> &others)
    : m_classes(std::move(classes))
{
    const auto &nodes = m_classes.ontology->nodes();
    for (const classes::Ontology::Node &node : nodes) {
        const auto number = static_cast<int>(m_mids.size());
        m_mids.push_back(node.mid);
        IntRange numbers;
        for (const QByteArray &mid : m_classes.ontology->under(number))
            numbers.push_back(m_classes.ontology->find(mid));
        std::ranges::sort(numbers);
        m_below.push_back(std::move(numbers));
    }
    for (const QByteArray &mid : others) {
        m_below.push_back({static_cast<int>(m_mids.size())});
        m_mids.push_back(mid);
    }
    for (int number = 0; number < size(); ++number) {
        m_names.push_back(m_classes.displayName(mid(number)));
        m_byMid.insert(mid(number), number);
        m_byName.insert(folded(name(number)), number);
    }
    read({});
}

const classes::Ontology::Node *LabelTicks::node(int number) const
{
    const auto &nodes = m_classes.ontology->nodes();
    const auto place = static_cast<std::size_t>(number);
    return place < nodes.size() ? &nodes[place] : nullptr;
}

LabelTicks::IntRange LabelTicks::named(const QString &text) const
{
    if (const auto found = m_byMid.constFind(text.toUtf8()); found != m_byMid.cend())
        return {*found};
    const auto numbers = m_byName.values(folded(text));
    return {numbers.begin(), numbers.end()};
}

LabelTicks::IntRange LabelTicks::covered(const QueryNode &leaf) const
{
    IntRange numbers = named(leaf.text);
    if (leaf.kind == QueryNode::Kind::Under) {
        for (const int top : IntRange(numbers))
            std::ranges::copy(reached(top, Reach::WithBelow), std::back_inserter(numbers));
    }
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

std::span<const int> LabelTicks::reached(int number, Reach reach) const
{
    const IntRange &all = m_below[static_cast<std::size_t>(number)];
    if (reach == Reach::WithBelow)
        return all;
    return {std::ranges::lower_bound(all, number), 1};
}

QString LabelTicks::leaf(int number, Reach reach) const
{
    const bool isUnder = reached(number, reach).size() > 1;
    // What is written must be read as this class: two may have the same name.
    const bool isKnownByName = named(name(number)) == IntRange{number};
    return (isUnder ? u"under:"_s : u"label:"_s) +
           quotedIfNeeded(isKnownByName ? name(number) : QString::fromUtf8(mid(number)));
}

void LabelTicks::read(const QString &text)
{
    const auto query = parseQuery(text);
    if (!query)
        return;
    m_text = text;
    for (auto *marks : {&m_wanted, &m_excluded, &m_mentioned})
        marks->assign(m_mids.size(), false);
    const auto mark = [this](std::vector<bool> &marks, const QueryNode &leaf) {
        for (const int number : covered(leaf))
            marks[static_cast<std::size_t>(number)] = true;
    };
    const Parts parts(*query);
    for (const QueryNode *leaf : parts.leaves)
        mark(m_wanted, *leaf);
    for (const QueryNode *term : parts.terms) {
        if (isExclusion(*term))
            mark(m_excluded, term->terms.front());
        else if (term != parts.ticks)
            mention(*term);
    }
}

void LabelTicks::mention(const QueryNode &query)
{
    if (isLeaf(query)) {
        for (const int number : named(query.text))
            m_mentioned[static_cast<std::size_t>(number)] = true;
    }
    for (const QueryNode &term : query.terms)
        mention(term);
}

LabelTicks::Tick LabelTicks::tick(int number, Reach reach) const
{
    const auto isWanted = [this](int each) {
        const auto place = static_cast<std::size_t>(each);
        return m_wanted[place] && !m_excluded[place];
    };
    const auto numbers = reached(number, reach);
    if (isWanted(number))
        return std::ranges::none_of(numbers, [this](int each) { return isExcluded(each); }) ? Tick::On
                                                                                            : Tick::Partly;
    const bool isPartly = std::ranges::any_of(
        numbers, [&](int each) { return isWanted(each) || m_mentioned[static_cast<std::size_t>(each)]; });
    return isPartly ? Tick::Partly : Tick::Off;
}

QString LabelTicks::changed(Change change, int number, Reach reach) const
{
    const auto numbers = reached(number, reach);
    QString text = m_text;

    // Each step changes one term and reads what came of it, so that places in the text are never stale.
    const auto takeBack = [&](const auto &isInTheWay) {
        for (;;) {
            const auto query = parseQuery(text);
            const Parts parts(*query);
            const auto found = std::ranges::find_if(parts.terms, [&](const QueryNode *term) {
                return isExclusion(*term) && isInTheWay(covered(term->terms.front()));
            });
            if (found == parts.terms.end())
                return;
            text = replaced(text, **found, {});
        }
    };
    // Rewrites the ticks out of those leaves that stay and, unless it is empty, a new one.
    const auto rewrite = [&](const auto &stays, const QString &added) {
        const auto query = parseQuery(text);
        const Parts parts(*query);
        QStringList leaves;
        for (const QueryNode *leaf : parts.leaves) {
            if (stays(covered(*leaf)))
                leaves.append(bare(textOf(*leaf, text)));
        }
        const bool same = leaves.size() == static_cast<qsizetype>(parts.leaves.size()) && added.isEmpty();
        if (!added.isEmpty())
            leaves.append(added);
        if (!same)
            text = withTicks(text, *query, parts, leaves);
        return !same;
    };
    const auto isOutside = [&](const IntRange &other) { return !isWithin(other, numbers); };
    const auto isWanted = [&] {
        const auto query = parseQuery(text);
        return std::ranges::any_of(Parts(*query).leaves,
                                   [&](const QueryNode *leaf) { return contains(covered(*leaf), number); });
    };
    const auto exclude = [&] { text = with(text, *parseQuery(text), u'-' + leaf(number, reach)); };

    const auto untick = [&] {
        // Once the ticks are gone, a second term of this kind takes their place.
        while (rewrite(isOutside, {}))
            continue;
    };

    switch (change) {
    case Change::Tick:
        takeBack([&](const IntRange &other) { return overlap(other, numbers); });
        if (!isWanted())
            rewrite(isOutside, leaf(number, reach));
        break;
    case Change::Untick:
        untick();
        if (isWanted() && !isExcluded(number))
            exclude();
        break;
    case Change::Exclude:
        untick();
        if (std::ranges::all_of(numbers, [this](int each) { return isExcluded(each); }))
            break;
        takeBack([&](const IntRange &other) { return isWithin(other, numbers); });
        exclude();
        break;
    case Change::Include:
        takeBack([&](const IntRange &other) { return contains(other, number); });
        break;
    case Change::Only:
        takeBack([&](const IntRange &other) { return overlap(other, numbers); });
        rewrite([](const IntRange &) { return false; }, leaf(number, reach));
        break;
    }
    // A query has bounds, and this one may have been at them.
    return parseQuery(text) ? text : m_text;
}

} // namespace earmark::query
