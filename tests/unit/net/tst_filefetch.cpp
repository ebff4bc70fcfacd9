#include "net/filefetch.h"

#include "base/atomicfile.h"
#include "support/faultserver.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimeZone>
#include <QTimer>

#include <atomic>
#include <cerrno>
#include <csignal>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace earmark;
using net::FetchedFile;
using net::FetchProgress;
using net::FileFetch;
using test::BadAnswer;
using test::FaultServer;

namespace {

/// Every byte tells where it belongs, so that a piece in the wrong place is seen.
QByteArray contentOf(qsizetype size, char seed = 0)
{
    QByteArray content(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        content[i] = static_cast<char>((i * 7 + i / 251 + seed) & 0xFF);
    return content;
}

const QByteArray Path = "/file.bin";
constexpr qsizetype Size = 1'000'000;

net::FetchOptions quick()
{
    net::FetchOptions options;
    options.patience = 1s;
    options.pauses = {1ms, 1ms, 1ms};
    options.longestPause = 2s;
    options.mostRedirects = 3;
    return options;
}

} // namespace

Q_DECLARE_METATYPE(earmark::ErrorCode)

class TestFileFetch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_content = contentOf(Size); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_target = m_folder->filePath(u"new/file.bin"_s);
        m_server = std::make_unique<FaultServer>();
        m_server->serve(Path, {m_content});
        m_network = std::make_unique<test::CountingNetwork>();
    }

    /// Whatever goes wrong on the way: the whole file in the end.
    void comesThrough_data()
    {
        QTest::addColumn<QList<BadAnswer>>("faults");
        QTest::addColumn<QList<QByteArray>>("ranges"); // of each request
        using Faults = QList<BadAnswer>;
        using Ranges = QList<QByteArray>;
        QTest::newRow("all is well") << Faults{} << Ranges{""};
        QTest::newRow("broken once") << Faults{{.breakAfter = 400'000}} << Ranges{"", "bytes=400000-"};
        QTest::newRow("broken in the headers") << Faults{{.breakAfter = 0}} << Ranges{"", ""};
        QTest::newRow("broken again and again, but getting on")
            << Faults{{.breakAfter = 100'000}, {.breakAfter = 100'000}, {.breakAfter = 100'000},
                      {.breakAfter = 100'000}, {.breakAfter = 100'000}, {.breakAfter = 100'000}}
            << Ranges{"",
                      "bytes=100000-",
                      "bytes=200000-",
                      "bytes=300000-",
                      "bytes=400000-",
                      "bytes=500000-",
                      "bytes=600000-"};
        QTest::newRow("stalled") << Faults{{.stallAfter = 300'000}} << Ranges{"", "bytes=300000-"};
        QTest::newRow("no range") << Faults{{.breakAfter = 400'000}, {.ignoresRange = true}}
                                  << Ranges{"", "bytes=400000-"};
        QTest::newRow("500, then well") << Faults{{.status = 500}} << Ranges{"", ""};
        QTest::newRow("503 in the middle") << Faults{{.breakAfter = 400'000}, {.status = 503}}
                                           << Ranges{"", "bytes=400000-", "bytes=400000-"};
        QTest::newRow("429") << Faults{{.status = 429, .headers = {{"Retry-After", "0"}}}} << Ranges{"", ""};
        QTest::newRow("tag only weak: by date")
            << Faults{{.headers = {{"ETag", "W/\"1\""}}, .breakAfter = 400'000},
                      {.headers = {{"ETag", "W/\"1\""}}}}
            << Ranges{"", "bytes=400000-"};
        QTest::newRow("nothing to tell the file by")
            << Faults{{.headers = {{"ETag", ""}, {"Last-Modified", ""}}, .breakAfter = 400'000}}
            << Ranges{"", ""};
        QTest::newRow("changed, and the server overlooks it")
            << Faults{{.breakAfter = 400'000}, {.headers = {{"ETag", "\"2\""}}}}
            << Ranges{"", "bytes=400000-", ""};
        QTest::newRow("another size meanwhile")
            << Faults{{.breakAfter = 400'000},
                      {.headers = {{"Content-Range", "bytes 400000-999999/1000001"}}}}
            << Ranges{"", "bytes=400000-", ""};
        QTest::newRow("more was promised")
            << Faults{{.headers = {{"Content-Length", "1000100"}}}} << Ranges{"", "bytes=1000000-"};
        QTest::newRow("no size") << Faults{{.headers = {{"Content-Length", ""}}}} << Ranges{""};
        QTest::newRow("no size in the rest")
            << Faults{{.breakAfter = 400'000},
                      {.headers = {{"Content-Length", ""}, {"Content-Range", "bytes 400000-999999/*"}}}}
            << Ranges{"", "bytes=400000-"};
    }
    void comesThrough()
    {
        QFETCH(QList<BadAnswer>, faults);
        QFETCH(QList<QByteArray>, ranges);
        m_server->misbehave(Path, faults);
        const auto result = fetch();
        VERIFY_OK(result);
        QCOMPARE(result->bytes, Size);
        QCOMPARE(test::readFile(m_target), m_content);
        QList<QByteArray> asked;
        for (const auto &request : m_server->requests()) {
            asked.append(request.headers.value("range"));
            QCOMPARE(request.headers.contains("if-range"), !asked.last().isEmpty());
            QCOMPARE(request.headers.value("accept-encoding"), "identity");
        }
        QCOMPARE(asked, ranges);
        QCOMPARE(left(), QStringList{u"file.bin"_s});
    }

    /// What no further try would change is said at once, and nothing gets the name.
    void refuses_data()
    {
        QTest::addColumn<QList<BadAnswer>>("faults");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("word"); // that the sentence holds
        QTest::addColumn<int>("requests");
        const auto row = [](const char *name, ErrorCode code, const QString &word, int requests,
                            const QList<BadAnswer> &faults) {
            QTest::newRow(name) << faults << code << word << requests;
        };
        using enum ErrorCode;
        row("404", NotFound, u"404"_s, 1, {{.status = 404}});
        row("410", NotFound, u"410"_s, 1, {{.status = 410}});
        row("403", Unreadable, u"403"_s, 1, {{.status = 403}});
        row("401", Unreadable, u"401"_s, 1, {{.status = 401}});
        row("418", BadInput, u"418"_s, 1, {{.status = 418}});
        row("204", BadInput, u"204"_s, 1, {{.status = 204}});
        row("304", BadInput, u"304"_s, 1, {{.status = 304}});
        row("a part nobody asked for", BadInput, u"something else"_s, 1,
            {{.status = 206, .headers = {{"Content-Range", "bytes 10-19/20"}}}});
        row("the wrong part", BadInput, u"400,000"_s, 2,
            {{.breakAfter = 400'000}, {.headers = {{"Content-Range", "bytes 300000-999999/1000000"}}}});
        row("a part of another length", BadInput, u"400,000"_s, 2,
            {{.breakAfter = 400'000}, {.headers = {{"Content-Range", "bytes 400000-499999/1000000"}}}});
        row("a part without a place", BadInput, u"400,000"_s, 2,
            {{.breakAfter = 400'000}, {.headers = {{"Content-Range", "here you are"}}}});
        row("packed", BadInput, u"gzip"_s, 1, {{.headers = {{"Content-Encoding", "gzip"}}}});
        row("500 for ever", Unreachable, u"4 times"_s, 4,
            {{.status = 500}, {.status = 500}, {.status = 500}, {.status = 500}});
        row("429 for an hour", Unreachable, u"1 h"_s, 1,
            {{.status = 429, .headers = {{"Retry-After", "3600"}}}});
        row("broken in the headers for ever", Unreachable, u"4 times"_s, 4,
            {{.breakAfter = 0}, {.breakAfter = 0}, {.breakAfter = 0}, {.breakAfter = 0}});
        const BadAnswer again{.breakAfter = 9, .ignoresRange = true};
        row("broken, and from the beginning each time", Unreachable, u"9 of 1,000,000"_s, 4,
            {again, again, again, again});
        QList<BadAnswer> others;
        for (const char *tag : {"\"a\"", "\"b\"", "\"c\"", "\"d\""})
            others.append({.headers = {{"ETag", tag}}, .breakAfter = 9});
        row("another file each time", Unreachable, u"4 times"_s, 4, others);
        const BadAnswer promise{.headers = {{"Content-Length", "1000100"}}};
        const BadAnswer nothing{.status = 416, .headers = {{"Content-Range", "bytes */1000100"}}};
        row("more was promised, for ever", Unreachable, u"changed"_s, 4,
            {promise, nothing, promise, nothing});
        const BadAnswer loop{.status = 302, .headers = {{"Location", Path}}};
        row("redirected for ever", BadInput, u"Check the address"_s, 1, {loop});
        row("redirected to this machine", BadInput, u"Check the address"_s, 1,
            {{.status = 302, .headers = {{"Location", "file:///etc/passwd"}}}});
    }
    void refuses()
    {
        QFETCH(QList<BadAnswer>, faults);
        QFETCH(QString, word);
        m_server->misbehave(Path, faults);
        const auto result = fetch();
        QTEST(result.has_value() ? ErrorCode::Internal : result.error().code, "code");
        QVERIFY2(result.error().text.contains(word), qPrintable(result.error().text));
        QVERIFY2(result.error().text.contains(u"127.0.0.1"_s), qPrintable(result.error().text));
        QTEST(static_cast<int>(m_server->requests().size()), "requests");
        QVERIFY(!QFileInfo::exists(m_target));
    }

    void followsRedirectsWithTheRange()
    {
        m_server->serve("/moved", {m_content});
        const BadAnswer moved{.status = 302, .headers = {{"Location", "/moved"}}};
        m_server->misbehave(Path, {moved, moved});
        m_server->misbehave("/moved", {{.breakAfter = 400'000}});
        VERIFY_OK(fetch());
        QCOMPARE(test::readFile(m_target), m_content);
        QCOMPARE(m_server->requests().last().headers.value("range"), "bytes=400000-");
    }

    void saysWhenNobodyIsThere()
    {
        m_server->close();
        const auto result = fetch();
        COMPARE_ERROR(result, ErrorCode::Unreachable);
    }

    void honoursRetryAfter()
    {
        m_server->misbehave(Path, {{.status = 503, .headers = {{"Retry-After", "1"}}}});
        const auto one = make();
        QStringList troubles;
        connect(one.get(), &FileFetch::progressed, this, [&](const FetchProgress &progress) {
            if (!progress.trouble.isEmpty())
                troubles.append(progress.trouble);
        });
        QElapsedTimer clock;
        clock.start();
        VERIFY_OK(run(*one));
        QVERIFY(clock.elapsed() >= 1000);
        QCOMPARE(troubles.size(), 1);
        QVERIFY2(troubles.first().contains(u"503"_s) && troubles.first().contains(u"1 s"_s),
                 qPrintable(troubles.first()));
    }

    void cancelKeepsThePartAndTheNextGoesOn()
    {
        m_server->misbehave(Path, {{.stallAfter = 500'000}});
        const auto first = make();
        connect(first.get(), &FileFetch::progressed, first.get(), [&](const FetchProgress &progress) {
            if (progress.bytes == 500'000)
                first->cancel();
        });
        COMPARE_ERROR(run(*first), ErrorCode::Cancelled);
        QCOMPARE(left(), (QStringList{u"file.bin.part"_s, u"file.bin.part.json"_s}));
        const qint64 kept = QFileInfo(m_target + u".part"_s).size();
        QCOMPARE(kept, 500'000);

        VERIFY_OK(fetch());
        QCOMPARE(m_server->requests().last().headers.value("range"),
                 "bytes=" + QByteArray::number(kept) + '-');
        QCOMPARE(test::readFile(m_target), m_content);
    }

    /// What an earlier run has left, and what comes of it.
    void findsAPart_data()
    {
        QTest::addColumn<qsizetype>("bytes");
        QTest::addColumn<QByteArray>("validator");
        QTest::addColumn<QByteArray>("path");  // of its address
        QTest::addColumn<QByteArray>("range"); // asked for first
        QTest::addColumn<int>("requests");
        const auto row = [](const char *name, qsizetype bytes, const QByteArray &validator,
                            const QByteArray &path, const QByteArray &range, int requests) {
            QTest::newRow(name) << bytes << validator << path << range << requests;
        };
        row("half", 500'000, "\"1\"", Path, "bytes=500000-", 1);
        row("all of it: 416", Size, "\"1\"", Path, "bytes=1000000-", 1);
        row("more than all of it", Size + 1, "\"1\"", Path, "bytes=1000001-", 2);
        row("nothing", 0, "\"1\"", Path, "", 1);
        row("of a file that has changed", 500'000, "\"0\"", Path, "bytes=500000-", 1);
        row("of another address", 500'000, "\"1\"", "/other", "", 1);
        row("of nobody knows what", 500'000, "", Path, "", 1);
    }
    void findsAPart()
    {
        QFETCH(qsizetype, bytes);
        QFETCH(QByteArray, validator);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, range);
        {
            net::PartFile part(m_target);
            VERIFY_OK(part.take());
            VERIFY_OK(part.open(0, {m_server->url(path), validator, Size}));
            const bool isRight = range.isEmpty() == (validator.isEmpty() || path != Path);
            VERIFY_OK(
                part.append(isRight && validator != "\"0\"" ? contentOf(bytes) : QByteArray(bytes, 'x')));
        }
        VERIFY_OK(fetch());
        QCOMPARE(m_server->requests().first().headers.value("range"), range);
        QTEST(static_cast<int>(m_server->requests().size()), "requests");
        QCOMPARE(test::readFile(m_target), m_content);
        QCOMPARE(left(), QStringList{u"file.bin"_s});
    }

    void survivesItsOwnEnd()
    {
        m_server->misbehave(Path, {{.stallAfter = 500'000}});
        auto one = make();
        QSignalSpy progress(one.get(), &FileFetch::progressed);
        one->start();
        QTRY_VERIFY(!progress.isEmpty());
        one.reset();
        VERIFY_OK(fetch());
        QCOMPARE(test::readFile(m_target), m_content);
    }

    void keepsOthersAway()
    {
        net::PartFile other(m_target);
        VERIFY_OK(other.take());
        COMPARE_ERROR(fetch(), ErrorCode::Locked);
        QVERIFY(m_server->requests().isEmpty());
    }

    void theCheckDecides()
    {
        test::writeFile(m_target.replace(u"new/"_s, QString()), "the former one");
        qint64 told = 0;
        QByteArray seen;
        const auto main = QThread::currentThread();
        bool isElsewhere = false;
        const auto result =
            fetch([&](const QString &part, qint64 announced, std::stop_token) -> Result<void> {
                told = announced;
                seen = test::readFile(part);
                isElsewhere = QThread::currentThread() != main;
                return failure(ErrorCode::BadInput, u"No good."_s);
            });
        COMPARE_ERROR(result, ErrorCode::BadInput);
        QCOMPARE(result.error().text, u"No good."_s);
        QCOMPARE(told, Size);
        QCOMPARE(seen, m_content);
        QVERIFY(isElsewhere);
        QCOMPARE(test::readFile(m_target), "the former one");
        QCOMPARE(left(), QStringList{u"file.bin"_s});

        VERIFY_OK(fetch([](const QString &, qint64, std::stop_token) { return Result<void>(); }));
        QCOMPARE(test::readFile(m_target), m_content);
    }

    void cancelReachesTheCheck()
    {
        const auto one = make([](const QString &, qint64, std::stop_token stop) -> Result<void> {
            std::atomic_bool isAsked = false;
            const std::stop_callback callback(stop, [&] {
                isAsked = true;
                isAsked.notify_all();
            });
            isAsked.wait(false);
            return failure(ErrorCode::Cancelled, u"Cancelled."_s);
        });
        connect(one.get(), &FileFetch::progressed, one.get(), [&](const FetchProgress &progress) {
            if (progress.bytes == Size)
                QMetaObject::invokeMethod(one.get(), &FileFetch::cancel, Qt::QueuedConnection);
        });
        COMPARE_ERROR(run(*one), ErrorCode::Cancelled);
        QCOMPARE(QFileInfo(m_target + u".part"_s).size(), Size);
    }

    /// As a full disk, which a test cannot have without being root.
    void saysThatTheDiskTakesNoMore()
    {
        rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, SIG_IGN);
        constexpr qint64 most = 300'000;
        const rlimit small{most, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto result = fetch();
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        COMPARE_ERROR(result, ErrorCode::Unwritable);
        QVERIFY2(result.error().text.contains(u"file.bin"_s), qPrintable(result.error().text));
        QVERIFY(QFileInfo(m_target + u".part"_s).size() <= most);
        VERIFY_OK(fetch()); // and goes on when there is room again
        QCOMPARE(writeError(m_target, ENOSPC).code, ErrorCode::DiskFull);
    }

    void saysThatTheFolderIsClosed()
    {
        test::writeFile(m_folder->filePath(u"new"_s), "a file where the folder should be");
        COMPARE_ERROR(fetch(), ErrorCode::Unwritable);
    }

    void takesTheServersDate()
    {
        const auto result = fetch();
        VERIFY_OK(result);
        const QDateTime date({2017, 3, 2}, {10, 0}, QTimeZone::utc());
        QCOMPARE(result->modified, date);
        QCOMPARE(QFileInfo(m_target).lastModified().toUTC(), date);
    }

    void tellsOfItsProgress()
    {
        m_server->misbehave(Path, {{.breakAfter = 400'000}});
        const auto one = make();
        QList<FetchProgress> seen;
        connect(one.get(), &FileFetch::progressed, this,
                [&](const FetchProgress &progress) { seen.append(progress); });
        VERIFY_OK(run(*one));
        QCOMPARE(seen.first().bytes, 0);
        QCOMPARE(seen.first().total, Size);
        QCOMPARE(seen.last().bytes, Size);
        qint64 before = 0;
        for (const FetchProgress &progress : std::as_const(seen)) {
            QVERIFY(progress.bytes >= before);
            before = progress.bytes;
        }
        QVERIFY(std::ranges::any_of(seen, [](const FetchProgress &progress) {
            return progress.bytes == 400'000 && progress.trouble.contains(u"400,000 of 1,000,000"_s);
        }));
    }

private:
    std::unique_ptr<FileFetch> make(FileFetch::Check check = {})
    {
        return std::make_unique<FileFetch>(*m_network, m_server->url(Path), m_target, std::move(check),
                                           quick());
    }
    static Result<FetchedFile> run(FileFetch &fetch)
    {
        Result<FetchedFile> result = failure(ErrorCode::Internal, u"It did not end."_s);
        QEventLoop loop;
        connect(&fetch, &FileFetch::finished, &loop, [&](const Result<FetchedFile> &value) {
            result = value;
            loop.quit();
        });
        QTimer::singleShot(20s, &loop, &QEventLoop::quit);
        fetch.start();
        loop.exec();
        return result;
    }
    Result<FetchedFile> fetch(FileFetch::Check check = {})
    {
        const auto one = make(std::move(check));
        return run(*one);
    }
    QStringList left() const
    {
        return QFileInfo(m_target).dir().entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    QByteArray m_content;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_target;
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<test::CountingNetwork> m_network;
};

QTEST_GUILESS_MAIN(TestFileFetch)
#include "tst_filefetch.moc"
