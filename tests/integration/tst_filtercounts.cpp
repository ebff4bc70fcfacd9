#include "query/filter.h"
#include "query/lexer.h"
#include "query/queryparser.h"
#include "readers/splitreader.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "workspace/sql/connection.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::classes;
using namespace earmark::query;
using namespace earmark::readers;
using namespace earmark::segments;
using namespace Qt::StringLiterals;

namespace {

/// The same question twice: as a person would type it, and as a condition on a row of `segments`.
struct Question
{
    QString text;
    QString sql;
};

QString sqlText(QString text)
{
    return u'\'' + text.replace(u'\'', u"''"_s) + u'\'';
}

} // namespace

/// Counts what hundreds of queries find, once with the filter and once with SQLite, which shares nothing with
/// it: not the label sets, not the closure of the ontology, not the comparing of names.
class TestFilterCounts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString balanced = test::sharedData(u"balanced_train_segments.csv"_s);
        auto split = balanced.isEmpty() ? readSampleSplit() : readSplit(balanced);
        VERIFY_OK(split);
        m_split = std::move(*split);
        for (Row row = 0; row < m_split.table.size(); ++row) { // clips of every kind
            const auto verdict = AllVerdicts[row / 7 % AllVerdicts.size()];
            const auto state = AllClipStates[row * 31 / 8 % AllClipStates.size()];
            const QString why = row % 2 == 0 ? u"permanent: Private video."_s : u"transient: Timed out."_s;
            segments::ClipFacts clip{state, verdict, state == ClipState::Failed ? why : QString()};
            if (isPlayable(state)) {
                clip.marks = static_cast<ClipMarks>(row / 3 % 16);
                clip.measures = {.peak = static_cast<std::int16_t>(-(row % 50) * 100),
                                 .loudness = static_cast<std::int16_t>(-(row % 70) * 100),
                                 .silence = static_cast<std::uint16_t>(row % 2 == 0 ? 0 : 65'535),
                                 .bandwidth = static_cast<std::uint16_t>(row % 11 * 250),
                                 .clipped = row % 13};
            }
            m_split.table.setClip(row, clip);
        }
        makeRatings();
        auto database = workspace::Connection::open(m_folder.filePath(u"rows.sqlite"_s),
                                                    workspace::Connection::Access::Create);
        VERIFY_OK(database);
        m_database = std::move(*database);
        fillDatabase();
    }

    void agreesWithSqlite()
    {
        const Filter filter(m_split.table, m_classes);
        std::vector<Row> rows;
        QRandomGenerator random(3);
        int answered = 0;
        for (int number = 0; number < 400; ++number) {
            const Question question = draw(random, number % 4);
            const auto query = parseQuery(question.text);
            QVERIFY2(query.has_value(), qUtf8Printable(question.text));
            QVERIFY2(!filter.check(*query), qUtf8Printable(question.text));
            filter.run(*query, rows);
            // Not only as many, but the same.
            auto sql = m_database->prepare(
                u"SELECT count(*), coalesce(sum(row), 0), coalesce(sum(row * row), 0) FROM segments WHERE %1"_s
                    .arg(question.sql)
                    .toStdString());
            VERIFY_OK(sql);
            VERIFY_OK(sql->step());
            qint64 sum = 0;
            qint64 squares = 0;
            for (const qint64 row : rows) {
                sum += row;
                squares += row * row;
            }
            QVERIFY2(sql->integer(0) == static_cast<qint64>(rows.size()) && sql->integer(1) == sum &&
                         sql->integer(2) == squares,
                     qUtf8Printable(u"%1: %2 rows, but SQLite has %3 for %4"_s.arg(question.text)
                                        .arg(rows.size())
                                        .arg(sql->integer(0))
                                        .arg(question.sql)));
            answered += !rows.empty() && rows.size() < m_split.table.size() ? 1 : 0;
        }
        QVERIFY2(answered > 200, qPrintable(QString::number(answered))); // or they say little
    }

