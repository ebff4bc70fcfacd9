#include "verify/check.h"

#include "base/atomicfile.h"
#include "base/ownfiles.h"
#include "clips/lifecycle.h"
#include "verify/difference.h"
#include "workspace/ledgerreader.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>

namespace earmark::verify {

using namespace Qt::StringLiterals;
using workspace::ClipFormat;
using workspace::Layout;
using workspace::LedgerReader;

namespace {

struct Known
{
    ClipFormat format;
    std::vector<FinishedClip> finished; ///< or lost
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
    const auto read = (*reader)->forEach([&](const WantedClip &wanted, const Clip &record) {
        if (!only || only->contains(wanted.key)) {
            known.all.insert(wanted.key);
            if (isPlayable(record.progress.state) || isLost(record.progress.state))
                known.finished.push_back({wanted.key, record.progress.state, record.audio});
        }
        return !stop.stop_requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    known.damagedRows = (*reader)->skippedRows();
    return known;
}

/// A clip that is lost is looked at to the last byte: that its header is right says nothing.
std::optional<Difference> difference(const Layout &layout, const ClipFormat &format, const FinishedClip &clip,
                                     Depth depth, const std::stop_token &stop)
{
    const QString path = layout.clip(clip.key);
    if (auto differs = headerDifference(clip, format, path, audio::readWavInfo(path)))
        return differs;
    return depth == Depth::Deep || isLost(clip.state) ? contentDifference(clip, path, stop) : std::nullopt;
}

/// What came of the clips, in their order.
struct Checked
{
    std::vector<Finding> bad;
    std::vector<SegmentKey> found;
    bool isNews = false;
};

Checked checkClips(const Layout &layout, const Known &known, Depth depth, Progress &progress,
                   const std::stop_token &stop)
{
    std::mutex mutex;
    std::map<std::size_t, std::optional<Difference>> found; // in the order of the clips
    std::atomic<std::size_t> next = 0;
    {
        std::vector<std::jthread> threads;
        for (unsigned number = 0; number < std::max(1U, std::thread::hardware_concurrency()); ++number) {
            threads.emplace_back([&] {
                for (std::size_t at; !stop.stop_requested() && (at = next++) < known.finished.size();) {
                    const FinishedClip &clip = known.finished[at];
                    auto differs = difference(layout, known.format, clip, depth, stop);
                    ++progress.done;
                    if (!differs && !isLost(clip.state))
                        continue;
                    const std::scoped_lock lock(mutex);
                    found.emplace(at, std::move(differs));
                }
            });
        }
    }
    Checked checked;
    for (auto &[at, differs] : found) {
        const FinishedClip &clip = known.finished[at];
        checked.isNews = checked.isNews || !differs || differs->state != clip.state;
        if (differs)
            checked.bad.push_back({Finding::Kind::Clip, Layout::clipName(clip.key), std::move(differs->what),
                                   clip.key, differs->state});
        else
            checked.found.push_back(clip.key);
    }
    return checked;
}

/// A name that a bad file was given when it was put aside.
bool isRefusedName(const QString &name)
{
    static const QRegularExpression form(u"\\.refused(\\.[0-9]+)?\\z"_s);
    return form.match(name).hasMatch();
}

/// What lies in a folder of the workspace and should not; `inFolder` is its name with a slash.
void findOthers(const Layout &layout, const QString &inFolder, const Known &known,
                const std::stop_token &stop, std::vector<Finding> &findings)
{
    // A program that works there now writes such files too, for the blink of an eye.
    const QDateTime old = QDateTime::currentDateTime().addSecs(-60);
    std::vector<Finding> others;
    QDirIterator files(layout.root() + u'/' + inFolder, QDir::Files | QDir::Hidden);
    while (!stop.stop_requested() && files.hasNext()) {
        files.next();
        const QString name = files.fileName();
        if (isPartName(name) && isRegularFile(files.filePath())) {
            if (files.fileInfo().lastModified() < old)
                others.push_back({.kind = Finding::Kind::Leftover,
                                  .file = inFolder + name,
                                  .reason = u"was left half written by a program that was stopped"_s});
        } else if (!inFolder.isEmpty() && !name.startsWith(u'.') && !isRefusedName(name)) {
            const auto key = name.endsWith(u".wav") ? SegmentKey::fromStem(name.chopped(4)) : std::nullopt;
            if (!key || !known.all.contains(*key))
                others.push_back({.kind = Finding::Kind::Stranger,
                                  .file = inFolder + name,
                                  .reason = u"is not in the ledger"_s});
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
    Checked checked = checkClips(layout, *known, depth, progress, stop);
    if (!(checked.bad.empty() && checked.found.empty()) && !stop.stop_requested()) {
        // Perhaps a program beside us has gone on meanwhile.
        QSet<SegmentKey> again;
        for (const Finding &finding : checked.bad)
            again.insert(*finding.key);
        again.unite(QSet<SegmentKey>(checked.found.cbegin(), checked.found.cend()));
        const auto now = readLedger(folder, &again, stop);
        if (!now)
            return tl::unexpected(now.error());
        Progress unseen;
        checked = checkClips(layout, *now, depth, unseen, stop);
    }
    report.bad = std::move(checked.bad);
    report.found = std::move(checked.found);
    report.isNews = checked.isNews;
    findOthers(layout, u"processed/"_s, *known, stop, report.bad);
    findOthers(layout, {}, *known, stop, report.bad);
    if (stop.stop_requested())
        return cancelled();
    return report;
}

std::vector<LostClip> lostClips(const Report &report)
{
    std::vector<LostClip> lost;
    for (const Finding &finding : report.bad) {
        if (finding.key)
            lost.push_back(Difference{finding.state, finding.reason}.of(*finding.key));
    }
    return lost;
}

Repaired repair(workspace::Workspace &workspace, const Finding &finding)
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
    workspace.change(*finding.key, lifecycle::queueFromScratch);
    return {true, aside->isEmpty() ? u"queued again"_s
                                   : u"queued again; the file is kept as %1"_s.arg(
                                         QDir(workspace.layout().root()).relativeFilePath(*aside))};
}

} // namespace earmark::verify
