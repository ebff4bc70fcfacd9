#include "readers/splitreader.h"

#include "base/format.h"
#include "base/lineblocks.h"
#include "readers/lineparser.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <bit>
#include <future>
#include <limits>
#include <mutex>

namespace earmark::readers {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t LongestLine = LineBlocks::LongestLine;
#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
/// What is smaller is read before a second thread is of use.
constexpr qint64 SmallFile = 2 * 1024 * 1024;
#else
constexpr qint64 SmallFile = 2;
#endif

/// A line that is just as AudioSet writes it: `--PJHxphWEs, 30.000, 40.000, "/m/09x0r,/t/dd00088"`.
struct OfficialLine
{
    SegmentKey key;
    std::string_view line; ///< with its end
    std::string_view labels;
    std::uint32_t hash = 0; ///< of `labels`

    /// Takes the line at the front of a text; false when it has another form.
    bool parse(std::string_view text)
    {
        constexpr std::size_t beforeLabels = 64; // at most; so that the line's end need not be known yet
        if (text.size() < beforeLabels)
            return false;
        const char *at = text.data() + YtId::Length;
        if (!key.ytid.assign(text.substr(0, YtId::Length)) || !takeSeconds(at, key.startMs) ||
            !takeSeconds(at, key.endMs) || key.startMs >= key.endMs || at[0] != ',' || at[1] != ' ' ||
            at[2] != '"')
            return false;
        if (!takeLabels(text.substr(0, LongestLine).substr(static_cast<std::size_t>(at + 3 - text.data()))))
            return false;
        const auto quote = static_cast<std::size_t>(labels.data() + labels.size() - text.data());
        const std::string_view rest = text.substr(quote + 1);
        const std::size_t ending = rest.starts_with('\n') ? 1 : rest.starts_with("\r\n") ? 2 : 0;
        line = text.substr(0, quote + 1 + ending);
        return ending > 0;
    }

private:
    /// Takes what stands before the next quote, eight characters at a time, and its hash on the way. False,
    /// too, when the text ends within eight characters of the quote.
    bool takeLabels(std::string_view text)
    {
        std::uint64_t mixed = 0;
        const auto mix = [&mixed](std::uint64_t word) {
            mixed = (mixed ^ word) * 0x9E37'79B9'7F4A'7C15;
            mixed ^= mixed >> 32;
        };
        for (std::size_t at = 0; at + 8 <= text.size(); at += 8) {
            const auto word = qFromLittleEndian<quint64>(text.data() + at);
            if (const int bits = bitsBefore('"', word); bits < 64) {
                mix(word & ((std::uint64_t{1} << bits) - 1));
                labels = text.substr(0, at + static_cast<std::size_t>(bits) / 8);
                hash = static_cast<std::uint32_t>(mixed);
                return true;
            }
            mix(word);
        }
        return false;
    }

