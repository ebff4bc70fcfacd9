#include "review/order.h"

#include "support/testmain.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace earmark;
using review::Order;
using segments::Row;

class TestOrder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (int row = 0; row < 60; ++row) {
            const std::string id = "id" + std::to_string(100'000'000 + row);
            // Speech is everywhere, Dog in every third, Siren in one.
            std::vector<std::string_view> mids{"/m/09x0r"};
            if (row % 3 == 0)
                mids.push_back("/m/0bt9lr");
            if (row == 33)
                mids.push_back("/m/03kmc9");
            QVERIFY(m_table.append({*YtId::parse(id), 0, 10'000}, mids));
            m_table.setClip(static_cast<Row>(row), {row % 10 == 9 ? ClipState::Failed : ClipState::Ready,
                                                    row % 4 == 0 ? Verdict::Keep : Verdict::Undecided});
        }
        m_table.index();
        for (int row = 59; row >= 0; --row) // shown from its end
            m_shown.push_back(static_cast<Row>(row));
    }

    void onlyWhatCanBeHeard_data()
    {
        QTest::addColumn<Order>("order");
        for (const Order order : review::AllOrders)
            QTest::newRow(keyword(order).data()) << order;
    }
    void onlyWhatCanBeHeard()
    {
        QFETCH(Order, order);
        const auto rows = review::inOrder(m_table, m_shown, order, 1);
        QCOMPARE(rows.size(), std::size_t{54});
        QVERIFY(std::ranges::all_of(rows, [this](Row row) { return isPlayable(m_table.state(row)); }));
        QCOMPARE(QSet<Row>(rows.begin(), rows.end()).size(), 54);
        QVERIFY(review::inOrder(m_table, {}, order, 1).empty());
    }

    void asShown()
    {
        const auto rows = review::inOrder(m_table, m_shown, Order::AsShown, 1);
        QVERIFY(std::ranges::is_sorted(rows, std::greater()));
    }

    void undecidedFirst()
    {
        const auto rows = review::inOrder(m_table, m_shown, Order::UndecidedFirst, 1);
        const auto isDecided = [this](Row row) { return m_table.verdict(row) != Verdict::Undecided; };
        QVERIFY(std::ranges::is_partitioned(rows, [&](Row row) { return !isDecided(row); }));
        const auto decided = std::ranges::find_if(rows, isDecided);
        QVERIFY(std::is_sorted(rows.begin(), decided, std::greater()));
        QVERIFY(std::is_sorted(decided, rows.end(), std::greater()));
    }

    void byLabel()
    {
        const auto rows = review::inOrder(m_table, m_shown, Order::ByLabel, 1);
        QCOMPARE(rows.front(), Row{33}); // the only Siren
        const auto hasDog = [](Row row) { return row % 3 == 0; };
        const auto dogs = std::ranges::count_if(rows, hasDog);
        QVERIFY(std::all_of(rows.begin(), rows.begin() + dogs, hasDog));
        QVERIFY(std::is_sorted(rows.begin() + 1, rows.begin() + dogs, std::greater()));
    }

    void aSeedIsAnOrder()
    {
        const auto one = review::inOrder(m_table, m_shown, Order::Shuffled, 1);
        auto shuffled = m_shown;
        std::ranges::reverse(shuffled);
        QCOMPARE(review::inOrder(m_table, shuffled, Order::Shuffled, 1), one);
        QVERIFY(review::inOrder(m_table, m_shown, Order::Shuffled, 2) != one);
        QVERIFY(!std::ranges::is_sorted(one));
        // The same on every machine: it is written down in papers.
        QCOMPARE((std::vector<Row>(one.begin(), one.begin() + 5)), First);
        // Another filter leaves those that it finds in the same order.
        std::vector<Row> odd;
        std::ranges::copy_if(m_shown, std::back_inserter(odd), [](Row row) { return row % 2 == 1; });
        std::vector<Row> expected;
        std::ranges::copy_if(one, std::back_inserter(expected), [](Row row) { return row % 2 == 1; });
        QCOMPARE(review::inOrder(m_table, odd, Order::Shuffled, 1), expected);
    }

private:
    inline static const std::vector<Row> First{25, 52, 6, 4, 21};
    segments::SegmentTable m_table;
    std::vector<Row> m_shown;
};

QTEST_GUILESS_MAIN(TestOrder)
#include "tst_order.moc"
