#include "audio/pcm.h"
#include "support/cliprocess.h"
#include "support/mediaserver.h"
#include "support/processes.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"
#include "workspace/layout.h"
#include "workspace/ledgerreader.h"

#include <QDir>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::Fault;

namespace {

constexpr int Rate = 44'100;
constexpr int Sounds = 8; ///< different ones, clip n has that of number n modulo 8
constexpr int From = 2, To = 5;
constexpr int Patience = 1'800'000;

/// What is wrong with one clip in five, and what must come of it.
struct Trouble
{
    Fault fault;
    ClipState state = ClipState::Ready;
    FailureClass failure = FailureClass::None;
    bool isGarbage = false;
};

const std::vector<Trouble> &troubles()
{
    using enum Fault::Caller;
    static const std::vector<Trouble> all{
        {{.status = 404}, ClipState::Failed, FailureClass::Permanent},
        {{.status = 500, .times = 1}},
        {{.caller = Ffmpeg, .cutAfter = 30'000, .times = 1}},
        {{}, ClipState::Failed, FailureClass::Transient, true},
        {{.status = 403, .times = 1}},
        {{.caller = Ffmpeg, .stallAfter = 20'000, .times = 1}},
        {{.caller = Ffmpeg, .status = 503, .times = 1}},
        {{.status = 429, .times = 1}},
    };
    return all;
}

Trouble troubleOf(int number)
{
    return number % 5 == 0 ? troubles()[static_cast<std::size_t>(number / 5) % troubles().size()] : Trouble();
}

QString ytidOf(int number)
{
    return u"-soak%1_"_s.arg(number, 5, 10, QChar(u'0'));
}

QString pathOf(int number)
{
    return u"/%1.m4a"_s.arg(ytidOf(number));
}

SegmentKey keyOf(int number)
{
    return {*YtId::parse(ytidOf(number).toStdString()), From * 1'000, To * 1'000};
}

} // namespace

/// A download of many clips with a server that fails, and a program that is killed again and again. Small, so
/// that it can run every day; EARMARK_SOAK="1000 50" (clips and kills) with QTEST_FUNCTION_TIMEOUT=3600000
/// makes it large.
class TestSoak final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QStringList size = qEnvironmentVariable("EARMARK_SOAK", u"120 8"_s).split(u' ');
        m_clips = size.value(0).toInt();
        m_kills = size.value(1).toInt();
        QVERIFY(m_clips > 0);
        std::vector<QByteArray> sounds;
        for (int number = 0; number < Sounds; ++number) {
            const QString wav = m_media.filePath(u"%1.wav"_s.arg(number));
            const QString m4a = m_media.filePath(u"%1.m4a"_s.arg(number));
            QVERIFY(test::writePlainWav(
                wav, test::noise(8 * Rate, 0.3, static_cast<std::uint32_t>(number + 1)), Rate, 1));
            const QByteArray trouble = test::ffmpeg({u"-i"_s, wav, u"-b:a"_s, u"192k"_s, m4a});
            QVERIFY2(trouble.isEmpty(), trouble.constData());
            sounds.push_back(test::readFile(m4a));
            const auto whole = test::decodeWhole(m4a, Rate);
            QVERIFY(std::cmp_greater_equal(whole.size(), To * Rate));
            m_expected.emplace_back(whole.begin() + From * Rate, whole.begin() + To * Rate);
        }
        QByteArray split;
        for (int number = 0; number < m_clips; ++number) {
            const Trouble trouble = troubleOf(number);
            m_good += trouble.state == ClipState::Ready ? 1 : 0;
            m_server.setFault(pathOf(number), trouble.fault);
            m_server.serve(pathOf(number), trouble.isGarbage
                                               ? QByteArray(100'000, '\x5a')
                                               : sounds[static_cast<std::size_t>(number % Sounds)]);
            split += ytidOf(number).toLatin1() + ", 2.000, 5.000, \"/m/09x0r\"\n";
        }
        m_split = test::writeFile(m_media.filePath(u"split.csv"_s), split);
    }

    void isKilledAgainAndAgain()
    {
        QRandomGenerator random(4);
        int stops = 0;
        for (int kill = 0; kill < m_kills;) {
            QProcess cli;
            start(cli);
            // Some at the very start, some in full work, and some while only what was spoiled is tried again.
            const qsizetype enough = clipsThere() + random.bounded(0, 1 + m_clips / m_kills);
            while (clipsThere() < std::min(enough, m_good) && !cli.waitForFinished(20))
                ;
            if (cli.state() == QProcess::NotRunning || cli.waitForFinished(random.bounded(1, 500))) {
                ++stops; // a rate limit: the person starts it again
            } else {
                cli.kill();
                QVERIFY(cli.waitForFinished());
                ++kill;
            }
            QTRY_COMPARE_WITH_TIMEOUT(test::processesIn(m_folder.path()), QList<qint64>(), 15'000);
            if (QTest::currentTestFailed())
                return;
            lookForSecondDownloads();
        }
        qInfo("%d of %d clips were there after %d kills and %d stops.", int(m_seen.size()), m_clips, m_kills,
              stops);
    }

    void comesToItsEnd()
    {
        constexpr int finished = 3; // and some failed
        QByteArray said;
        for (int run = 0; run <= m_clips; ++run) {
            QProcess cli;
            start(cli);
            QVERIFY(cli.waitForFinished(Patience));
            lookForSecondDownloads();
            if (cli.exitCode() == finished)
                return;
            // A server that said "too many requests", or six clips in a row that were spoiled: the person
            // starts it again.
            said = cli.readAllStandardError();
            QVERIFY2(cli.exitCode() == 4 || said.contains("One download after the other"), said.constData());
        }
        QFAIL(said.constData());
    }

    void everyClipIsThereOrHasItsTrueReason()
    {
        auto reader = workspace::LedgerReader::open(m_folder.path());
        VERIFY_OK(reader);
        const workspace::Layout layout(m_folder.path());
        int number = 0;
        VERIFY_OK((*reader)->forEach([&](const workspace::WantedClip &wanted,
                                         const workspace::ClipRecord &record) {
            const Trouble trouble = troubleOf(number);
            const bool isRight = wanted.key == keyOf(number) && record.state == trouble.state &&
                                 record.failure == trouble.failure;
            if (!isRight)
                qWarning("%s: %s %s: %s", qUtf8Printable(wanted.key.stem()), word(record.state).data(),
                         word(record.failure).data(), qUtf8Printable(record.reason));
            const auto wav = audio::readWav(layout.clip(wanted.key));
            const bool isSound =
                wav && std::cmp_equal(wav->frames(), (To - From) * Rate) &&
                test::correlation(wav->samples, m_expected[static_cast<std::size_t>(number % Sounds)]) > 0.98;
            if (isSound != (trouble.state == ClipState::Ready))
                qWarning("%s is not the sound that it should be.", qUtf8Printable(wanted.key.stem()));
            ++number;
            return isRight && isSound == (trouble.state == ClipState::Ready);
        }));
        QCOMPARE(number, m_clips);
    }

    void nothingIsLeftOver()
    {
        QVERIFY(!QFileInfo::exists(m_folder.filePath(u".earmark.tmp"_s)) ||
                QDir(m_folder.filePath(u".earmark.tmp"_s)).isEmpty());
        // A kill in mid-write leaves half a file, which a check names after a minute. All else is as it
        // should be.
        const auto verified = test::runCli({u"verify"_s, m_folder.path(), u"--deep"_s, u"--json"_s});
        QCOMPARE(verified.json()[u"checked"_s].toInt(), m_good);
        const QJsonArray bad = verified.json()[u"bad"_s].toArray();
        for (const auto &each : bad)
            QVERIFY2(each[u"file"_s].toString().endsWith(u".part"_s), verified.output.constData());
        const auto report = test::runCli({u"coverage"_s, m_folder.path(), u"--json"_s}).json();
        QCOMPARE(report[u"asked"_s][u"clips"_s].toInt(), m_clips);
    }

private:
    void start(QProcess &cli) const
    {
        cli.setStandardOutputFile(QProcess::nullDevice());
        cli.start(qEnvironmentVariable("EARMARK_CLI"),
                  {u"fetch"_s, m_split, u"--into"_s, m_folder.path(), u"--source"_s,
                   m_server.url(u"/{ytid}.m4a"_s), u"--json"_s});
        QVERIFY(cli.waitForStarted());
    }

    qsizetype clipsThere() const
    {
        return QDir(m_folder.filePath(u"processed"_s)).entryList({u"*.wav"_s}, QDir::Files).size();
    }

    /// A clip whose WAV was there must not have been asked for since.
    void lookForSecondDownloads()
    {
        const workspace::Layout layout(m_folder.path());
        for (int number = 0; number < m_clips; ++number) {
            const int requests = m_server.requests(pathOf(number));
            if (const auto before = m_seen.constFind(number); before != m_seen.cend())
                QCOMPARE(requests, *before);
            else if (QFileInfo::exists(layout.clip(keyOf(number))))
                m_seen.insert(number, requests);
        }
    }

    int m_clips = 0;
    int m_kills = 0;
    qsizetype m_good = 0; ///< clips that must come to be ready
    QTemporaryDir m_media;
    QTemporaryDir m_folder;
    QString m_split;
    std::vector<std::vector<std::int16_t>> m_expected;
    test::MediaServer m_server;
    QHash<int, int> m_seen; ///< clips that are there, and how often they had been asked for by then
};

QTEST_GUILESS_MAIN(TestSoak)
#include "tst_soak.moc"
