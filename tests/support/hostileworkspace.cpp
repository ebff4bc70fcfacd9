#include "support/hostileworkspace.h"

#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "workspace/workspace.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>

#include <array>
#include <cmath>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

namespace earmark::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int Rate = 8000;
constexpr int Seconds = 10;

/// Clips after the honest ones, each a trap of its own.
enum Trap {
    LinkToText = HostileWorkspace::HonestClips, ///< WAV -> a private key
    LinkToSound,                                ///< WAV -> somebody's recording, of the right length
    LinkToNothing, ///< WAV -> a file that does not exist; queued, its raw section is there
    RawIsLink,     ///< raw section -> somebody's recording; queued
    Fifo,          ///< WAV is a FIFO: whoever opens it waits for ever
    Folder,        ///< WAV is a folder with somebody's files
    BadTexts,      ///< failed, with markup and control characters for a reason
    Clips,
};

std::vector<std::int16_t> tone(int number)
{
    std::vector<std::int16_t> samples(Rate * Seconds);
    for (std::size_t at = 0; at < samples.size(); ++at)
        samples[at] =
            static_cast<std::int16_t>(8000 * std::sin(static_cast<double>(at) * (0.1 + 0.01 * number)));
    return samples;
}

void link(const QString &target, const QString &path)
{
    QVERIFY2(::symlink(QFile::encodeName(target).constData(), QFile::encodeName(path).constData()) == 0,
             qPrintable(path));
}

/// Old enough for whoever thinks that what is old may go.
void age(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-1), QFileDevice::FileModificationTime));
}

/// Kind, permissions and content.
QString about(const QString &path)
{
    struct stat status = {};
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0)
        return u"gone"_s;
    const QString mode = QString::number(status.st_mode, 8);
    if (S_ISLNK(status.st_mode)) {
        std::array<char, 4096> target{};
        const ssize_t length = ::readlink(QFile::encodeName(path).constData(), target.data(), target.size());
        return mode + u" -> "_s + QFile::decodeName(QByteArray(target.data(), length));
    }
    if (!S_ISREG(status.st_mode))
        return mode;
    return mode + u' ' +
           QString::fromLatin1(QCryptographicHash::hash(readFile(path), QCryptographicHash::Sha256).toHex());
}

} // namespace

HostileWorkspace::HostileWorkspace(const QString &folder)
    : m_home(folder + u"/home"_s)
{
    fillHome();
    if (!QTest::currentTestFailed())
        fillLedger();
    if (!QTest::currentTestFailed())
        prepareTraps();
}

SegmentKey HostileWorkspace::key(int clip)
{
    return {*YtId::parse("id0000000" + std::to_string(10 + clip)), 0, Seconds * 1000};
}

void HostileWorkspace::fillHome() const
{
    QVERIFY(QDir().mkpath(m_home + u"/Documents/thesis"_s));
    QVERIFY(QDir().mkpath(m_home + u"/.ssh"_s));
    for (const QString &name : {u"Documents/thesis/ch1.tex"_s, u"Documents/notes.txt"_s, u".bashrc"_s,
                                u".ssh/id_rsa"_s, u"Documents/worker-0"_s})
        writeFile(m_home + u'/' + name, "precious: " + name.toUtf8() + '\n');
    // As good as any clip for those who look at its header alone.
    QVERIFY(writePlainWav(m_home + u"/memo.wav"_s, tone(99), Rate, 1));
    QVERIFY(writePlainWav(m_home + u"/source.wav"_s, tone(98), Rate, 1));
    auto foreign = workspace::Workspace::open(m_home + u"/other project"_s);
    VERIFY_OK(foreign);
}

void HostileWorkspace::fillLedger() const
{
    auto opened = workspace::Workspace::open(path());
    VERIFY_OK(opened);
    workspace::Workspace &workspace = **opened;
    workspace.setFormat({Rate, 1});
    const QByteArray labels =
        "/m/09x0r,=cmd|' /C calc'!A1,$(touch pwned),``<img src=x onerror=alert(1)>``,<h1>Update</h1>";
    QByteArray lines =
        "# Segments csv created for a test\n# YTID, start_seconds, end_seconds, positive_labels\n";
    std::vector<WantedClip> wanted;
    for (int clip = 0; clip < Clips; ++clip) {
        wanted.push_back({key(clip), static_cast<std::uint32_t>(clip), labels});
        lines += key(clip).ytid.toString().toLatin1() + ", 0.000, 10.000, \"/m/09x0r\"\n";
    }
    workspace.enqueue(wanted);
    for (int clip = 0; clip < Clips; ++clip) {
        auto record = workspace.record(key(clip));
        if (clip == BadTexts) {
            record.progress.state = ClipState::Failed;
            record.progress.failure = FailureClass::Permanent;
            record.progress.reason =
                u"<img src=\"file:///dev/zero\"><h1>Update needed</h1>\x1b]0;pwned\x07\x1b[2J\u202e|cmd"_s;
        } else if (clip != LinkToNothing && clip != RawIsLink) {
            QVERIFY(writePlainWav(workspace.layout().clip(key(clip)), tone(clip), Rate, 1));
            record.progress.state = ClipState::Ready;
            record.audio.samples = Rate * Seconds;
            record.audio.sampleRate = Rate;
            record.audio.sha256 = QCryptographicHash::hash(readFile(workspace.layout().clip(key(clip))),
                                                           QCryptographicHash::Sha256);
        }
        workspace.update(key(clip), record);
    }
    workspace.noteChoice(u"--where '`` </td><script>alert(1)</script> | `'\u202e\x1b[2J"_s);
    VERIFY_OK(workspace.flush());
    writeFile(split(), lines);
}

