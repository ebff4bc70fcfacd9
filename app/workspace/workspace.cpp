#include "workspace/workspace.h"

#include "base/async.h"
#include "base/atomicfile.h"
#include "base/format.h"
#include "base/ownfiles.h"
#include "clips/lifecycle.h"
#include "workspace/ledger.h"
#include "workspace/ledgerreader.h"
#include "workspace/sql/connection.h"
#include "workspace/sql/schema.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ranges>
#include <thread>
#include <utility>

namespace earmark::workspace {

using namespace Qt::StringLiterals;

namespace {

/// Removes the half-written clips that a killed program left. The lock says that nobody writes them; but a
/// folder that is a link may be another workspace's as well, which has another lock.
void sweepParts(const Layout &layout)
{
    constexpr std::chrono::hours Abandoned{1};
    for (const QString &folder : {layout.downloaded(), layout.processed()}) {
        const bool isShared = QFileInfo(folder).isSymLink();
        removeAbandonedParts(folder, isShared ? Abandoned : std::chrono::seconds(0));
    }
}

} // namespace

Workspace::Workspace(Layout layout, Lock lock)
    : m_layout(std::move(layout))
    , m_lock(std::move(lock))
{
}

Workspace::~Workspace() = default;

Result<std::unique_ptr<Workspace>> Workspace::open(const QString &folder)
{
    const Layout layout(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()));
    if (auto own = schema::refuseForeign(layout.ledger()); !own)
        return tl::unexpected(own.error());
    for (const QString &path : {layout.root(), layout.downloaded(), layout.processed()}) {
        errno = 0;
        if (QDir().mkpath(path))
            continue;
        if (errno == ENOSPC || errno == EDQUOT)
            return tl::unexpected(writeError(path, errno));
        return failure(
            ErrorCode::Unwritable,
            u"The folder %1 cannot be made. Choose another place, or change the permissions."_s.arg(path));
    }
    auto lock = takeLock(layout);
    if (!lock)
        return tl::unexpected(lock.error());
    std::unique_ptr<Workspace> workspace(new Workspace(layout, std::move(*lock)));
    // Left by a program that was killed; ours alone, since the lock is ours. What cannot be removed is in
    // nobody's way.
    (void)removeOwnFolder(layout.temporary());
    // Beside the rest, since a folder of millions of clips takes a second.
    const std::jthread sweeper([&layout] { sweepParts(layout); });
    auto loaded = isLedgerLost(layout) ? failure(ErrorCode::BadInput, {}) : workspace->load();
    if (!loaded && loaded.error().code == ErrorCode::BadInput) {
        workspace->m_ledger.reset();
        auto salvaged = salvage(layout);
        if (!salvaged)
            return tl::unexpected(salvaged.error());
        workspace->m_salvage = std::move(*salvaged);
        loaded = workspace->load();
        workspace->m_restored = workspace->m_clips.size();
    }
    if (!loaded)
        return tl::unexpected(loaded.error());
    return workspace;
}

