#include "gui/program.h"
#include "support/resulttest.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace earmark;

/// Tab goes round the window, through nothing that cannot be seen, and Shift+Tab the same way back.
class TestTabKey final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        test::writeFile(file(u"list.csv"_s), "# YTID, start_seconds, end_seconds, positive_labels\n"
                                             "zzZZ_yy-012, 0.000, 3.000, \"/m/09x0r,/m/04rlf\"\n"
                                             "zzZZ_yy-013, 10.000, 20.000, \"/m/04rlf\"\n");
    }
    void cleanup()
    {
        m_program.reset();
        m_folder.reset();
    }

    void goesRound_data()
    {
        QTest::addColumn<bool>("isOpen");
        QTest::addColumn<bool>("hasFailures");
        QTest::newRow("start page") << false << false;
        QTest::newRow("a split is open") << true << false;
        QTest::newRow("clips have failed") << true << true;
    }
    void goesRound()
    {
        QFETCH(bool, isOpen);
        QFETCH(bool, hasFailures);
        if (hasFailures)
            fail();
        m_program = std::make_unique<test::Program>(m_folder->path());
        m_program->window.show();
        QVERIFY(QTest::qWaitForWindowActive(&m_program->window));
        m_program->openAtStart(isOpen ? file(u"list.csv"_s) : QString());
        QTRY_COMPARE(m_program->session.count(ClipState::Failed), hasFailures ? 1 : 0);
        if (isOpen)
            QTRY_VERIFY(m_program->window.page().table().hasFocus());
        QTRY_VERIFY(QApplication::focusWidget());

        const auto forward = stops(Qt::Key_Tab, {});
        QVERIFY2(forward.size() > 5, qPrintable(QString::number(forward.size())));
        auto backward = stops(Qt::Key_Backtab, Qt::ShiftModifier);
        std::reverse(backward.begin(), backward.end() - 1); // both end where they began
        QCOMPARE(backward, forward);
    }

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    void fail() const
    {
        const SegmentKey key{*YtId::parse("zzZZ_yy-013"), 10'000, 20'000};
        auto workspace = workspace::Workspace::open(file(u"clips"_s));
        VERIFY_OK(workspace);
        (*workspace)->enqueue({{key, 1, "/m/04rlf"}});
        Clip record = (*workspace)->record(key);
        record.progress.state = ClipState::Failed;
        record.progress.failure = FailureClass::Permanent;
        record.progress.reason = u"The video was removed."_s;
        (*workspace)->update(key, record);
        VERIFY_OK((*workspace)->flush());
    }
    /// Where the key leads, one press after the other, up to where it began; empty when it leads to what
    /// cannot be seen, or does not come back.
    QList<QWidget *> stops(Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        constexpr int Most = 100;
        QWidget *const first = QApplication::focusWidget();
        QList<QWidget *> stops;
        while (stops.size() < Most) {
            QTest::keyClick(QApplication::focusWidget(), key, modifiers);
            QWidget *const at = QApplication::focusWidget();
            const auto isShown = [this](const QWidget *widget) {
                const QRect place(widget->mapTo(&m_program->window, QPoint()), widget->size());
                return widget->isVisible() && m_program->window.rect().contains(place);
            };
            if (!at || !isShown(at)) {
                qWarning() << "nobody sees" << at << "after" << stops;
                return {};
            }
            stops.append(at);
            if (at == first)
                return stops;
        }
        qWarning() << "does not come back:" << stops;
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::Program> m_program;
};

QTEST_MAIN(TestTabKey)
#include "tst_tabkey.moc"