    /// Takes `, 30.000`: up to four digits, a point, three digits; there are ten characters to look at. No
    /// step depends on how many digits there are, which no processor can guess.
    static bool takeSeconds(const char *&at, std::uint32_t &milliseconds)
    {
        auto word = qFromLittleEndian<quint64>(at + 2); // its lowest byte is the first character
        const int digits = bitsBefore('.', word) / 8;
        if (at[0] != ',' || at[1] != ' ' || digits < 1 || digits > 4)
            return false;
        at += 2 + digits + 4;
        const int missing = 8 * (4 - digits);
        word = word << missing | ((Bytes * '0') & ~(~std::uint64_t{0} << missing)); // now it is "0030.000"
        word ^= 0x3030'302E'3030'3030; // 0 to 9 each, the point 0
        if (((word + 0x7676'767F'7676'7676) | word) & (Bytes << 7))
            return false;
        word = (word * (1 + (10 << 8)) >> 8) & 0x00FF'00FF'00FF'00FF; // of two digits each
        word = (word * (1 + (100 << 16)) >> 16) & 0x0000'FFFF'0000'FFFF;
        milliseconds = static_cast<std::uint32_t>(word * 1000 + (word >> 32));
        return true;
    }

    /// How many of a word's bits are below the first byte that is this character; 64 when none is.
    static int bitsBefore(char character, std::uint64_t word)
    {
        word ^= Bytes * static_cast<unsigned char>(character);
        // The lowest of the bits tells of the first zero; those above may be mistaken.
        const std::uint64_t zeros = (word - Bytes) & ~word & (Bytes << 7);
        return std::countr_zero(zeros) & ~7; // the bit is the highest of its byte
    }

    static constexpr std::uint64_t Bytes = 0x0101'0101'0101'0101; ///< 1 in each
};

/// Makes a split of lines, one after the other.
class SplitBuilder final
{
public:
    /// `mostLabels`: distinct ones.
    explicit SplitBuilder(std::size_t mostLabels)
        : m_mostLabels(mostLabels)
    {
        m_split.table = segments::SegmentTable(mostLabels);
    }

    void reserve(std::size_t rows)
    {
        m_split.table.reserve(rows);
        m_texts.reserve(2 * rows); // AudioSet's have 0.7 bytes a row
    }

    /// Takes whole lines, each with its end; the file's last line may be without.
    void take(std::string_view text)
    {
        std::array<OfficialLine, 64> batch; // looked up together: what they wait for then overlaps
        while (!text.empty()) {
            std::size_t count = 0;
            for (; count < batch.size() && batch[count].parse(text); ++count)
                text.remove_prefix(batch[count].line.size());
            for (const OfficialLine &official : std::span(batch).first(count)) {
                const auto known = m_texts.find(official.labels, official.hash);
                if (known != m_texts.None) {
                    m_split.table.append(official.key, known);
                } else if (official.labels.find('\n') == std::string_view::npos &&
                           m_parser.parseLabels(official.labels) &&
                           m_split.table.append(official.key, m_parser.labels())) {
                    m_texts.add(official.labels, official.hash, m_split.table.sets().back());
                } else {
                    // A quote that is not closed may have taken the next line with it.
                    for (std::string_view lines = official.line; !lines.empty();)
                        takeFirst(lines);
                }
            }
            if (count < batch.size() && !text.empty())
                takeFirst(text);
        }
    }

    /// Takes the line at the front of a text away from it.
    void takeFirst(std::string_view &text)
    {
        const auto size = std::min(text.find('\n'), text.size() - 1) + 1;
        takeLine(text.substr(0, size));
        text.remove_prefix(size);
    }

    /// Takes a line of any form, with or without its end; true when it became a row.
    bool takeLine(std::string_view line)
    {
        const qint64 number = lineOf(m_split.table.size()); // the row that it may become
        line = line.substr(0, line.find_last_not_of('\n') + 1);
        line = line.substr(0, line.find_last_not_of('\r') + 1);
        m_sawNul = m_sawNul || (number <= 20 && line.find('\0') != std::string_view::npos);
        QString reason;
        if (line.size() > LongestLine) {
            reason = u"the line is longer than %1 bytes"_s.arg(countText(LongestLine));
        } else if (const auto kind = m_parser.parse(line); kind == LineParser::Kind::Problem) {
            reason = m_parser.reason();
        } else if (kind == LineParser::Kind::Segment) {
            if (m_split.table.append(m_parser.key(), m_parser.labels()))
                return true;
            m_isFull = true;
            reason = segments::manyDifferentLabelsText(m_mostLabels);
        }
        if (!reason.isEmpty())
            addProblem({number, reason});
        m_gaps.push_back(m_split.table.size());
        return false;
    }

    /// Adds the lines that come next in the file. False, and of no more use, when there are too many labels
    /// in both together.
    bool append(const SplitBuilder &next)
    {
        const segments::Row rows = m_split.table.size();
        const qint64 lines = lineOf(rows) - 1;
        if (next.m_isFull || !m_split.table.append(next.m_split.table))
            return false;
        for (const Problem &problem : next.m_split.problems)
            addProblem({lines + problem.line, problem.reason});
        m_split.problemCount += next.m_split.problemCount - static_cast<qint64>(next.m_split.problems.size());
        for (const segments::Row row : next.m_gaps)
            m_gaps.push_back(rows + row);
        return true;
    }

    /// The split of all lines.
    Result<Split> finish(const QString &path, const std::stop_token &stop)
    {
        segments::SegmentTable &table = m_split.table;
        if (table.size() == 0)
            return failure(ErrorCode::BadInput, whyEmpty(path));
        const std::vector<segments::Row> repeated = table.index();
        for (const segments::Row row : repeated) {
            if (stop.stop_requested())
                return cancelled();
            const qint64 first = lineOf(*table.find(table.key(row)));
            addProblem({lineOf(row), u"the same segment as in line %1"_s.arg(first)});
        }
        if (!repeated.empty()) {
            table.remove(repeated);
            table.index();
            std::ranges::stable_sort(m_split.problems, {}, &Problem::line);
        }
        m_split.path = path;
        return std::move(m_split);
    }

private:
    /// Of a row that is there, or would be the next.
    qint64 lineOf(segments::Row row) const
    {
        return row + 1 + (std::ranges::upper_bound(m_gaps, row) - m_gaps.begin());
    }

    void addProblem(Problem problem)
    {
        ++m_split.problemCount;
        if (m_split.problems.size() < Split::MostProblems)
            m_split.problems.push_back(std::move(problem));
    }

    QString whyEmpty(const QString &path) const
    {
        if (m_gaps.empty())
            return u"%1 is empty; expected lines of YTID, start_seconds, end_seconds, labels."_s.arg(path);
        if (m_sawNul)
            return u"%1 is not a text file; expected a CSV of YTID, start_seconds, end_seconds, labels."_s
                .arg(path);
        if (m_split.problems.empty())
            return u"%1 holds no segment, only comments and blank lines."_s.arg(path);
        const Problem &first = m_split.problems.front();
        return u"%1 holds no segment. Line %2: %3."_s.arg(path, QString::number(first.line), first.reason);
    }

    std::size_t m_mostLabels;
    Split m_split;
    LineParser m_parser;
    segments::StringInterner
        m_texts; ///< the label set of each text that official lines write their labels in
    std::vector<segments::Row> m_gaps; ///< of each line that is no row, the row that comes next
    bool m_isFull = false;             ///< a line was refused because there are too many labels
    bool m_sawNul = false;
};

} // namespace

Result<Split> readSplit(const QString &path, std::stop_token stop, const ReadProgress &tell,
                        std::size_t mostLabels)
{
    const QFileInfo info(path);
    if (info.isDir())
        return failure(ErrorCode::Unreadable,
                       u"%1 is a folder; choose a split such as balanced_train_segments.csv."_s.arg(path));
    const qint64 size = info.size();
    const qint64 end = size > 0 ? size : std::numeric_limits<qint64>::max(); // a pipe says that it is empty
    const qint64 middle = size < SmallFile ? end : size / 2;
    std::mutex telling;
    qint64 done = 0; // of both threads
    const auto readPart = [&](qint64 begin, qint64 partEnd) -> Result<SplitBuilder> {
        const auto progress = [&, before = begin](qint64 at, qint64) mutable {
            const std::lock_guard lock(telling);
            const qint64 now = std::clamp(at, begin, partEnd);
            done += now - std::exchange(before, now);
            if (tell && (done <= size || size == 0)) // not of a second reading
                tell(done, size);
        };
        LineBlocks blocks(path, stop, progress, begin, partEnd);
        SplitBuilder lines(mostLabels);
        // Room for the parts that follow as well. Most rows have more than 40 bytes; what is not used costs
        // nothing.
        lines.reserve(static_cast<std::size_t>(std::clamp(size - begin, qint64{0}, qint64{1} << 29)) / 40);
        while (blocks.next())
            lines.take(blocks.text());
        return blocks.outcome().map([&lines] { return std::move(lines); });
    };
    std::future<Result<SplitBuilder>> rest;
    if (middle < end)
        rest = std::async(std::launch::async, readPart, middle, end);
    auto lines = readPart(0, middle);
    if (rest.valid()) {
        const auto next = rest.get();
        if (lines && !next)
            return tl::unexpected(next.error());
        if (lines && !lines->append(*next)) // only all lines in a row tell which of the labels are too many
            lines = readPart(0, end);
    }
    if (!lines)
        return tl::unexpected(lines.error());
    return lines->finish(path, stop);
}

Result<Split> readSampleSplit()
{
    return readSplit(u":/earmark/sample_segments.csv"_s);
}

} // namespace earmark::readers
