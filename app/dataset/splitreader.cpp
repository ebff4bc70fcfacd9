#include "dataset/splitreader.h"

#include "base/format.h"
#include "dataset/csvfields.h"
#include "dataset/lineparser.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

namespace {

/// The official files' longest line has under 300 bytes.
constexpr std::size_t LongestLine = 64 * 1024;
constexpr std::size_t ChunkSize = 1024 * 1024;

/// Reads a split piece by piece: a file that shrinks or vanishes meanwhile ends the load, it cannot crash it,
/// as it could if the file were mapped.
class Reader final
{
public:
    Reader(QFile &file, std::stop_token stop, const ReadProgress &progress)
        : m_file(file)
        , m_stop(std::move(stop))
        , m_progress(progress)
    {
        m_split.path = file.fileName();
        // A row of the official files has 50 bytes.
        m_split.table.reserve(static_cast<std::size_t>(std::min<qint64>(file.size() / 50, 4'000'000)));
    }

    Result<Split> read()
    {
        const qint64 total = m_file.size();
        std::vector<char> buffer(ChunkSize + LongestLine);
        std::size_t kept = 0;  // bytes of an unfinished line at the front of the buffer
        bool skipping = false; // within a line that is too long
        for (;;) {
            if (m_stop.stop_requested())
                return failure(ErrorCode::Cancelled, u"Loading was cancelled."_s);
            const qint64 got = m_file.read(buffer.data() + kept, static_cast<qint64>(ChunkSize));
            if (got < 0)
                return failure(ErrorCode::Unreadable,
                               u"%1 cannot be read: %2."_s.arg(m_file.fileName(), m_file.errorString()));
            std::string_view text(buffer.data(), kept + static_cast<std::size_t>(got));
            if (m_line == 0)
                text = withoutByteOrderMark(text);
            for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
                if (!std::exchange(skipping, false))
                    take(text.substr(0, end));
                text.remove_prefix(end + 1);
            }
            if (got == 0) {
                if (!text.empty() && !skipping)
                    take(text);
                break;
            }
            if (skipping || text.size() > LongestLine) {
                if (!std::exchange(skipping, true))
                    tooLong();
                text = {};
            }
            kept = text.size();
            std::ranges::copy(text, buffer.begin());
            if (m_progress)
                m_progress(m_file.pos(), total);
        }
        return finish();
    }

private:
    void take(std::string_view line)
    {
        if (line.size() > LongestLine) {
            tooLong();
            return;
        }
        ++m_line;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        m_sawNul = m_sawNul || (m_line <= 20 && line.find('\0') != std::string_view::npos);
        switch (m_parser.parse(line)) {
        case LineParser::Kind::Nothing:
            break;
        case LineParser::Kind::Problem:
            problem(m_line, m_parser.reason());
            break;
        case LineParser::Kind::Segment:
            if (m_split.table.append(m_parser.key(), m_parser.labels()))
                m_lines.push_back(static_cast<std::uint32_t>(m_line));
            else
                problem(m_line, u"the file has more than %1 different labels"_s.arg(
                                    countText(SegmentTable::MostLabels)));
            break;
        }
    }

    void tooLong()
    {
        ++m_line;
        problem(m_line, u"the line is longer than %1 bytes"_s.arg(countText(LongestLine)));
    }

    void problem(qint64 line, const QString &reason)
    {
        ++m_split.problemCount;
        if (m_split.problems.size() < Split::MostProblems)
            m_split.problems.push_back({line, reason});
    }

    Result<Split> finish()
    {
        SegmentTable &table = m_split.table;
        if (table.size() == 0) {
            const QString name = m_file.fileName();
            if (m_line == 0)
                return failure(
                    ErrorCode::BadInput,
                    u"%1 is empty; expected lines of YTID, start_seconds, end_seconds, labels."_s.arg(name));
            if (m_sawNul)
                return failure(
                    ErrorCode::BadInput,
                    u"%1 is not a text file; expected a CSV of YTID, start_seconds, end_seconds, labels."_s
                        .arg(name));
            if (m_split.problems.empty())
                return failure(ErrorCode::BadInput,
                               u"%1 holds no segment, only comments and blank lines."_s.arg(name));
            const Problem &first = m_split.problems.front();
            return failure(
                ErrorCode::BadInput,
                u"%1 holds no segment. Line %2: %3."_s.arg(name).arg(first.line).arg(first.reason));
        }
        const std::vector<Row> repeated = table.index();
        for (const Row row : repeated) {
            const Row first = *table.find(table.key(row));
            problem(m_lines[row], u"the same segment as in line %1"_s.arg(m_lines[first]));
        }
        if (!repeated.empty()) {
            table.remove(repeated);
            table.index();
            std::ranges::stable_sort(m_split.problems, {}, &Problem::line);
        }
        return std::move(m_split);
    }

    QFile &m_file;
    std::stop_token m_stop;
    const ReadProgress &m_progress;
    LineParser m_parser;
    Split m_split;
    std::vector<std::uint32_t> m_lines; ///< of each row, for naming repeated ones
    qint64 m_line = 0;
    bool m_sawNul = false;
};

} // namespace

Result<Split> readSplit(const QString &path, std::stop_token stop, const ReadProgress &progress)
{
    QFile file(path);
    if (QFileInfo(path).isDir())
        return failure(ErrorCode::Unreadable,
                       u"%1 is a folder; choose a split such as balanced_train_segments.csv."_s.arg(path));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(file.exists() ? ErrorCode::Unreadable : ErrorCode::NotFound,
                       u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
    return Reader(file, std::move(stop), progress).read();
}

Result<Split> readSampleSplit()
{
    return readSplit(u":/earmark/sample_segments.csv"_s);
}

} // namespace earmark::dataset