void HostileWorkspace::prepareTraps() const
{
    const workspace::Layout layout(path());
    const auto replace = [](const QString &target, const QString &path) {
        QFile::remove(path);
        link(target, path);
    };
    QVERIFY(QDir(layout.temporary()).removeRecursively());
    replace(u"../../.ssh/id_rsa"_s, layout.clip(key(LinkToText)));
    replace(u"../../memo.wav"_s, layout.clip(key(LinkToSound)));
    replace(u"../../new.wav"_s, layout.clip(key(LinkToNothing)));
    const QByteArray problem =
        cutSection(m_home + u"/source.wav"_s, 0, Seconds, layout.rawClip(key(LinkToNothing)));
    QVERIFY2(problem.isEmpty(), problem.constData());
    replace(u"../../memo.wav"_s, layout.rawClip(key(RawIsLink)));
    QFile::remove(layout.clip(key(Fifo)));
    QVERIFY(::mkfifo(QFile::encodeName(layout.clip(key(Fifo))).constData(), 0600) == 0);
    QFile::remove(layout.clip(key(Folder)));
    QVERIFY(QDir().mkpath(layout.clip(key(Folder))));
    writeFile(layout.clip(key(Folder)) + u"/ch2.tex"_s, "precious, too\n");

    replace(u"../Documents"_s, layout.temporary());
    replace(u"../.bashrc"_s, layout.manifest());
    replace(u"../other project/earmark.sqlite"_s, layout.ledgerBackup());
    replace(u"../Documents"_s, layout.ledgerBackup() + u".part"_s);
    replace(u"../../.bashrc"_s, layout.processed() + u"/.earmark-abcdef.part"_s);
    QVERIFY(QDir().mkpath(layout.logs()));
    replace(u"../../.bashrc"_s, layout.logs() + u"/failures.log"_s);
    replace(u"../../.bashrc"_s, layout.logs() + u"/failures.1.log"_s);
    // Drafts of an export to clips/out that was never ours.
    link(u"../Documents"_s, path() + u"/.out.earmark-draft-4194300"_s);
    link(u"../Documents"_s, path() + u"/.out.earmark-draft-4194300-old"_s);
    link(u"../Documents"_s, path() + u"/.earmark-draft-abcdef"_s);

    // The user's own, with names of six letters.
    for (const QString &name :
         {u"manifest.json.backup"_s, u"my_manifest.json.edited"_s, u"hiss.wav.sample"_s,
          u"processed/"_s + key(0).stem() + u".wav.before"_s, u"processed/notes.txt"_s}) {
        writeFile(path() + u'/' + name, "precious: " + name.toUtf8() + '\n');
        age(path() + u'/' + name);
    }
}

QMap<QString, QString> HostileWorkspace::treasures() const
{
    QMap<QString, QString> found;
    const QDir home(m_home);
    QDirIterator all(m_home, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString each = all.next();
        const QString name = home.relativeFilePath(each);
        const bool isUsers = name.endsWith(u".backup"_s) || name.endsWith(u".edited"_s) ||
                             name.endsWith(u".sample"_s) || name.endsWith(u".before"_s) ||
                             name.endsWith(u".txt"_s) || name.endsWith(u".tex"_s);
        if (!name.startsWith("clips/"_L1) ? name != "clips"_L1
                                          : isUsers && !name.endsWith("sqlite.backup"_L1))
            // A folder where a clip should be may be put aside, with all that is in it.
            found.insert(isUsers && name.contains(".wav"_L1) && name.endsWith(".tex"_L1)
                             ? u"clips/"_s + QFileInfo(name).fileName()
                             : name,
                         about(each));
    }
    return found;
}

} // namespace earmark::test
