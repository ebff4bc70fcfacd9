#include "workspace/workspace.h"

#include "base/async.h"
#include "workspace/ledger.h"
#include "workspace/ledgerreader.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>

#include <algorithm>

namespace earmark::workspace {

using namespace Qt::StringLiterals;

namespace {

Result<std::unique_ptr<QLockFile>> takeLock(const Layout &layout)
{
    auto lock = std::make_unique<QLockFile>(layout.lock());
    // Never stale by age, only when its holder is gone: a download runs for weeks.
    lock->setStaleLockTime(0);
    if (lock->tryLock(0))
        return lock;
    if (lock->error() == QLockFile::LockFailedError) {
        qint64 process = 0;
        QString host;
        QString program;
        lock->getLockInfo(&process, &host, &program);
        return failure(
            ErrorCode::Locked,
            u"The workspace %1 is in use by %2 (process %3 on %4). Close it there first, or choose another folder."_s
                .arg(layout.root(), program.isEmpty() ? u"another program"_s : program)
                .arg(process)
                .arg(host));
    }
    return failure(ErrorCode::Unwritable,
                   u"The folder %1 cannot be written to. Choose another, or change its permissions."_s.arg(
                       layout.root()));
}

} // namespace

Workspace::Workspace(Layout layout, std::unique_ptr<QLockFile> lock)
    : m_layout(std::move(layout))
    , m_lock(std::move(lock))
{
}

Workspace::~Workspace() = default;

Result<std::unique_ptr<Workspace>> Workspace::open(const QString &folder)
{
    const Layout layout(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()));
    for (const QString &path : {layout.root(), layout.downloaded(), layout.processed()}) {
        if (!QDir().mkpath(path))
            return failure(
                ErrorCode::Unwritable,
                u"The folder %1 cannot be made. Choose another place, or change the permissions."_s.arg(
                    path));
    }
    auto lock = takeLock(layout);
    if (!lock)
        return tl::unexpected(lock.error());
    std::unique_ptr<Workspace> workspace(new Workspace(layout, std::move(*lock)));
    if (auto loaded = workspace->load(); !loaded)
        return tl::unexpected(loaded.error());
    // Left by a program that was killed; ours alone, since the lock is ours.
    QDir(layout.temporary()).removeRecursively();
    return workspace;
}

Result<void> Workspace::load()
{
    auto ledger = Ledger::open(m_layout.ledger(), [this](const std::optional<Error> &error) {
        // Called on the writer's thread, which ends before this object does.
        post(this, [this, error] {
            if (error)
                Q_EMIT ledgerFailed(*error);
            else
                Q_EMIT ledgerRecovered();
        });
    });
    if (!ledger)
        return tl::unexpected(ledger.error());
    m_ledger = std::move(*ledger);

    auto reader = LedgerReader::open(m_layout.root());
    if (!reader)
        return tl::unexpected(reader.error());
    const auto format = (*reader)->format();
    if (!format)
        return tl::unexpected(format.error());
    m_format = *format;
    return (*reader)->forEach([this](const WantedClip &wanted, ClipRecord record) {
        // In a worker's hands when the program ended: begun again, or found finished by the queue.
        if (isRunning(record.state))
            record.state = ClipState::Queued;
        remember(wanted.key, record);
        return true;
    });
}

void Workspace::setFormat(const ClipFormat &format)
{
    if (format == m_format)
        return;
    m_format = format;
    m_ledger->setSetting(u"sample_rate"_s, QString::number(format.sampleRate));
    m_ledger->setSetting(u"channels"_s, QString::number(format.channels));
    std::vector<std::pair<SegmentKey, ClipRecord>> again;
    for (auto clip = m_clips.cbegin(); clip != m_clips.cend(); ++clip) {
        if (!isPlayable(clip->state))
            continue;
        ClipRecord record = *clip;
        record.state = ClipState::Queued;
        record.samples = 0;
        record.sampleRate = 0;
        record.sha256.clear();
        again.emplace_back(clip.key(), record);
    }
    update(again);
}

void Workspace::setLastStart(qint64 moment)
{
    m_lastStart = moment;
    m_ledger->setSetting(u"last_start"_s, QString::number(moment));
}

std::optional<SegmentKey> Workspace::nextQueued(const std::function<bool(const SegmentKey &)> &isHeld) const
{
    for (const auto &[position, key] : m_queue) {
        if (!isHeld || !isHeld(key))
            return key;
    }
    return std::nullopt;
}

qsizetype Workspace::enqueue(const std::vector<WantedClip> &wanted, std::span<const FailureClass> retry)
{
    std::vector<std::pair<WantedClip, ClipRecord>> added;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const WantedClip &clip : wanted) {
        ClipRecord record = m_clips.value(clip.key);
        const bool isRetried =
            record.state == ClipState::Failed && std::ranges::find(retry, record.failure) != retry.end();
        if (record.state != ClipState::Absent && !isRetried)
            continue;
        record.position = clip.position;
        record.state = ClipState::Queued;
        record.failure = FailureClass::None;
        record.reason.clear();
        record.attempts = 0;
        record.changedAt = now;
        record.retryAt = 0;
        remember(clip.key, record);
        added.emplace_back(clip, record);
    }
    const auto count = static_cast<qsizetype>(added.size());
    if (count > 0) {
        m_ledger->enqueue(std::move(added));
        Q_EMIT clipsReset();
    }
    return count;
}

void Workspace::update(const SegmentKey &key, ClipRecord record)
{
    record.changedAt = QDateTime::currentMSecsSinceEpoch();
    remember(key, record);
    m_ledger->update(key, record);
    Q_EMIT clipChanged(key);
}

void Workspace::update(const std::vector<std::pair<SegmentKey, ClipRecord>> &changes)
{
    if (changes.empty())
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (auto [key, record] : changes) {
        record.changedAt = now;
        remember(key, record);
        m_ledger->update(key, record);
    }
    Q_EMIT clipsReset();
}

void Workspace::remember(const SegmentKey &key, const ClipRecord &record)
{
    if (const auto known = m_clips.constFind(key); known != m_clips.cend())
        count(key, *known, -1);
    m_clips.insert(key, record);
    count(key, record, +1);
}

void Workspace::count(const SegmentKey &key, const ClipRecord &record, int by)
{
    m_counts[record.state] += by;
    if (record.state == ClipState::Failed)
        m_counts[record.failure] += by;
    if (record.state != ClipState::Queued)
        return;
    if (by > 0)
        m_queue.emplace(record.position, key);
    else
        m_queue.erase({record.position, key});
}

Result<void> Workspace::flush()
{
    return m_ledger->flush();
}

} // namespace earmark::workspace
