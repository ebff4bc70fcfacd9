#include "verify/check.h"

#include "audio/pcm.h"
#include "base/format.h"
#include "base/ownfiles.h"
#include "base/wholefile.h"
#include "workspace/ledgerreader.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <mutex>
#include <thread>

namespace earmark::verify {

using namespace Qt::StringLiterals;
using workspace::ClipFormat;
using workspace::ClipRecord;
using workspace::Layout;
using workspace::LedgerReader;
using workspace::WantedClip;

namespace {

/// What has to be known of a finished clip; millions of them are held at a time.
struct Clip
{
    SegmentKey key;
    ClipState state;
    int sampleRate;
    qint64 samples;
    QByteArray sha256;
};

struct Known
{
    ClipFormat format;
    std::vector<Clip> finished;
    QSet<SegmentKey> all;
    qint64 damagedRows = 0;
};

/// All that the ledger says, or of `only` these.
Result<Known> readLedger(const QString &folder, const QSet<SegmentKey> *only, const std::stop_token &stop)
{
    auto reader = LedgerReader::open(folder);
    if (!reader)
        return tl::unexpected(reader.error());
    const auto settings = (*reader)->settings();
    if (!settings)
        return tl::unexpected(settings.error());
    Known known{settings->format, {}, {}, 0};
    const auto read = (*reader)->forEach([&](const WantedClip &wanted, const ClipRecord &record) {
        if (!only || only->contains(wanted.key)) {
            known.all.insert(wanted.key);
            if (isPlayable(record.state))
                known.finished.push_back(
                    {wanted.key, record.state, record.sampleRate, record.samples, record.sha256});
        }
        return !stop.stop_requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    known.damagedRows = (*reader)->skippedRows();
    return known;
}

QString differs(const QString &what, qint64 found, qint64 told)
{
    return u"has %1 %2, and the ledger says %3"_s.arg(countText(found), what, countText(told));
}

/// What is wrong with the samples and the bytes; empty when nothing is.
QString contentProblem(const QString &path, const Clip &clip)
{
    const auto pcm = audio::readWav(path);
    if (!pcm)
        return u"cannot be read: %1"_s.arg(pcm.error().text);
    if (pcm->frames() != clip.samples)
        return u"can be read for %1 of its %2 samples only"_s.arg(countText(pcm->frames()),
                                                                  countText(clip.samples));
    // Adopted from its header alone when a ledger was made anew: then there is nothing to compare with.
    if (clip.sha256.isEmpty())
        return {};
    const auto sum = sha256Of(path);
    if (!sum)
        return u"cannot be read: %1"_s.arg(sum.error().text);
    if (*sum != clip.sha256)
        return u"is no longer what was written: its SHA-256 is another"_s;
    return {};
}

/// What is wrong with a finished clip's file; empty when nothing is.
QString problem(const Layout &layout, const ClipFormat &format, const Clip &clip, Depth depth)
{
    const QString path = layout.clip(clip.key);
    const auto info = audio::readWavInfo(path);
    if (!info)
        return info.error().code == ErrorCode::NotFound ? u"is not there"_s
                                                        : u"cannot be read: %1"_s.arg(info.error().text);
    if (info->missing > 0)
        return u"is cut off: %1 that its header promises are missing"_s.arg(bytesText(info->missing));
    if (info->sampleRate != clip.sampleRate)
        return differs(u"Hz"_s, info->sampleRate, clip.sampleRate);
    if (info->channels != format.channels)
        return differs(u"channels"_s, info->channels, format.channels);
    if (info->frames != clip.samples)
        return differs(u"samples"_s, info->frames, clip.samples);
    const qint64 whole = clip.key.samples(clip.sampleRate);
    if (clip.state == ClipState::Ready ? clip.samples != whole : clip.samples >= whole)
        return u"has %1 samples, which is not what a %2 clip of this segment has"_s.arg(
            countText(clip.samples), word(clip.state));
    return depth == Depth::Deep ? contentProblem(path, clip) : QString();
}

/// In the order of the clips.
std::vector<Finding> checkClips(const Layout &layout, const Known &known, Depth depth, Progress &progress,
                                const std::stop_token &stop)
{
    std::mutex mutex;
    std::vector<std::pair<std::size_t, Finding>> found;
    std::atomic<std::size_t> next = 0;
    {
        std::vector<std::jthread> threads;
        for (unsigned number = 0; number < std::max(1U, std::thread::hardware_concurrency()); ++number) {
            threads.emplace_back([&] {
                for (std::size_t at; !stop.stop_requested() && (at = next++) < known.finished.size();) {
                    const Clip &clip = known.finished[at];
                    QString reason = problem(layout, known.format, clip, depth);
                    ++progress.done;
                    if (reason.isEmpty())
                        continue;
                    const std::scoped_lock lock(mutex);
                    found.emplace_back(at, Finding{Finding::Kind::Clip, Layout::clipName(clip.key),
                                                   std::move(reason), clip.key});
                }
            });
        }
    }
    std::ranges::sort(found, {}, [](const auto &each) { return each.first; });
    std::vector<Finding> findings;
    findings.reserve(found.size());
    for (auto &[at, finding] : found)
        findings.push_back(std::move(finding));
    return findings;
}

/// A name that a bad file was given when it was put aside.
bool isRefusedName(const QString &name)
{
    static const QRegularExpression form(u"\\.refused(\\.[0-9]+)?\\z"_s);
    return form.match(name).hasMatch();
}

/// What lies in a folder of the workspace and should not; `inFolder` is its name with a slash.
void findOthers(const Layout &layout, const QString &inFolder, const Known &known,
                std::vector<Finding> &findings)
{
    // A program that works there now writes such files too, for the blink of an eye.
    const QDateTime old = QDateTime::currentDateTime().addSecs(-60);
    std::vector<Finding> others;
    QDirIterator files(layout.root() + u'/' + inFolder, QDir::Files | QDir::Hidden);
    while (files.hasNext()) {
        files.next();
        const QString name = files.fileName();
        if (isPartName(name) && isRegularFile(files.filePath())) {
            if (files.fileInfo().lastModified() < old)
                others.push_back({Finding::Kind::Leftover,
                                  inFolder + name,
                                  u"was left half written by a program that was stopped"_s,
                                  {}});
        } else if (!inFolder.isEmpty() && !name.startsWith(u'.') && !isRefusedName(name)) {
            const auto key = name.endsWith(u".wav") ? SegmentKey::fromStem(name.chopped(4)) : std::nullopt;
            if (!key || !known.all.contains(*key))
                others.push_back({Finding::Kind::Stranger, inFolder + name, u"is not in the ledger"_s, {}});
        }
    }
    std::ranges::sort(others, {}, &Finding::file);
    std::ranges::move(others, std::back_inserter(findings));
}

} // namespace

Result<Report> check(const QString &folder, Depth depth, Progress &progress, const std::stop_token &stop)
{
    const Layout layout(folder);
    const auto known = readLedger(folder, nullptr, stop);
    if (!known)
        return tl::unexpected(known.error());
    Report report;
    report.checked = static_cast<qint64>(known->finished.size());
    report.damagedRows = known->damagedRows;
    progress.total = report.checked;
    report.bad = checkClips(layout, *known, depth, progress, stop);
    if (!report.bad.empty() && !stop.stop_requested()) {
        // Perhaps a program beside us has gone on meanwhile.
        QSet<SegmentKey> again;
        for (const Finding &finding : report.bad)
            again.insert(*finding.key);
        const auto now = readLedger(folder, &again, stop);
        if (!now)
            return tl::unexpected(now.error());
        Progress unseen;
        report.bad = checkClips(layout, *now, depth, unseen, stop);
    }
    findOthers(layout, u"processed/"_s, *known, report.bad);
    findOthers(layout, {}, *known, report.bad);
    if (stop.stop_requested())
        return failure(ErrorCode::Cancelled, u"Stopped before all was looked at."_s);
    return report;
}

Mended mend(workspace::Workspace &workspace, const Finding &finding)
{
    const QString path = workspace.layout().root() + u'/' + finding.file;
    switch (finding.kind) {
    case Finding::Kind::Stranger:
        return {false, u"left alone"_s};
    case Finding::Kind::Leftover:
        if (!isPartName(QFileInfo(path).fileName()) || !isRegularFile(path))
            return {false, u"left alone"_s};
        if (const auto removed = removeFile(path); !removed)
            return {false, removed.error().text};
        return {true, u"removed"_s};
    case Finding::Kind::Clip:
        break;
    }
    const auto aside = putAside(path, workspace::Layout::refused(path));
    if (!aside)
        return {false, aside.error().text};
    ClipRecord record = workspace.record(*finding.key);
    record.state = ClipState::Queued;
    record.attempts = 0;
    record.samples = 0;
    record.sampleRate = 0;
    record.sha256.clear();
    record.measures = {};
    workspace.update(*finding.key, record);
    return {true, aside->isEmpty() ? u"queued again"_s
                                   : u"queued again; the file is kept as %1"_s.arg(
                                         QDir(workspace.layout().root()).relativeFilePath(*aside))};
}

} // namespace earmark::verify