private:
    void makeRatings()
    {
        QByteArray text = "label,num_rated,num_true\n";
        for (std::size_t label = 0; label < m_split.table.labelCount(); ++label) {
            if (label % 5 != 0)
                text += m_split.table.mid(static_cast<LabelNumber>(label)) + ",20," +
                        QByteArray::number(label * 7 % 21) + '\n';
        }
        const auto ratings = QualityRatings::read(test::writeFile(m_folder.filePath(u"ratings.csv"_s), text));
        VERIFY_OK(ratings);
        m_classes.ratings = std::make_shared<const QualityRatings>(*ratings);
    }

    void execute(const QString &statement) { VERIFY_OK(m_database->execute(statement.toStdString())); }

    void fillDatabase()
    {
        execute(u"CREATE TABLE segments (row INTEGER PRIMARY KEY, ytid, start, stop, state, verdict, reason, "
                "marks, peak, loudness, silence, bandwidth, clipped)"_s);
        execute(u"CREATE TABLE labels (row INTEGER, mid)"_s);
        execute(u"CREATE TABLE classes (mid PRIMARY KEY, name, quality REAL, blacklisted)"_s);
        execute(u"CREATE TABLE children (parent, child)"_s);
        execute(u"BEGIN"_s);
        const SegmentTable &table = m_split.table;
        auto segment =
            m_database->prepare("INSERT INTO segments (row, ytid, start, stop, state, verdict, reason) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?)");
        auto label = m_database->prepare("INSERT INTO labels VALUES (?, ?)");
        VERIFY_OK(segment);
        VERIFY_OK(label);
        for (Row row = 0; row < table.size(); ++row) {
            const SegmentKey key = table.key(row);
            const std::string ytid = key.ytid.toString().toStdString();
            const std::string state = QString(keyword(table.state(row))).toStdString();
            const std::string verdict = QString(keyword(table.verdict(row))).toStdString();
            const std::string reason = table.reason(row).toStdString();
            segment->bind(1, row);
            segment->bindText(2, ytid);
            segment->bind(3, key.startMs);
            segment->bind(4, key.endMs);
            segment->bindText(5, state);
            segment->bindText(6, verdict);
            segment->bindText(7, reason);
            VERIFY_OK(segment->run());
            if (const Measures measures = table.measures(row); measures.areKnown())
                execute(u"UPDATE segments SET marks = %1, peak = %2, loudness = %3, silence = %4, "
                        "bandwidth = %5, clipped = %6 WHERE row = %7"_s.arg(table.marks(row))
                            .arg(measures.peak / 100)
                            .arg(measures.loudness / 100)
                            .arg(measures.silence / 65'535)
                            .arg(measures.bandwidth * 4)
                            .arg(measures.clipped)
                            .arg(row));
            for (const LabelNumber number : table.labels(row)) {
                const std::string mid = table.mid(number).toStdString();
                label->bind(1, row);
                label->bindText(2, mid);
                VERIFY_OK(label->run());
            }
        }
        const auto &nodes = m_classes.ontology->nodes();
        for (const Ontology::Node &node : nodes) {
            const QString mid = sqlText(QString::fromLatin1(node.mid));
            const auto quality = m_classes.ratings->quality(node.mid);
            execute(u"INSERT INTO classes VALUES (%1, %2, %3, %4)"_s.arg(
                mid, sqlText(m_classes.displayName(node.mid)),
                quality ? QString::number(*quality, 'g', 17) : u"NULL"_s, QString::number(node.blacklisted)));
            for (const int child : node.children)
                execute(u"INSERT INTO children VALUES (%1, %2)"_s.arg(
                    mid, sqlText(QString::fromLatin1(nodes[static_cast<std::size_t>(child)].mid))));
        }
        execute(u"COMMIT"_s);
        execute(u"CREATE INDEX byMid ON labels (mid, row)"_s);
        execute(u"CREATE INDEX byRow ON labels (row, mid)"_s);
        execute(u"CREATE INDEX byParent ON children (parent)"_s);
    }

    Question draw(QRandomGenerator &random, int depth) const
    {
        if (depth == 0)
            return drawLeaf(random);
        switch (random.bounded(4)) {
        case 0: {
            const Question inner = draw(random, depth - 1);
            return {u"-("_s + inner.text + u')', u"NOT ("_s + inner.sql + u')'};
        }
        case 1:
            return drawList(random, depth, u" | "_s, u" OR "_s);
        default:
            return drawList(random, depth, u" "_s, u" AND "_s);
        }
    }

    Question drawList(QRandomGenerator &random, int depth, const QString &between,
                      const QString &sqlBetween) const
    {
        QStringList texts;
        QStringList conditions;
        for (int count = random.bounded(2, 4); count > 0; --count) {
            const Question each = draw(random, random.bounded(depth));
            texts.append(u'(' + each.text + u')');
            conditions.append(u'(' + each.sql + u')');
        }
        return {texts.join(between), conditions.join(sqlBetween)};
    }

    Question drawLeaf(QRandomGenerator &random) const
    {
        const auto &nodes = m_classes.ontology->nodes();
        const auto pick = [&random](const auto &values) -> const auto &
        {
            return values[static_cast<std::size_t>(random.bounded(static_cast<int>(std::size(values))))];
        };
        // Frequent classes are picked more often: those of a row that is picked.
        const auto row = static_cast<Row>(random.bounded(static_cast<int>(m_split.table.size())));
        const Ontology::Node &node = random.bounded(3) == 0
                                         ? pick(nodes)
                                         : nodes[static_cast<std::size_t>(m_classes.ontology->find(
                                               m_split.table.mid(pick(m_split.table.labels(row)))))];
        const QString name = m_classes.displayName(node.mid);
        const QString quoted = quotedIfNeeded(random.bounded(4) == 0 ? QString::fromLatin1(node.mid) : name);
        const QString ytid = m_split.table.key(row).ytid.toString();
        const auto holds = [](const QString &condition) {
            return u"EXISTS (SELECT 1 FROM labels JOIN classes USING (mid) WHERE labels.row = segments.row AND %1)"_s
                .arg(condition);
        };
        switch (random.bounded(16)) {
        case 0:
        case 1:
            return {u"label:"_s + quoted, holds(u"mid = "_s + sqlText(QString::fromLatin1(node.mid)))};
        case 2:
        case 3: {
            const Ontology::Node &top =
                node.parents.empty() ? node : nodes[static_cast<std::size_t>(pick(node.parents))];
            return {u"under:"_s + quotedIfNeeded(m_classes.displayName(top.mid)),
                    u"row IN (WITH RECURSIVE below (mid) AS (SELECT %1 UNION SELECT child FROM children "
                    "JOIN below ON parent = below.mid) SELECT row FROM labels JOIN below USING (mid))"_s.arg(
                        sqlText(QString::fromLatin1(top.mid)))};
        }
        case 4:
        case 5: {
            const QString part = random.bounded(2) == 0
                                     ? name.mid(random.bounded(static_cast<int>(name.size())), 4)
                                     : ytid.mid(random.bounded(9), 2);
            const QString typed = part.trimmed().isEmpty() ? u"ar"_s : part;
            return {u'"' + typed.toUpper() + u'"',
                    u"instr(ytid, %1) OR "_s.arg(sqlText(typed.toUpper())) +
                        holds(u"instr(lower(name), lower(%1))"_s.arg(sqlText(typed)))};
        }
        case 6: {
            const int from = random.bounded(11);
            const QString part = ytid.mid(from, random.bounded(1, 4));
            return {u"id:\""_s + part + u'"', u"instr(ytid, %1)"_s.arg(sqlText(part))};
        }
        case 7:
            return drawRange(random, u"start"_s, u"start"_s, 300, 1000);
        case 8:
            return drawRange(random, u"duration"_s, u"(stop - start)"_s, 11, 1000);
        case 9:
            return drawRange(random, u"labels"_s,
                             u"(SELECT count(*) FROM labels WHERE labels.row = segments.row)"_s, 5, 1);
        case 10:
            return drawRange(random, u"quality"_s,
                             u"(SELECT min(quality) FROM labels JOIN classes USING (mid) WHERE "
                             "labels.row = segments.row)"_s,
                             1, 1);
        case 11:
            if (random.bounded(2) == 0) {
                const QString state(keyword(pick(AllClipStates)));
                return {u"state:"_s + state, u"state = "_s + sqlText(state)};
            } else {
                const QString verdict(keyword(pick(AllVerdicts)));
                return {u"verdict:"_s + verdict, u"verdict = "_s + sqlText(verdict)};
            }
        case 12:
            switch (random.bounded(4)) {
            case 0:
                return drawRange(random, u"loudness"_s, u"loudness"_s, -70, 1);
            case 1:
                return drawRange(random, u"peak"_s, u"peak"_s, -50, 1);
            case 2:
                return drawRange(random, u"silence"_s, u"silence"_s, 1, 1);
            default:
                return drawRange(random, u"bandwidth"_s, u"bandwidth"_s, 10'000, 1);
            }
        case 13: {
            const ClipMark mark = pick(AllClipMarks);
            return {u"is:"_s + keyword(mark), u"coalesce(marks, 0) & %1"_s.arg(static_cast<int>(mark))};
        }
        case 14:
            return {u"is:clipped"_s, u"coalesce(clipped, 0) > 0"_s};
        default:
            if (random.bounded(2) == 0)
                return {u"reason:PRIVATE"_s, u"coalesce(reason, '') LIKE '%private%'"_s};
            return {u"is:blacklisted"_s, holds(u"blacklisted"_s)};
        }
    }

    /// A comparison of a column that has `scale` to the unit; NULL fits no range.
    static Question drawRange(QRandomGenerator &random, const QString &field, const QString &column, int most,
                              int scale)
    {
        const auto number = [&] {
            // Quality is drawn in twentieths, as ratings are.
            return field == u"quality"_s
                       ? random.bounded(21) / 20.0
                       : static_cast<double>(most < 0 ? -random.bounded(1 - most) : random.bounded(most + 1));
        };
        const auto scaled = [scale](double value) { return QString::number(value * scale, 'g', 17); };
        const double a = number();
        const double b = std::max(a, number());
        const QString text = QString::number(a);
        const QString value = u"coalesce(%1, -1000)"_s.arg(column);
        const QString isThere = u" AND %1 IS NOT NULL"_s.arg(column);
        switch (random.bounded(4)) {
        case 0:
            return {u"%1:<%2"_s.arg(field, text), u"%1 < %2"_s.arg(value, scaled(a)) + isThere};
        case 1:
            return {u"%1:>=%2"_s.arg(field, text), u"%1 >= %2"_s.arg(value, scaled(a)) + isThere};
        case 2:
            return {u"%1:%2"_s.arg(field, text), u"%1 = %2"_s.arg(value, scaled(a)) + isThere};
        default:
            return {u"%1:%2..%3"_s.arg(field, text, QString::number(b)),
                    u"%1 BETWEEN %2 AND %3"_s.arg(value, scaled(a), scaled(b)) + isThere};
        }
    }

    QTemporaryDir m_folder;
    Split m_split;
    Classes m_classes;
    std::unique_ptr<workspace::Connection> m_database;
};

QTEST_GUILESS_MAIN(TestFilterCounts)
#include "tst_filtercounts.moc"
