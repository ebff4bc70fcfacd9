#include "gui/program.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QMessageBox>
#include <QPointer>

using namespace Qt::StringLiterals;
using namespace earmark;

namespace {

QString idOf(int number, QChar first)
{
    return first + u"%1"_s.arg(number, 10, 10, QChar(u'0'));
}

QByteArray listOf(int rows, QChar first)
{
    QByteArray list = "# YTID, start_seconds, end_seconds, positive_labels\n";
    for (int row = 0; row < rows; ++row)
        list += idOf(row, first).toLatin1() + ", 0.000, 10.000, \"/m/09x0r\"\n";
    return list;
}

/// The window on a list of so many rows, with tools that are there by name alone.
struct Program final : test::Program
{
    explicit Program(int rows, const QString &version = u"2099.01.01"_s,
                     const QString &source = test::DeadSource)
        : test::Program({}, ytdlp::Source(source))
    {
        test::writeFile(path(u'a'), listOf(rows, u'a'));
        test::writeFile(path(u'b'), listOf(3, u'b'));
        ytdlp::Tools tools;
        tools.ytdlp = {
            .name = u"yt-dlp"_s, .path = folder.filePath(u"yt-dlp"_s), .version = version, .problem = {}};
        tools.ffmpeg = {
            .name = u"ffmpeg"_s, .path = folder.filePath(u"ffmpeg"_s), .version = u"6.0"_s, .problem = {}};
        session.setTools(tools);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("The window does not come up.");
        open(u'a', rows);
    }
    QString path(QChar list) const { return folder.filePath(list + u".csv"_s); }
    void open(QChar list, int rows)
    {
        session.openSplit(path(list));
        QTRY_VERIFY(session.split() && session.split()->path == path(list));
        QTRY_COMPARE(window.page().foundCount(), rows);
        QTRY_VERIFY(session.queue() != nullptr);
    }
    qint64 unfinished() const { return session.workspace()->counts().unfinished(); }
    void enqueue(int count)
    {
        std::vector<WantedClip> wanted;
        for (int row = 0; row < count; ++row)
            wanted.push_back({session.split()->table.key(static_cast<segments::Row>(row)),
                              static_cast<segments::Row>(row), "/m/09x0r"});
        session.workspace()->enqueue(wanted);
    }
    static QMessageBox *box() { return qobject_cast<QMessageBox *>(QApplication::activeModalWidget()); }
    static void answer(const QString &text)
    {
        QTRY_VERIFY(box());
        for (auto *button : box()->buttons()) {
            if (button->text().remove(u'&') == text) {
                button->click();
                return;
            }
        }
        QFAIL("There is no such answer.");
    }
};

} // namespace

