#include "download/ratelimiterfile.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <csignal>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestPaceFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsWhatIsWritten()
    {
        const RateLimiterFile file(path());
        const RateLimiterFile::Content wanted{{1'000h, 1'001h},
                                              RateLimiterFile::Limit{1'002h, u"The site refuses: 5 %."_s}};
        QVERIFY(file.visit([&](RateLimiterFile::Content &content) {
            const bool isEmpty = content == RateLimiterFile::Content();
            content = wanted;
            return isEmpty;
        }));
        QCOMPARE(QFileInfo(path()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        QVERIFY(contentOf(file) == wanted);
        QVERIFY(file.visit([](RateLimiterFile::Content &content) {
            content.starts.clear();
            content.limit.reset();
            return true; // less than before: nothing of it stays
        }));
        QVERIFY(contentOf(file) == RateLimiterFile::Content());
    }

    void takesOddFilesForEmpty_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("text") << QByteArray("Dear diary,\nstart 3600000\n");
        QTest::newRow("no numbers") << QByteArray("earmark-pace 1\nstart\nstart x\nlimit \nlimit soon\n");
        QTest::newRow("zeros") << QByteArray(10'000, '\0');
    }

    void takesOddFilesForEmpty()
    {
        QFETCH(QByteArray, bytes);
        test::writeFile(path(), bytes);
        QVERIFY(contentOf(RateLimiterFile(path())) == RateLimiterFile::Content());
    }

    void followsNoLink()
    {
        const QString other = test::writeFile(m_folder->filePath(u"thesis.tex"_s), "chapter one");
        QVERIFY(QFile::link(other, path()));
        QVERIFY(!RateLimiterFile(path()).visit([](RateLimiterFile::Content &) { return true; }));
        QCOMPARE(test::readFile(other), QByteArray("chapter one"));
    }

    /// A program that is stopped while it holds the lock must not stop the others.
    void waitsForNobodyForLong()
    {
        test::writeFile(path(), "");
        const int held = ::open(QFile::encodeName(path()).constData(), O_RDWR | O_CLOEXEC);
        QCOMPARE(::flock(held, LOCK_EX), 0);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!RateLimiterFile(path()).visit([](RateLimiterFile::Content &) { return true; }));
        QVERIFY(timer.elapsed() < 2'000);
        ::close(held);
        QVERIFY(RateLimiterFile(path()).visit([](RateLimiterFile::Content &) { return true; }));
    }

    /// Two processes that add as fast as they can.
    void twoProcessesLoseNothing()
    {
        constexpr int Each = 300;
        const RateLimiterFile file(path());
        const auto add = [&file](Moment from) {
            for (int number = 0; number < Each;) {
                const bool isDone = file.visit([&](RateLimiterFile::Content &content) {
                    content.starts.push_back(from + std::chrono::seconds(number));
                    return true;
                });
                number += isDone ? 1 : 0;
            }
        };
        const pid_t other = ::fork();
        if (other == 0) {
            add(2'000h);
            ::_exit(0);
        }
        add(1'000h);
        int status = 0;
        QCOMPARE(::waitpid(other, &status, 0), other);
        QCOMPARE(status, 0);
        QCOMPARE(contentOf(file).starts.size(), std::size_t{2 * Each});
    }

private:
    QString path() const { return m_folder->filePath(u"pace"_s); }
    static RateLimiterFile::Content contentOf(const RateLimiterFile &file)
    {
        RateLimiterFile::Content found;
        file.visit([&found](const RateLimiterFile::Content &content) {
            found = content;
            return false;
        });
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestPaceFile)
#include "tst_ratelimiterfile.moc"
