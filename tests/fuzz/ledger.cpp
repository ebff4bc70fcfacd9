// Any bytes as a ledger: read beside a program, and opened as a workspace. Either refuses with a sentence, or
// what it gives is sound; nothing crashes, and nothing of it is lost.
#include "require.h"
#include "workspace/ledgerreader.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::workspace;
using fuzz::require;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t Most = 200'000;

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    require(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(), "the file can be written");
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    require(file.open(QIODevice::ReadOnly), "the file can be read");
    return file.readAll();
}

void isSound(const SegmentKey &key)
{
    require(YtId::parse(key.ytid.view()).has_value(), "an id is an id");
    require(key.startMs < key.endMs, "a segment ends after it starts");
}

void readAll(LedgerReader &reader)
{
    if (const auto settings = reader.settings()) {
        const ClipFormat &format = settings->format;
        require(format.sampleRate >= 8'000 && format.sampleRate <= 192'000 && format.channels >= 1 &&
                    format.channels <= 2,
                "clips are of a kind that can be made");
    }
    (void)reader.counts();
    (void)reader.size();
    for (const auto what : {schema::Select::ByKey, schema::Select::Brief})
        (void)reader.forEachRow(what, [](const LedgerRow &row) {
            isSound(row.key);
            return true;
        });
    (void)reader.forEach([](const WantedClip &wanted, const Clip &record) {
        isSound(wanted.key);
        require(record.audio.samples >= 0 && record.audio.sampleRate >= 0 && record.audio.seconds() >= 0,
                "a length is one");
        return true;
    });
    (void)reader.forEachJudgement([](const SegmentKey &key, const Judgement &) { isSound(key); });
    if (const auto journal = reader.journal())
        require(journal->position() <= journal->size(), "the journal's position is in it");
    require(reader.skippedRows() >= 0, "damaged rows are counted");
}

/// In memory, where there is a file system in it.
QString folderTemplate()
{
    const QString memory = u"/dev/shm"_s;
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + u"/fuzz-ledger-XXXXXX"_s;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    static int count = 0;
    static char name[] = "fuzz_ledger";
    static char *arguments[] = {name};
    static const QCoreApplication application(count, arguments); // for the workspace's signals
    if (size > Most)
        return 0;
    const QTemporaryDir folder(folderTemplate());
    const Layout layout(folder.path());
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    write(layout.ledger(), bytes);
    if (const auto reader = LedgerReader::open(folder.path()))
        readAll(**reader);
    else
        require(!reader.error().text.isEmpty(), "a refusal says why");
    require(bytesOf(layout.ledger()) == bytes, "reading changes nothing");

    const auto workspace = Workspace::open(folder.path());
    if (!workspace) {
        require(!workspace.error().text.isEmpty(), "a refusal says why");
        require(workspace.error().code != ErrorCode::BadInput, "a damaged ledger is put aside");
        return 0;
    }
    const ClipStore &clips = (*workspace)->clips();
    for (ClipStore::Index clip = 0; clip < clips.size(); ++clip)
        isSound(clips.key(clip));
    if ((*workspace)->isMadeAnew() && size > 0) {
        const QStringList kept = QDir(folder.path()).entryList({u"earmark.sqlite.damaged-*"_s});
        require(!kept.isEmpty(), "a damaged ledger is kept");
    }
    (void)(*workspace)->flush();
    return 0;
}
