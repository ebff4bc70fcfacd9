/// earmark-bench-sqlite: SQLite in memory, with the two indexes that an expert would make; one line of JSON
/// for each thing measured.
///
///   earmark-bench-sqlite SPLIT

#include "bench/measure.h"

#include <sqlite3.h>

#include <cstdlib>
#include <memory>
#include <unordered_map>
#include <vector>

using bench::Repeats;

namespace {

class Database final
{
public:
    Database()
    {
        sqlite3 *handle = nullptr;
        check(sqlite3_open(":memory:", &handle));
        m_handle.reset(handle);
        run("PRAGMA journal_mode = OFF");
        run("PRAGMA temp_store = MEMORY");
    }

    void run(const char *sql) { check(sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr)); }
    void check(int code) const
    {
        if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
            return;
        std::fprintf(stderr, "earmark-bench-sqlite: %s\n", sqlite3_errmsg(m_handle.get()));
        std::exit(1);
    }
    sqlite3_stmt *prepare(const std::string &sql)
    {
        sqlite3_stmt *statement = nullptr;
        check(sqlite3_prepare_v2(m_handle.get(), sql.c_str(), -1, &statement, nullptr));
        return statement;
    }

private:
    struct Close
    {
        void operator()(sqlite3 *handle) const { sqlite3_close(handle); }
    };
    std::unique_ptr<sqlite3, Close> m_handle;
};

class Statement final
{
public:
    Statement(Database &database, const std::string &sql)
        : m_database(database)
        , m_statement(database.prepare(sql))
    {
    }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    ~Statement() { sqlite3_finalize(m_statement); }

    void bind(int place, std::int64_t value)
    {
        m_database.check(sqlite3_bind_int64(m_statement, place, value));
    }
    void bind(int place, std::string_view text)
    {
        m_database.check(sqlite3_bind_text(m_statement, place, text.data(), static_cast<int>(text.size()),
                                           nullptr)); // SQLITE_STATIC: it outlives the step
    }
    bool step()
    {
        const int code = sqlite3_step(m_statement);
        m_database.check(code);
        return code == SQLITE_ROW;
    }
    void run()
    {
        step();
        sqlite3_reset(m_statement);
    }
    std::int64_t value(int column) { return sqlite3_column_int64(m_statement, column); }

private:
    Database &m_database;
    sqlite3_stmt *m_statement;
};

/// Labels are numbers: half the work of texts.
using Labels = std::unordered_map<std::string, std::int64_t>;

std::string_view until(std::string_view &text, std::string_view separator)
{
    const auto end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
    return part;
}

std::size_t import(Database &database, const char *path, Labels &labels)
{
    std::ifstream file(path);
    database.run("CREATE TABLE segment (row INTEGER PRIMARY KEY, ytid TEXT, start REAL, stop REAL);"
                 "CREATE TABLE unsorted (label INTEGER, row INTEGER);"
                 "BEGIN");
    Statement segment(database, "INSERT INTO segment VALUES (?, ?, ?, ?)");
    Statement label(database, "INSERT INTO unsorted VALUES (?, ?)");
    std::int64_t row = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#')
            continue;
        std::string_view rest = line;
        segment.bind(1, row);
        segment.bind(2, until(rest, ", "));
        segment.bind(3, until(rest, ", "));
        segment.bind(4, until(rest, ", "));
        segment.run();
        rest = rest.substr(1, rest.size() - 2); // the quotes
        while (!rest.empty()) {
            const std::string mid(until(rest, ","));
            label.bind(1, labels.emplace(mid, static_cast<std::int64_t>(labels.size())).first->second);
            label.bind(2, row);
            label.run();
        }
        ++row;
    }
    database.run("COMMIT;"
                 "CREATE TABLE posting (label INTEGER, row INTEGER, PRIMARY KEY (label, row)) WITHOUT ROWID;"
                 "INSERT INTO posting SELECT label, row FROM unsorted ORDER BY label, row");
    return static_cast<std::size_t>(row);
}

void makeTexts(Database &database)
{
    // The least that the full-text search can do with: which row has a word, not where.
    database.run(
        "CREATE VIRTUAL TABLE words USING fts5 (labels, content = '', detail = none, columnsize = 0);"
        "INSERT INTO words (rowid, labels) SELECT row, group_concat('l' || label, ' ') FROM unsorted "
        "GROUP BY row ORDER BY row;"
        "INSERT INTO words (words) VALUES ('optimize')");
}

void ask(Database &database, std::string_view what, const std::string &sql, bool order = false)
{
    std::vector<std::uint32_t> rows;
    std::vector<double> starts;
    const double cpu = bench::leastOf(order ? 1 : Repeats, [&] {
        rows.clear();
        starts.clear();
        for (Statement statement(database, sql); statement.step();) {
            rows.push_back(static_cast<std::uint32_t>(statement.value(0)));
            if (order)
                starts.push_back(static_cast<double>(statement.value(1)));
        }
    });
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        sum += order ? (i + 1) * static_cast<std::uint64_t>(starts[i]) : rows[i];
    bench::tell(what, cpu, rows.size(), sum);
}

void askAll(Database &database, const Labels &labels)
{
    const auto number = [&](const char *mid) { return std::to_string(labels.at(mid)); };
    const std::string vehicle = number("/m/07yv9"), dog = number("/m/0bt9lr"), siren = number("/m/03kmc9"),
                      speech = number("/m/09x0r"), music = number("/m/04rlf");
    std::string guitars, guitarWords;
    for (const char *mid : {"/m/0342h", "/m/02sgy", "/m/018vs", "/m/042v_gx", "/m/06w87", "/m/01glhc"}) {
        guitars += (guitars.empty() ? "" : ",") + number(mid);
        guitarWords += (guitarWords.empty() ? "l" : " OR l") + number(mid);
    }
    const std::string posting = "SELECT row FROM posting WHERE label ", words = "SELECT rowid FROM words('";
    ask(database, "label/index", posting + "= " + vehicle);
    ask(database, "label/words", words + "l" + vehicle + "')");
    std::string any = vehicle;
    any += "," + dog + "," + siren;
    ask(database, "any/index", "SELECT DISTINCT row FROM posting WHERE label IN (" + any + ")");
    ask(database, "any/words", words + "l" + vehicle + " OR l" + dog + " OR l" + siren + "')");
    ask(database, "not/index",
        posting + "= " + speech + " INTERSECT " + posting + "= " + music + " EXCEPT " + posting + "= " +
            vehicle);
    ask(database, "not/words", words + "(l" + speech + " AND l" + music + ") NOT l" + vehicle + "')");
    ask(database, "classes/index", "SELECT DISTINCT row FROM posting WHERE label IN (" + guitars + ")");
    ask(database, "classes/words", words + guitarWords + "')");
    ask(database, "word/words",
        words + guitarWords + "') UNION SELECT row FROM segment WHERE ytid LIKE '%guitar%'");
    ask(database, "id/table", "SELECT row FROM segment WHERE instr(ytid, 'aB3')");
    ask(database, "sort/table", "SELECT row, start FROM segment ORDER BY start", true);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("usage: earmark-bench-sqlite SPLIT\n", stderr);
        return 2;
    }
    const auto before = bench::Memory::now();
    Database database;
    Labels labels;
    std::size_t rows = 0;
    const double cpu = bench::timed([&] { rows = import(database, argv[1], labels); });
    bench::tellOpen(cpu, before, rows);
    bench::tellPrepared("words", bench::timed([&] { makeTexts(database); }));
    askAll(database, labels);
    return 0;
}