Result<void> Workspace::load()
{
    auto ledger = Ledger::open(m_layout, [this](const std::optional<Error> &error) {
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

    // Both read the whole ledger: on two cores the check costs no time.
    Result<void> sound;
    Result<Tally> kept;
    {
        const std::jthread checker([this, &sound, &kept] {
            sound = Connection::open(m_layout.ledger(), Connection::Access::ReadOnly)
                        .and_then([](const auto &connection) { return connection->checkStructure(); });
            kept = tallyOf(m_layout.ledgerBackup());
        });
        if (auto read = readClips(); !read)
            return read;
    }
    if (kept && m_held.isFewerThan(*kept))
        m_backupHasMore = kept.value();
    return sound;
}

Result<void> Workspace::readClips()
{
    m_clips = {};
    m_queue = {};
    m_counts = {};
    auto reader = LedgerReader::open(m_layout.root());
    if (!reader)
        return tl::unexpected(reader.error());
    const auto settings = (*reader)->settings();
    if (!settings)
        return tl::unexpected(settings.error());
    m_format = settings->format;
    m_lastStart = settings->lastStart;
    m_unavailableSince = settings->unavailableSince;
    m_lastHeard = settings->lastHeard;
    m_choices = settings->choices;
    m_perHour = settings->perHour;
    auto read = (*reader)->forEachRow(schema::Select::Brief, [this](LedgerRow row) {
        // In a worker's hands when the program ended: begun again, or found finished by the queue.
        lifecycle::putBack(row.progress);
        count(m_clips.append(row), +1);
        return true;
    });
    m_clips.index();
    if (!read)
        return read;
    const qint64 skippedClips = (*reader)->skippedRows();
    m_held = {m_clips.size() + skippedClips, 0};
    auto judged = (*reader)->forEachJudgement([this](const SegmentKey &key, const Judgement &judgement) {
        ++m_held.judgements;
        if (const auto clip = m_clips.find(key))
            m_clips.setJudgement(*clip, judgement);
    });
    if (!judged)
        return judged;
    auto journal = (*reader)->journal();
    if (!journal)
        return tl::unexpected(journal.error());
    m_journal = std::move(*journal);
    m_skippedRows = (*reader)->skippedRows();
    m_held.judgements += m_skippedRows - skippedClips;
    return {};
}

QString Workspace::notice() const
{
    QStringList sentences;
    if (m_salvage)
        sentences.append(salvageNotice());
    if (m_skippedRows > 0)
        sentences.append(
            u"Damaged rows skipped in the ledger of %1: %2. Their clips are not listed, and their files stay."_s
                .arg(m_layout.root(), countText(m_skippedRows)));
    if (m_backupHasMore)
        sentences.append(
            u"The ledger's backup holds more (%1 clips, %2 with a verdict) than the ledger and is left as it is. To go back to it, close Earmark and delete %3; to keep the ledger, delete %4."_s
                .arg(countText(m_backupHasMore->clips), countText(m_backupHasMore->judgements),
                     m_layout.ledger(), QFileInfo(m_layout.ledgerBackup()).fileName()));
    if (!m_lock.takenFrom.isEmpty())
        sentences.append(u"The lock of %1 was taken over, since nothing holds it: that was %2."_s.arg(
            m_layout.root(), m_lock.takenFrom));
    return sentences.join(u' ');
}

QString Workspace::salvageNotice() const
{
    QString text = m_salvage->keptAs.isEmpty()
                       ? u"The ledger of %1 was gone"_s.arg(m_layout.root())
                       : u"The ledger of %1 was damaged and is kept as %2"_s.arg(
                             m_layout.root(), QFileInfo(m_salvage->keptAs).fileName());
    if (m_salvage->backupFrom)
        text += u"; %1 clips with their verdicts came back from its backup of %2"_s.arg(
            countText(m_restored), m_salvage->backupFrom->toString(u"yyyy-MM-dd HH:mm"_s));
    else
        text += u"; there was no backup of it, so a new one begins without verdicts"_s;
    if (m_adopted > 0)
        text +=
            u", and %1 more were found whole in processed: download the same segments again to have their labels"_s
                .arg(countText(m_adopted));
    return text + u'.';
}

void Workspace::setFormat(const ClipFormat &format)
{
    if (format == m_format)
        return;
    m_format = format;
    m_ledger->setSetting(u"sample_rate"_s, QString::number(format.sampleRate));
    m_ledger->setSetting(u"channels"_s, QString::number(format.channels));
    std::vector<SegmentKey> finished;
    for (auto clip = m_clips.cbegin(); clip != m_clips.cend(); ++clip) {
        if (isPlayable(clip->state))
            finished.push_back(clip.key());
    }
    change(finished, [](const SegmentKey &, Clip &clip) {
        clip.audio = {};
        return lifecycle::queue(clip);
    });
}

void Workspace::setLastStart(qint64 moment)
{
    m_lastStart = moment;
    m_ledger->setSetting(u"last_start"_s, QString::number(moment));
}

void Workspace::setUnavailableSince(qint64 moment)
{
    m_unavailableSince = moment;
    m_ledger->setSetting(u"unavailable_since"_s, QString::number(moment));
}

void Workspace::noteChoice(const QString &how)
{
    if (how.isEmpty() || m_choices.contains(how))
        return;
    m_choices.append(how);
    m_ledger->setSetting(u"choice.%1"_s.arg(m_choices.size(), 6, 10, QChar(u'0')), how);
}

void Workspace::setPace(int perHour)
{
    if (std::exchange(m_perHour, perHour) != perHour)
        m_ledger->setSetting(u"per_hour"_s, QString::number(perHour));
}

Clip Workspace::record(const SegmentKey &key) const
{
    const auto known = m_clips.find(key);
    return known ? m_clips.record(*known) : Clip();
}

std::optional<SegmentKey> Workspace::nextQueued(const std::function<bool(const SegmentKey &)> &isHeld) const
{
    const auto found =
        m_queue.first([&](ClipStore::Index clip) { return !isHeld || !isHeld(m_clips.key(clip)); });
    return found ? std::optional(m_clips.key(*found)) : std::nullopt;
}

qsizetype Workspace::enqueue(const std::vector<WantedClip> &wanted, std::span<const FailureClass> retry)
{
    constexpr std::size_t AtOnce = 100'000;
    qsizetype count = 0;
    std::vector<WantedClip> added;
    std::vector<WantedClip> placed;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const WantedClip &each : wanted) {
        const auto known = m_clips.find(each.key);
        Clip clip = known ? m_clips.record(*known) : Clip();
        const bool isKept = isPlayable(clip.progress.state) ||
                            (clip.progress.state == ClipState::Failed &&
                             std::ranges::find(retry, clip.progress.failure) == retry.end());
        const bool isQueued = !isKept && lifecycle::queue(clip);
        if (!isQueued && (!known || clip.origin.position != NoPlace))
            continue;
        clip.origin.position = each.position;
        if (known)
            placed.push_back(each);
        if (isQueued) {
            clip.progress.changedAt = now;
            ++count;
            if (known)
                m_ledger->update(each.key, clip);
            else
                added.push_back(each);
        }
        remember(each.key, clip);
        // So that the ledger is written while the rest is gone through.
        if (added.size() == AtOnce)
            m_ledger->enqueue(std::exchange(added, {}), now);
    }
    if (!placed.empty())
        m_ledger->place(std::move(placed));
    if (!added.empty())
        m_ledger->enqueue(std::move(added), now);
    if (count > 0)
        Q_EMIT clipsReset();
    return count;
}

qsizetype Workspace::markLost(std::span<const LostClip> lost)
{
    const auto known = std::views::transform(lost, &LostClip::key);
    std::size_t at = 0;
    return change({known.begin(), known.end()}, [&](const SegmentKey &, Clip &clip) {
        const LostClip &each = lost[at++];
        return lifecycle::lose(clip, each.state, each.reason);
    });
}

qsizetype Workspace::markFound(std::span<const SegmentKey> found)
{
    return change({found.begin(), found.end()}, [](const SegmentKey &key, Clip &clip) {
        return lifecycle::recover(clip, key.samples(clip.audio.sampleRate));
    });
}

bool Workspace::change(const SegmentKey &key, const std::function<bool(Clip &)> &change)
{
    Clip clip = record(key);
    const bool isChanged = change(clip);
    if (isChanged)
        update(key, clip);
    return isChanged;
}

qsizetype Workspace::change(const std::vector<SegmentKey> &keys,
                            const std::function<bool(const SegmentKey &, Clip &)> &change)
{
    std::vector<std::pair<SegmentKey, Clip>> changes;
    for (const SegmentKey &key : keys) {
        Clip clip = record(key);
        if (change(key, clip))
            changes.emplace_back(key, std::move(clip));
    }
    if (changes.size() == 1)
        update(changes.front().first, changes.front().second);
    else
        update(changes);
    return std::ssize(changes);
}

bool Workspace::judge(const std::vector<std::pair<SegmentKey, Judgement>> &judgements)
{
    auto step = std::make_shared<JudgementStep>();
    step->at = QDateTime::currentMSecsSinceEpoch();
    for (const auto &[key, judgement] : judgements) {
        const auto clip = m_clips.find(key);
        if (!clip)
            continue;
        const Judgement before = m_clips.judgement(*clip);
        if (before != judgement)
            step->changes.push_back({key, before, judgement});
    }
    if (step->changes.empty())
        return false;
    m_journal.add(step);
    apply(step, schema::JudgementWriter::Action::Apply);
    return true;
}

Journal::Step Workspace::undoJudgement()
{
    auto step = m_journal.toUndo();
    if (step) {
        m_journal.back();
        apply(step, schema::JudgementWriter::Action::Undo);
    }
    return step;
}

Journal::Step Workspace::redoJudgement()
{
    auto step = m_journal.toRedo();
    if (step) {
        m_journal.forth();
        apply(step, schema::JudgementWriter::Action::Redo);
    }
    return step;
}

void Workspace::apply(const Journal::Step &step, schema::JudgementWriter::Action action)
{
    for (const auto &change : step->changes) {
        if (const auto clip = m_clips.find(change.key))
            m_clips.setJudgement(*clip, action == schema::JudgementWriter::Action::Undo ? change.before
                                                                                        : change.after);
    }
    m_ledger->judge(step, action, m_journal.position());
    if (step->changes.size() == 1)
        Q_EMIT clipChanged(step->changes.front().key);
    else
        Q_EMIT clipsReset();
}

void Workspace::setLastHeard(const QString &name)
{
    if (std::exchange(m_lastHeard, name) != name)
        m_ledger->setSetting(u"last_heard"_s, name);
}

void Workspace::adopt(const std::vector<std::pair<SegmentKey, Clip>> &found)
{
    for (auto [key, record] : found) {
        if (const auto known = m_clips.find(key))
            record.origin.position = m_clips.position(*known);
        else
            record.origin.position = NoPlace;
        remember(key, record);
        m_ledger->update(key, record);
    }
    m_adopted += static_cast<qint64>(found.size());
    Q_EMIT clipsReset();
}

void Workspace::update(const SegmentKey &key, Clip record)
{
    record.progress.changedAt = QDateTime::currentMSecsSinceEpoch();
    remember(key, record);
    m_ledger->update(key, record);
    Q_EMIT clipChanged(key);
}

void Workspace::update(const std::vector<std::pair<SegmentKey, Clip>> &changes)
{
    if (changes.empty())
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (auto [key, record] : changes) {
        record.progress.changedAt = now;
        remember(key, record);
        m_ledger->update(key, record);
    }
    Q_EMIT clipsReset();
}

void Workspace::remember(const SegmentKey &key, const Clip &record)
{
    if (const auto known = m_clips.find(key))
        count(*known, -1);
    count(m_clips.set(key, record), +1);
}

void Workspace::count(ClipStore::Index clip, int by)
{
    const auto [state, failure] = std::pair(m_clips.status(clip).state, m_clips.status(clip).failure);
    m_counts[state] += by;
    if (state == ClipState::Failed)
        m_counts[failure] += by;
    if (state != ClipState::Queued)
        return;
    if (by > 0)
        m_queue.insert(m_clips.position(clip), clip);
    else
        m_queue.remove(m_clips.position(clip), clip);
}

Result<void> Workspace::flush()
{
    return m_ledger->flush();
}

} // namespace earmark::workspace
