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
#include <QtEndian>

#include <cstdlib>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::Fault;
using test::MediaServer;

namespace {

constexpr int Rate = 44'100;
constexpr int Sounds = 8;                    ///< different ones, clip n has that of number n modulo 8
constexpr int From = 2, To = 5, ShortTo = 4; ///< seconds
constexpr int Patience = 1'800'000;

/// What a clip's file holds.
enum class Sound {
    Whole,
    Garbage,
    Nothing,
    Picture,       ///< and no sound
    EndsWithin,    ///< the clip
    EndsBefore,    ///< it
    HasFarContents ///< the table of contents stands far behind the sound: ffmpeg asks for ranges
};

/// What is wrong with one clip in four, and what must come of it.
struct Trouble
{
    Fault fault;
    ClipState state = ClipState::Ready;
    FailureClass failure = FailureClass::None;
    Sound sound = Sound::Whole;
};

/// All kinds, for the clip of this path; `elsewhere` stands for another site.
std::vector<Trouble> troublesOf(const QString &path, const MediaServer &elsewhere)
{
    using enum Fault::Caller;
    using enum ClipState;
    using enum FailureClass;
    using Range = Fault::Range;
    const QByteArray page = "<html><body>Gone fishing</body></html>";
    return {
        {{.status = 404}, Failed, Permanent},
        {{.status = 500, .times = 1}},
        {{.caller = Ffmpeg, .cutAfter = 30'000, .times = 1}},
        {{}, Failed, Transient, Sound::Garbage},
        {{.status = 403, .times = 1}},
        {{.caller = Ffmpeg, .stallAfter = 20'000, .times = 1}},
        {{.caller = Ffmpeg, .status = 503, .times = 1}},
        {{.status = 429, .times = 1}},
        {{.status = 410}, Failed, Permanent},
        {{.caller = Ffmpeg, .status = 401}, Failed, Transient},
        {{.status = 407, .times = 1}},
        {{.caller = Ffmpeg, .status = 416, .times = 1}},
        {{.status = 418, .times = 1}},
        {{.status = 451}, Failed, Conditional},
        {{.redirect = path}, Failed, Transient}, // to itself, for ever
        {{.redirect = u"file:///etc/hostname"_s}, Failed, Transient},
        {{.caller = Ffmpeg, .redirect = u"file:///etc/hostname"_s}, Failed, Transient},
        {{.times = 1, .redirect = elsewhere.url(u"/login.html"_s)}},
        {{.redirect = elsewhere.url(path)}},
        {{.caller = Ffmpeg, .instead = page}, Failed, Transient},
        {{}, Failed, Transient, Sound::Nothing},
        {{.caller = Ffmpeg, .cutAfter = 0, .times = 1}},
        {{.bytesPerSecond = 60'000}},
        {{.range = Range::Ignored}},
        {{.headerSize = 60'000}},
        {{.caller = Ffmpeg, .times = 2, .range = Range::Shifted}, Ready, None, Sound::HasFarContents},
        {{}, Short, None, Sound::EndsWithin},
        {{}, Failed, BadMedia, Sound::EndsBefore},
        {{}, Failed, BadMedia, Sound::Picture},
    };
}

QString ytidOf(int number)
{
    return u"-soak%1_"_s.arg(number, 5, 10, QChar(u'0'));
}

QString pathOf(int number)
{
    return u"/%1.m4a"_s.arg(ytidOf(number));
}

/// So much after the sound that it is reached by another request.
QByteArray withFarContents(QByteArray m4a)
{
    constexpr qsizetype Away = 1'000'000;
    QByteArray box(Away, '\0');
    qToBigEndian<quint32>(Away, box.data());
    box.replace(4, 4, "free");
    return m4a.insert(m4a.indexOf("moov") - 4, box);
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
        for (int number = 0; number < Sounds; ++number) {
            const QString m4a = m_media.filePath(u"%1.m4a"_s.arg(number));
            const QByteArray trouble =
                test::writeNoiseM4a(m4a, {u"-b:a"_s, u"192k"_s, u"-movflags"_s, u"+faststart"_s},
                                    static_cast<std::uint32_t>(number + 1));
            QVERIFY2(trouble.isEmpty(), trouble.constData());
            const auto whole = test::decodeWhole(m4a, Rate);
            QVERIFY(std::cmp_greater_equal(whole.size(), To * Rate));
            m_expected.emplace_back(whole.begin() + From * Rate, whole.begin() + To * Rate);
        }
        m_elsewhere.serve(u"/login.html"_s, "<html><body>Name and password, please</body></html>");
        QByteArray split;
        for (int number = 0; number < m_clips; ++number) {
            const Trouble trouble = troubleOf(number);
            m_finished += trouble.state == ClipState::Failed ? 0 : 1;
            const QByteArray content = contentOf(number, trouble.sound);
            if (QTest::currentTestFailed())
                return;
            m_server.setFault(pathOf(number), trouble.fault);
            m_server.serve(pathOf(number), content);
            m_elsewhere.serve(pathOf(number), content);
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
            while (clipsThere() < std::min(enough, m_finished) && !cli.waitForFinished(20))
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
        int number = 0, wrong = 0;
        VERIFY_OK((*reader)->forEach([&](const WantedClip &wanted, const Clip &record) {
            const Trouble trouble = troubleOf(number);
            // Where yt-dlp has Python's requests, as on Debian 13, it says more of a redirect to a file than
            // without: that it is refused.
            const bool isRefused = record.progress.failure == FailureClass::Permanent &&
                                   trouble.fault.redirect.startsWith(u"file:"_s);
            const bool isRight = wanted.key == keyOf(number) && record.progress.state == trouble.state &&
                                 (record.progress.failure == trouble.failure || isRefused);
            if (!isRight)
                qWarning("%s: %s %s: %s", qUtf8Printable(wanted.key.stem()),
                         keyword(record.progress.state).data(), keyword(record.progress.failure).data(),
                         qUtf8Printable(record.progress.reason));
            const auto wav = audio::readWav(layout.clip(wanted.key));
            const bool isShort = trouble.state == ClipState::Short;
            const int frames = ((isShort ? ShortTo : To) - From) * Rate;
            // The end of a short one may be up to two packets of AAC away.
            const bool isSound =
                wav && wav->frames() == record.audio.samples &&
                std::abs(record.audio.samples - frames) <= (isShort ? 2'048 : 0) &&
                test::correlation(wav->samples, m_expected[static_cast<std::size_t>(number % Sounds)]) > 0.98;
            const bool isFinished = trouble.state != ClipState::Failed;
            if (isSound != isFinished)
                qWarning("%s is not the sound that it should be.", qUtf8Printable(wanted.key.stem()));
            wrong += isRight && isSound == isFinished ? 0 : 1;
            ++number;
            return true;
        }));
        QCOMPARE(number, m_clips);
        QCOMPARE(wrong, 0);
    }

    void nothingIsLeftOver()
    {
        QVERIFY(!QFileInfo::exists(m_folder.filePath(u".earmark.tmp"_s)) ||
                QDir(m_folder.filePath(u".earmark.tmp"_s)).isEmpty());
        for (const QString &name : {u"downloaded"_s, u"processed"_s})
            QCOMPARE(QDir(m_folder.filePath(name)).entryList({u".*"_s}, QDir::Files | QDir::Hidden),
                     QStringList());
        const auto verified = test::runCli({u"verify"_s, m_folder.path(), u"--deep"_s, u"--json"_s});
        QCOMPARE(verified.json()[u"checked"_s].toInt(), m_finished);
        QVERIFY2(verified.json()[u"bad"_s].toArray().isEmpty(), verified.output.constData());
        const auto report = test::runCli({u"coverage"_s, m_folder.path(), u"--json"_s}).json();
        QCOMPARE(report[u"asked"_s][u"clips"_s].toInt(), m_clips);
    }

private:
    /// One clip in four has one, all kinds in turn.
    Trouble troubleOf(int number) const
    {
        if (number % 4 != 0)
            return {};
        const auto all = troublesOf(pathOf(number), m_elsewhere);
        return all[static_cast<std::size_t>(number / 4) % all.size()];
    }

    QByteArray contentOf(int number, Sound sound) const
    {
        const QString whole = m_media.filePath(u"%1.m4a"_s.arg(number % Sounds));
        const QString made = m_media.filePath(u"made.m4a"_s);
        QStringList how{u"-i"_s, whole, u"-c"_s, u"copy"_s};
        switch (sound) {
        case Sound::Whole:
            return test::readFile(whole);
        case Sound::Garbage:
            return QByteArray(100'000, '\x5a');
        case Sound::Nothing:
            return {};
        case Sound::Picture:
            how = {u"-f"_s, u"lavfi"_s, u"-i"_s, u"color=size=64x64:duration=8"_s, u"-c:v"_s, u"mpeg4"_s};
            break;
        case Sound::EndsWithin:
            how += {u"-t"_s, QString::number(ShortTo)};
            break;
        case Sound::EndsBefore:
            how += {u"-t"_s, u"1"_s};
            break;
        case Sound::HasFarContents:
            break;
        }
        const QByteArray trouble = test::ffmpeg(how + QStringList{u"-f"_s, u"mp4"_s, made});
        if (!trouble.isEmpty())
            QTest::qFail(trouble.constData(), __FILE__, __LINE__);
        const QByteArray content = test::readFile(made);
        return sound == Sound::HasFarContents ? withFarContents(content) : content;
    }

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
            if (troubleOf(number).state == ClipState::Short) // it is there until it is doubted
                continue;
            const int requests = m_server.requests(pathOf(number));
            if (const auto before = m_seen.constFind(number); before != m_seen.cend())
                QCOMPARE(requests, *before);
            else if (QFileInfo::exists(layout.clip(keyOf(number))))
                m_seen.insert(number, requests);
        }
    }

    int m_clips = 0;
    int m_kills = 0;
    qsizetype m_finished = 0; ///< clips that must come to be ready or short
    QTemporaryDir m_media;
    QTemporaryDir m_folder;
    QString m_split;
    std::vector<std::vector<std::int16_t>> m_expected;
    MediaServer m_server;
    MediaServer m_elsewhere; ///< what answers lead to
    QHash<int, int> m_seen;  ///< clips that are there, and how often they had been asked for by then
};

QTEST_GUILESS_MAIN(TestSoak)
#include "tst_soak.moc"
