#include "dataset/filter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <string>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t BlockSize = 2048;
/// Of so many rows or label sets in a row, whether they fit: 1 or 0. Loops over them become vector code.
using Block = std::array<std::uint8_t, BlockSize>;

Block withFirst(std::size_t count)
{
    Block block;
    std::fill_n(block.begin(), count, std::uint8_t{1});
    std::fill(block.begin() + count, block.end(), std::uint8_t{0});
    return block;
}

/// The whole numbers in a range, both ends included; low > high when there are none.
struct Numbers
{
    std::uint32_t low = 1;
    std::uint32_t high = 0;

    /// Of a range whose unit holds `scale` of ours.
    static Numbers of(const Range &range, double scale)
    {
        constexpr double slack = 1e-6; // 1.005 s times 1000 is a little less than 1005
        const double from = range.low * scale;
        const double to = range.high * scale;
        const double low = range.withLow ? std::ceil(from - slack) : std::floor(from + slack) + 1;
        const double high = range.withHigh ? std::floor(to + slack) : std::ceil(to - slack) - 1;
        if (!(low <= high && low <= 0xFFFF'FFFF && high >= 0))
            return {};
        return {static_cast<std::uint32_t>(std::max(low, 0.0)),
                static_cast<std::uint32_t>(std::min<double>(high, 0xFFFF'FFFF))};
    }
    bool hold(std::uint32_t number) const { return number - low <= high - low; } ///< unless there are none
};

} // namespace

/// A part of a query, ready to be asked of block after block.
struct Filter::Term
{
    enum class Kind {
        All,
        And,
        Or,
        Not,
        Label,
        LabelCount,
        Set,
        Start,
        End,
        Duration,
        Id,
        State,
        Verdict,
        Reason
    };

    Kind kind = Kind::All;
    std::vector<Term> terms = {};
    std::vector<std::uint8_t> fits = {}; ///< by number of what `kind` says: of a label, label set, reason
    Numbers numbers = {};                ///< that are allowed: milliseconds, labels, of a state or verdict
    std::string id = {};                 ///< that the id holds
    std::size_t place = 0;               ///< of a Label, among those of the query

    static Term nothing() { return {.kind = Kind::Or}; } ///< any of no terms

    /// Adds a term to an And or Or. What speaks only of labels is kept together, in front, to be one look-up.
    void add(Term term)
    {
        if (term.kind == kind) {
            for (Term &each : term.terms)
                add(std::move(each));
        } else if (!term.isOfLabels()) {
            terms.push_back(std::move(term));
        } else if (terms.empty() || !terms.front().isOfLabels()) {
            terms.insert(terms.begin(), {.kind = kind, .terms = {std::move(term)}});
        } else {
            auto &labels = terms.front().terms;
            if (kind == Kind::Or && term.kind == Kind::Label && labels.back().kind == Kind::Label)
                std::ranges::transform(labels.back().fits, term.fits, labels.back().fits.begin(),
                                       std::bit_or());
            else
                labels.push_back(std::move(term));
        }
    }
    /// Nots go down to what they deny, so that more of what speaks only of labels comes together.
    Term negated() &&
    {
        if (kind == Kind::Not)
            return std::move(terms.front());
        if (kind != Kind::And && kind != Kind::Or)
            return {.kind = Kind::Not, .terms = {std::move(*this)}};
        Term list{.kind = kind == Kind::And ? Kind::Or : Kind::And};
        for (Term &each : terms)
            list.add(std::move(each).negated());
        return list;
    }
    /// Speaks only of labels, so that a label set can answer it.
    bool isOfLabels() const
    {
        return kind == Kind::Label || kind == Kind::LabelCount ||
               (!terms.empty() && std::ranges::all_of(terms, &Term::isOfLabels));
    }
};

/// Asks one query of a table.
class Filter::Pass final
{
public:
    explicit Pass(const SegmentTable &table)
        : m_table(table)
    {
    }

    /// Answers what is asked of labels, once for each label set, so that `term` can be asked of rows.
    void judgeSets(Term &term)
    {
        std::vector<Term *> parts;
        gather(term, parts);
        for (std::size_t first = 0; !parts.empty() && first < m_table.setCount(); first += BlockSize) {
            const std::size_t count = std::min(BlockSize, m_table.setCount() - first);
            for (std::size_t group = 0; group < m_bits.size(); ++group) {
                for (std::size_t i = 0; i < count; ++i) {
                    std::uint64_t held = 0;
                    for (const LabelNumber label : m_table.setLabels(static_cast<std::uint32_t>(first + i)))
                        held |= m_bits[group][label];
                    m_held[group][i] = held;
                }
            }
            for (Term *part : parts) {
                Block block = withFirst(count);
                narrow(*part, first, count, block);
                part->fits.insert(part->fits.end(), block.begin(), block.begin() + count);
            }
        }
        for (Term *part : parts)
            part->kind = Term::Kind::Set;
    }

    /// Whether the label set of each row from `first` fits a judged term.
    auto fitsOfRows(const Term &term, std::size_t first) const
    {
        return [sets = m_table.sets().data() + first, fits = term.fits.data()](std::size_t i) {
            return fits[sets[i]];
        };
    }

    /// Takes out of `block` which of `count` rows from `first` do not fit; of label sets, when the term
    /// speaks only of labels and is not judged yet.
    void narrow(const Term &term, std::size_t first, std::size_t count, Block &block) const
    {
        using Kind = Term::Kind;
        const auto keep = [&block, count](const auto &fits) {
            for (std::size_t i = 0; i < count; ++i)
                block[i] &= static_cast<std::uint8_t>(fits(i));
        };
        const auto keepInRange = [&keep, numbers = term.numbers](const auto &valueOf) {
            keep([=](std::size_t i) { return numbers.hold(valueOf(i)); });
        };
        const auto starts = m_table.starts().data() + first;
        const auto ends = m_table.ends().data() + first;
        const auto clips = m_table.clips().data() + first;
        switch (term.kind) {
        case Kind::All:
            break;
        case Kind::And:
            for (const Term &each : term.terms)
                narrow(each, first, count, block);
            break;
        case Kind::Or: {
            Block rest = block; // fits none of the terms so far
            for (const Term &each : term.terms) {
                Block found = rest;
                narrow(each, first, count, found);
                takeOut(found, rest);
            }
            takeOut(rest, block);
            break;
        }
        case Kind::Not: {
            Block found = block;
            narrow(term.terms.front(), first, count, found);
            takeOut(found, block);
            break;
        }
        case Kind::Label:
            keep([held = m_held[term.place / 64].data(), place = term.place % 64](std::size_t i) {
                return held[i] >> place & 1;
            });
            break;
        case Kind::LabelCount:
            keepInRange([&](std::size_t i) {
                return static_cast<std::uint32_t>(
                    m_table.setLabels(static_cast<std::uint32_t>(first + i)).size());
            });
            break;
        case Kind::Set:
            keep([fits = fitsOfRows(term, first)](std::size_t i) { return fits(i); });
            break;
        case Kind::Start:
            keepInRange([=](std::size_t i) { return starts[i]; });
            break;
        case Kind::End:
            keepInRange([=](std::size_t i) { return ends[i]; });
            break;
        case Kind::Duration:
            keepInRange([=](std::size_t i) { return ends[i] - starts[i]; });
            break;
        case Kind::Id:
            findId(term.id, m_table.ids().subspan(first, count), block);
            break;
        case Kind::State:
            keepInRange([=](std::size_t i) { return std::uint32_t{clips[i]} & 0xF; });
            break;
        case Kind::Verdict:
            keepInRange([=](std::size_t i) { return std::uint32_t{clips[i]} >> 4; });
            break;
        case Kind::Reason:
            keep([&, reasons = m_table.reasons()](std::size_t i) {
                return !reasons.empty() && term.fits[reasons[first + i]];
            });
            break;
        }
    }

private:
    /// The largest parts of a term that speak only of labels; numbers the labels they name.
    void gather(Term &term, std::vector<Term *> &parts)
    {
        if (term.isOfLabels()) {
            parts.push_back(&term);
            number(term);
        } else {
            for (Term &each : term.terms)
                gather(each, parts);
        }
    }

    void number(Term &term)
    {
        if (term.kind == Term::Kind::Label) {
            const std::uint64_t bit = std::uint64_t{1} << m_places % 64;
            if (bit == 1) {
                m_bits.emplace_back(m_table.labelCount());
                m_held.emplace_back();
            }
            for (std::size_t label = 0; label < term.fits.size(); ++label)
                m_bits.back()[label] |= term.fits[label] ? bit : 0;
            term.fits.clear();
            term.place = m_places++;
        }
        for (Term &each : term.terms)
            number(each);
    }

    static void takeOut(const Block &some, Block &block)
    {
        for (std::size_t i = 0; i < BlockSize; ++i)
            block[i] ^= some[i];
    }

    /// Where `block` has a 1, ascending; `count` is how many.
    static std::array<std::uint16_t, BlockSize + 1> placesIn(const Block &block, std::size_t &count)
    {
        std::array<std::uint16_t, BlockSize + 1> places; // one more is written, and not counted
        count = 0;
        for (std::size_t first = 0; first < BlockSize; first += 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, &block[first], 8);
            for (std::size_t i = first; eight != 0 && i < first + 8; ++i) {
                places[count] = static_cast<std::uint16_t>(i);
                count += block[i];
            }
        }
        return places;
    }

    /// Ids that are still wanted are brought together when they are few.
    static void findId(std::string_view text, std::span<const YtId> ids, Block &block)
    {
        std::uint16_t wanted = 0;
        for (std::size_t i = 0; i < ids.size(); ++i)
            wanted += block[i];
        if (wanted > ids.size() / 2) {
            findInAll(text, ids, block);
        } else if (wanted > 0) {
            std::size_t count = 0;
            const auto places = placesIn(block, count);
            std::array<YtId, BlockSize> some;
            for (std::size_t i = 0; i < count; ++i)
                some[i] = ids[places[i]];
            Block found = withFirst(count);
            findInAll(text, std::span(some).first(count), found);
            for (std::size_t i = 0; i < count; ++i)
                block[places[i]] = found[i];
        }
    }

    /// Looks for the text's first and last character in all ids at once, which is vector code, and for the
    /// text in the few ids that have both at its distance.
    static void findInAll(std::string_view text, std::span<const YtId> ids, Block &block)
    {
        static_assert(sizeof(YtId) == YtId::Length);
        if (text.empty() || text.size() > YtId::Length) {
            block.fill(0);
            return;
        }
        const char *const chars = ids.front().view().data();
        const char *const ends = chars + text.size() - 1;
        const char front = text.front();
        const char back = text.back();
        const std::size_t size = ids.size_bytes() - text.size() + 1;
        std::array<std::uint8_t, BlockSize * YtId::Length> isHere;
        for (std::size_t i = 0; i < size; ++i)
            isHere[i] = static_cast<std::uint8_t>((chars[i] == front) & (ends[i] == back));
        std::fill_n(isHere.begin() + static_cast<std::ptrdiff_t>(size), text.size() - 1, std::uint8_t{0});
        for (std::size_t i = 0; i < ids.size(); ++i) {
            std::array<std::uint64_t, 2> words; // together the 11 characters
            std::memcpy(&words[0], &isHere[i * YtId::Length], 8);
            std::memcpy(&words[1], &isHere[i * YtId::Length + 3], 8);
            block[i] &= static_cast<std::uint8_t>((words[0] | words[1]) != 0);
        }
        if (text.size() == 1)
            return;
        std::size_t count = 0;
        const auto places = placesIn(block, count);
        for (const std::uint16_t i : std::span(places).first(count))
            block[i] = ids[i].view().find(text) != std::string_view::npos;
    }

    const SegmentTable &m_table;
    std::size_t m_places = 0;                       ///< Labels in the query
    std::vector<std::vector<std::uint64_t>> m_bits; ///< by 64 of them, by label: which of them it fits
    std::vector<std::array<std::uint64_t, BlockSize>> m_held; ///< the same of each label set of a block
};

Filter::Filter(const SegmentTable &table, Classes classes)
    : m_table(table)
    , m_names(table, classes)
{
    for (std::size_t label = 0; label < table.labelCount(); ++label)
        m_qualities.push_back(classes.ratings->quality(table.mid(static_cast<LabelNumber>(label))));
}

std::optional<QueryError> Filter::check(const Query &query) const
{
    const bool namesClass = query.kind == Query::Kind::Label || query.kind == Query::Kind::Under;
    if (namesClass && !m_names.isKnown(query.text)) {
        const QString nearest = m_names.nearest(query.text);
        const QString text = u"there is no class “%1”"_s.arg(query.text);
        return QueryError{query.position, query.length,
                          nearest.isEmpty() ? text : text + u"; did you mean “%1”?"_s.arg(nearest)};
    }
    for (const Query &term : query.terms) {
        if (auto error = check(term))
            return error;
    }
    return std::nullopt;
}

std::vector<bool> Filter::soughtLabels(const Query &query) const
{
    std::vector<bool> sought(m_table.labelCount());
    if (query.kind == Query::Kind::Not)
        return sought;
    const auto add = [&sought](const auto &labels) {
        for (std::size_t label = 0; label < labels.size(); ++label)
            sought[label] = sought[label] || labels[label];
    };
    add(labelsOf(query));
    for (const Query &term : query.terms)
        add(soughtLabels(term));
    return sought;
}

std::vector<std::uint8_t> Filter::labelsOf(const Query &query) const
{
    switch (query.kind) {
    case Query::Kind::Word:
        return m_names.holding(query.text);
    case Query::Kind::Label:
        return m_names.called(query.text);
    case Query::Kind::Under:
        return m_names.under(query.text);
    default:
        return {};
    }
}

Filter::Term Filter::termOf(const Query &query) const
{
    using Kind = Term::Kind;
    const auto ofLabels = [](std::vector<std::uint8_t> fits) {
        return Term{.kind = Kind::Label, .fits = std::move(fits)};
    };
    const auto rated = [&](const auto &fits) {
        std::vector<std::uint8_t> labels;
        for (const auto &quality : m_qualities)
            labels.push_back(quality && fits(*quality) ? 1 : 0);
        return ofLabels(std::move(labels));
    };
    const auto inRange = [&query](Kind kind, double scale) {
        const Numbers numbers = Numbers::of(query.range, scale);
        return numbers.low > numbers.high ? Term::nothing() : Term{.kind = kind, .numbers = numbers};
    };
    const auto isWord = [](Kind kind, auto value) {
        if (!value)
            return Term::nothing();
        const auto number = static_cast<std::uint32_t>(*value);
        return Term{.kind = kind, .numbers = {number, number}};
    };
    switch (query.kind) {
    case Query::Kind::All:
        break;
    case Query::Kind::And:
    case Query::Kind::Or: {
        Term list{.kind = query.kind == Query::Kind::And ? Kind::And : Kind::Or};
        for (const Query &each : query.terms)
            list.add(termOf(each));
        return list;
    }
    case Query::Kind::Not:
        return termOf(query.terms.front()).negated();
    case Query::Kind::Word: {
        Term list{.kind = Kind::Or, .terms = {{.kind = Kind::Id, .id = query.text.toStdString()}}};
        auto labels = labelsOf(query);
        if (std::ranges::count(labels, 1) > 0)
            list.add(ofLabels(std::move(labels)));
        return list;
    }
    case Query::Kind::Label:
    case Query::Kind::Under:
        return ofLabels(labelsOf(query));
    case Query::Kind::Id:
        return {.kind = Kind::Id, .id = query.text.toStdString()};
    case Query::Kind::Start:
        return inRange(Kind::Start, 1000);
    case Query::Kind::End:
        return inRange(Kind::End, 1000);
    case Query::Kind::Duration:
        return inRange(Kind::Duration, 1000);
    case Query::Kind::Labels:
        return inRange(Kind::LabelCount, 1);
    case Query::Kind::Quality: {
        // The least reliable is in the range when none is below it and one is not above it.
        Range above{.low = query.range.low, .withLow = query.range.withLow};
        Range below{.high = query.range.high, .withHigh = query.range.withHigh};
        Term isTooLow = rated([&above](double quality) { return !above.holds(quality); });
        return {.kind = Kind::And,
                .terms = {rated([&below](double quality) { return below.holds(quality); }),
                          std::move(isTooLow).negated()}};
    }
    case Query::Kind::State:
        return isWord(Kind::State, clipStateFromWord(query.text));
    case Query::Kind::Reason: {
        Term term{.kind = Kind::Reason};
        for (const QString &reason : m_table.reasonTexts())
            term.fits.push_back(!reason.isEmpty() && folded(reason).contains(folded(query.text)) ? 1 : 0);
        return term;
    }
    case Query::Kind::Verdict:
        return isWord(Kind::Verdict, verdictFromWord(query.text));
    case Query::Kind::Is:
        return query.text == u"blacklisted"_s ? ofLabels(m_names.blacklisted()) : Term::nothing();
    }
    return {};
}

void Filter::run(const Query &query, std::vector<Row> &rows) const
{
    Term term = termOf(query);
    Pass pass(m_table);
    pass.judgeSets(term);
    rows.clear();
    rows.reserve(m_table.size());
    std::array<Row, BlockSize> found;
    for (std::size_t first = 0; first < m_table.size(); first += BlockSize) {
        const std::size_t count = std::min(BlockSize, m_table.size() - first);
        const auto collect = [&](const auto &fits) { // without a branch that could be mispredicted
            std::size_t hits = 0;
            for (std::size_t i = 0; i < count; ++i) {
                found[hits] = static_cast<Row>(first + i);
                hits += fits(i);
            }
            rows.insert(rows.end(), found.begin(), found.begin() + static_cast<std::ptrdiff_t>(hits));
        };
        if (term.kind == Term::Kind::Set) {
            collect(pass.fitsOfRows(term, first));
        } else {
            Block block = withFirst(count);
            pass.narrow(term, first, count, block);
            collect([&block](std::size_t i) { return block[i]; });
        }
    }
}

} // namespace earmark::dataset