/// While a question is open, lists are loaded and queues renewed. The answer is about what was asked.
class TestQuestions final : public QObject
{
    Q_OBJECT

public:
    QStringList m_opened;

public Q_SLOTS:
    void takePage(const QUrl &page) { m_opened.append(page.toString()); }

private Q_SLOTS:
    void downloadsWhatWasAskedAbout()
    {
        Program program(1'200);
        QTRY_VERIFY(program.window.actions()["downloads.downloadFound"_L1]->isEnabled());
        program.window.actions()["downloads.downloadFound"_L1]->trigger();
        QTRY_VERIFY(Program::box());
        QVERIFY(Program::box()->text().contains(u"1,200 clips"_s));
        QCOMPARE(program.unfinished(), 0); // until it is answered
        program.window.page().filter().setText(u"id:a0000000001"_s);
        Program::answer(u"Download"_s);
        QTRY_COMPARE(program.unfinished(), 1'200);
    }

    void isWithdrawnWhenAnotherListComes()
    {
        Program program(1'200);
        QTRY_VERIFY(program.window.actions()["downloads.downloadFound"_L1]->isEnabled());
        program.window.actions()["downloads.downloadFound"_L1]->trigger();
        QTRY_VERIFY(Program::box());
        program.open(u'b', 3);
        QTRY_VERIFY(!Program::box());
        QCOMPARE(program.unfinished(), 0);
    }

    void stopsTheQueueThatThereIsNow()
    {
        Program program(200);
        program.enqueue(200);
        QTRY_VERIFY(program.window.actions()["downloads.stop"_L1]->isEnabled());
        program.window.actions()["downloads.stop"_L1]->trigger();
        QTRY_VERIFY(Program::box());
        const QPointer<download::Queue> before = program.session.queue();
        session::DownloadSettings engine = program.session.engine();
        ++engine.workers;
        program.session.setEngine(engine);
        QTRY_VERIFY(!before);
        QVERIFY(program.session.queue());
        Program::answer(u"Stop"_s);
        QTRY_COMPARE(program.unfinished(), 0);
    }

    void opensThePagesThatWereCounted()
    {
        Program program(6);
        QDesktopServices::setUrlHandler(u"http"_s, this, "takePage");
        program.window.page().table().selectAll();
        program.window.actions()["segments.openInBrowser"_L1]->trigger();
        QTRY_VERIFY(Program::box());
        program.open(u'b', 3);
        Program::answer(u"Open"_s);
        QTRY_COMPARE(m_opened.size(), 6);
        QDesktopServices::unsetUrlHandler(u"http"_s);
        for (int row = 0; row < 6; ++row)
            QVERIFY2(m_opened[row].contains(idOf(row, u'a')), qPrintable(m_opened[row]));
    }

    void copiesTheRowsThatWereCounted()
    {
        constexpr int Rows = 100'001;
        Program program(Rows);
        program.window.page().table().selectAll();
        program.window.actions()["segments.copyIds"_L1]->trigger();
        QTRY_VERIFY(Program::box());
        program.open(u'b', 3);
        QApplication::clipboard()->clear();
        Program::answer(u"Copy"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!QApplication::clipboard()->text().isEmpty(), 30'000);
        const QStringList ids = QApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(ids.size(), Rows);
        QCOMPARE(ids.last(), idOf(Rows - 1, u'a'));
    }

    /// The menu of a row stays open over another list: what it offers was read before.
    void aMenuOfARowOutlivesItsList()
    {
        Program program(6);
        auto &table = program.window.page().table();
        Q_EMIT table.customContextMenuRequested(
            table.visualRect(table.model()->index(0, table.model()->columnCount() - 1)).center());
        QTRY_VERIFY(QApplication::activePopupWidget());
        program.open(u'b', 3);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!QApplication::activePopupWidget());
    }

    void warnsOnceBeforeAnOldYtDlpAsksYouTube()
    {
        Program program(3, u"2025.04.30"_s, ytdlp::Source().addressTemplate());
        // Something that answers when it is asked what it has found.
        QFile ytdlp(
            test::writeFile(program.session.tools().ytdlp.path,
                            "#!/bin/sh\necho '[debug] yt-dlp version stable@2025.04.30 from x (zip)'\n"));
        QVERIFY(ytdlp.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        const auto banner = [&] { return program.window.banners().text(ui::Topic::Tools); };
        QTRY_VERIFY(program.window.actions()["downloads.downloadFound"_L1]->isEnabled());
        program.window.actions()["downloads.downloadFound"_L1]->trigger();
        QTRY_VERIFY2(banner().startsWith(u"yt-dlp 2025.04.30 is "_s), qPrintable(banner()));
        QVERIFY(banner().endsWith(u" old; YouTube will probably refuse it."_s));
        QCOMPARE(program.unfinished(), 3);
        QVERIFY(!program.session.queue()->isActive());
        QPushButton *anyway = nullptr;
        for (auto *button : program.window.banners().findChildren<QPushButton *>())
            anyway = button->text() == u"Download anyway"_s ? button : anyway;
        QVERIFY(anyway);
        anyway->click();
        QVERIFY(banner().isEmpty());
        QTRY_VERIFY(program.session.queue()->state() != download::Queue::State::Idle);
    }

    void saysNothingOfAnOldYtDlpToAnotherSource()
    {
        Program program(3, u"2025.04.30"_s);
        QTRY_VERIFY(program.window.actions()["downloads.downloadFound"_L1]->isEnabled());
        program.window.actions()["downloads.downloadFound"_L1]->trigger();
        QTRY_VERIFY(program.session.queue()->state() != download::Queue::State::Idle);
        QVERIFY(program.window.banners().text(ui::Topic::Tools).isEmpty());
    }
};

QTEST_MAIN(TestQuestions)
#include "tst_questions.moc"
