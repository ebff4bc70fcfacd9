#include "session/session.h"

#include "base/format.h"
#include "readers/segmentfile.h"
#include "verify/adopt.h"

#include <QThread>
#include <QThreadPool>

namespace earmark::session {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

bool isSame(const classes::Classes &a, const classes::Classes &b)
{
    return a.labels == b.labels && a.ontology == b.ontology && a.ratings == b.ratings;
}

bool isSame(const ytdlp::Tool &a, const ytdlp::Tool &b)
{
    return a.path == b.path && a.version == b.version && a.problem == b.problem;
}

/// Clips that the workspace is told of at once: a few milliseconds.
constexpr std::size_t ClipsAtOnce = 1'000;

template <class Value>
std::vector<Value> takeSome(std::vector<Value> &from)
{
    const auto count = static_cast<std::ptrdiff_t>(std::min(from.size(), ClipsAtOnce));
    std::vector<Value> some(from.end() - count, from.end());
    from.erase(from.end() - count, from.end());
    return some;
}

/// What takes long to free, a table of two million rows, does not hold up the window.
void freeElsewhere(std::shared_ptr<const void> value)
{
    QThreadPool::globalInstance()->start([value = std::move(value)] {});
}

} // namespace

Session::Session(std::optional<ytdlp::Source> fixedSource, QObject *parent)
    : QObject(parent)
    , m_fixedSource(std::move(fixedSource))
{
    // Many changes at once (clips queued by the thousand) cost one look at the workspace.
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(50ms);
    connect(&m_refresh, &QTimer::timeout, this, &Session::refreshStates);
    m_note.setSingleShot(true);
    connect(&m_note, &QTimer::timeout, this, &Session::noteSomeFiles);
    m_progressTimer.setInterval(40ms);
    connect(&m_progressTimer, &QTimer::timeout, this,
            [this] { Q_EMIT openingProgressed(m_progress->done, m_progress->total); });
}

Session::~Session()
{
    // It puts what runs back into the queue, and that is told to this object: while it is still whole.
    m_queue.reset();
}

void Session::openSplit(const QString &path)
{
    read(nameOf(path), false, [path](std::stop_token stop, const ReadProgress &progress) {
        return readers::readSegments(path, stop, progress);
    });
}

void Session::openSample()
{
    read(tr("the sample"), true,
         [](std::stop_token, const ReadProgress &) { return readers::readSampleSplit(); });
}

void Session::cancelOpening()
{
    m_splitTask.cancel();
    m_progressTimer.stop();
    Q_EMIT openingEnded();
}

void Session::read(const QString &name, bool isSample, Reader reader)
{
    Q_EMIT openingStarted(name);
    m_progress = std::make_shared<TaskProgress>();
    m_progressTimer.start();
    using Read = Result<std::shared_ptr<const FilterableSplit>>;
    m_splitTask.run(
        [progress = m_progress, reader = std::move(reader), classes = m_read](std::stop_token stop) -> Read {
            const auto tell = [progress](qint64 done, qint64 total) {
                progress->done = done;
                progress->total = total;
            };
            return reader(stop, tell).map([&classes](readers::Split split) {
                return std::make_shared<const FilterableSplit>(
                    std::make_shared<readers::Split>(std::move(split)), classes);
            });
        },
        [this, isSample](Read result) {
            m_progressTimer.stop();
            Q_EMIT openingEnded();
            if (result)
                takeSplit(std::move(*result), isSample);
            else
                Q_EMIT failed(Subject::Split, result.error().text);
        });
}

void Session::takeSplit(std::shared_ptr<const FilterableSplit> searchable, bool isSample)
{
    m_stateTask.cancel();
    m_judgementTask.cancel();
    m_judgementsWaiting.reset();
    auto former = std::exchange(m_searchable, std::move(searchable));
    m_split = m_searchable->split;
    m_isSample = isSample;
    m_counts = {};
    m_counts[static_cast<std::size_t>(ClipState::Absent)] = m_split->table.size();
    Q_EMIT splitChanged();
    freeElsewhere(std::move(former));
    if (!isSame(m_searchable->classes, m_classes)) // a label file came in between
        takeClasses();
    if (m_workspace)
        refreshStates();
}

template <class Part>
void Session::readClasses(LatestTask &task, const QString &path,
                          std::shared_ptr<const Part> classes::Classes::*part, std::function<void()> taken)
{
    using Read = Result<std::shared_ptr<const Part>>;
    task.run(
        [path, part](std::stop_token) -> Read {
            auto read = classes::Classes().*part;
            return classes::readPart(path, read).map([&read] { return read; });
        },
        [this, part, taken = std::move(taken)](Read result) {
            if (!result) {
                Q_EMIT failed(Subject::Labels, result.error().text);
                return;
            }
            m_read.*part = std::move(*result);
            taken();
            takeClasses();
        });
}

void Session::takeClasses()
{
    m_classesTask.run(
        [split = m_split, classes = m_read](std::stop_token) {
            return split ? std::make_shared<const FilterableSplit>(split, classes) : nullptr;
        },
        [this, classes = m_read](std::shared_ptr<const FilterableSplit> searchable) {
            if (m_split && (!searchable || searchable->split != m_split)) { // a split came in between
                takeClasses();
                return;
            }
            m_searchable = std::move(searchable);
            m_classes = classes;
            Q_EMIT classesChanged();
        });
}

void Session::openLabels(const QString &path)
{
    readClasses(m_labelTask, path, &classes::Classes::labels, [this, path] { m_labelFile = path; });
}

void Session::openOntology(const QString &path)
{
    readClasses(m_ontologyTask, path, &classes::Classes::ontology, [] {});
}

void Session::openRatings(const QString &path)
{
    readClasses(m_ratingsTask, path, &classes::Classes::ratings, [] {});
}

void Session::openWorkspace(const QString &folder)
{
    if (m_workspace && m_workspace->layout().root() == folder)
        return;
    m_workspaceTask.run(
        [folder, home = thread()](std::stop_token) {
            auto workspace = verify::openWorkspace(folder);
            // An object can only be pushed away by the thread that has it.
            if (workspace)
                (*workspace)->moveToThread(home);
            return workspace;
        },
        [this](Result<std::unique_ptr<workspace::Workspace>> result) {
            if (result)
                takeWorkspace(std::move(*result));
            else
                Q_EMIT failed(Subject::Workspace, result.error().text);
        });
}

void Session::closeWorkspace()
{
    m_workspaceTask.cancel();
    if (m_workspace)
        takeWorkspace(nullptr);
}

void Session::takeWorkspace(std::shared_ptr<workspace::Workspace> workspace)
{
    m_queue.reset();
    m_judgementTask.cancel();
    m_judgementsWaiting.reset();
    m_lost.clear();
    m_found.clear();
    const auto former = std::exchange(m_workspace, std::move(workspace));
    if (m_workspace) {
        connect(m_workspace.get(), &workspace::Workspace::clipChanged, this, &Session::refreshClip);
        connect(m_workspace.get(), &workspace::Workspace::clipsReset, &m_refresh,
                qOverload<>(&QTimer::start));
        connect(m_workspace.get(), &workspace::Workspace::ledgerFailed, this,
                [this](const Error &error) { Q_EMIT failed(Subject::Ledger, error.text); });
        connect(m_workspace.get(), &workspace::Workspace::ledgerRecovered, this,
                [this] { Q_EMIT recovered(Subject::Ledger); });
    }
    Q_EMIT workspaceChanged();
    if (m_workspace && !m_workspace->notice().isEmpty())
        Q_EMIT failed(Subject::Workspace, m_workspace->notice());
    makeQueue();
    refreshStates();
}

void Session::setTools(const ytdlp::Tools &tools)
{
    const bool areSame = isSame(m_tools.ytdlp, tools.ytdlp) && isSame(m_tools.ffmpeg, tools.ffmpeg) &&
                         isSame(m_tools.jsRuntime, tools.jsRuntime);
    m_tools = tools;
    if (!m_tools.areUsable())
        makeQueue();
    else if (!areSame || !m_queue)
        renewQueue();
}

void Session::setEngine(const DownloadSettings &engine)
{
    if (std::exchange(m_engine, engine) != engine)
        renewQueue();
}

void Session::renewQueue()
{
    m_isRenewing = true;
    if (m_queue && m_queue->isActive()) {
        m_goesOn = true;
        m_queue->pause();
    }
    renewWhenQuiet();
}

void Session::renewWhenQuiet()
{
    if (!m_isRenewing || (m_queue && (m_queue->isActive() || !m_queue->running().empty())))
        return;
    const bool goesOn = m_goesOn;
    makeQueue();
    if (goesOn && m_queue)
        m_queue->start();
}

void Session::makeQueue()
{
    m_queue.reset();
    m_isRenewing = m_goesOn = false;
    if (m_workspace && m_tools.areUsable() && !m_tools.ytdlp.path.isEmpty()) {
        m_queue = std::make_unique<download::Queue>(
            *m_workspace, m_engine.queueOptions(m_tools, source(), [this](const QString &problem) {
                Q_EMIT failed(Subject::Rules, problem);
            }));
        // Later: a queue cannot go while it speaks.
        connect(m_queue.get(), &download::Queue::runningChanged, this, &Session::renewWhenQuiet,
                Qt::QueuedConnection);
        connect(m_queue.get(), &download::Queue::stateChanged, this, [this] {
            if (m_queue && m_queue->isActive())
                m_goesOn = false; // the user has decided otherwise meanwhile
        });
        connect(m_queue.get(), &download::Queue::stateChanged, this, &Session::renewWhenQuiet,
                Qt::QueuedConnection);
    }
    Q_EMIT queueChanged();
}

void Session::noteFiles(std::vector<LostClip> lost, std::vector<SegmentKey> found)
{
    m_lost.insert(m_lost.end(), lost.begin(), lost.end());
    m_found.insert(m_found.end(), found.begin(), found.end());
    noteSomeFiles();
}

void Session::noteSomeFiles()
{
    if (!m_workspace) {
        m_lost.clear();
        m_found.clear();
    } else if (!m_lost.empty()) {
        m_workspace->markLost(takeSome(m_lost));
    } else {
        m_workspace->markFound(takeSome(m_found));
    }
    if (isNotingFiles())
        m_note.start(0);
    else
        Q_EMIT filesNoted();
}

void Session::refreshClip(const SegmentKey &key)
{
    if (m_stateTask.isRunning())
        m_changedMeanwhile.insert(key);
    if (!m_split)
        return;
    const auto row = m_split->table.find(key);
    if (!row)
        return;
    segments::ClipFacts facts;
    if (m_workspace) {
        const auto &clips = m_workspace->clips();
        if (const auto clip = clips.find(key)) {
            if (!m_duplicates.update(clips, *clip))
                m_refresh.start();
            facts = review::factsOf(clips, m_duplicates, *clip);
        }
    }
    --m_counts[static_cast<std::size_t>(m_split->table.state(*row))];
    ++m_counts[static_cast<std::size_t>(facts.state)];
    m_split->table.setClip(*row, facts);
    Q_EMIT rowChanged(*row);
}

void Session::refreshStates()
{
    if (!m_split)
        return;
    m_changedMeanwhile.clear();
    m_stateTask.run([split = std::shared_ptr<const readers::Split>(m_split),
                     clips = m_workspace ? m_workspace->clips() : ClipStore()](
                        std::stop_token stop) { return review::allFacts(split->table, clips, stop); },
                    [this](review::AllFacts states) { takeStates(std::move(states)); });
}

void Session::takeStates(review::AllFacts states)
{
    m_counts = states.counts;
    m_duplicates = std::move(states.duplicates);
    m_split->table.swapClips(states.clips);
    freeElsewhere(std::make_shared<const segments::ClipColumn>(std::move(states.clips)));
    for (const SegmentKey &key : std::exchange(m_changedMeanwhile, {}))
        refreshClip(key);
    Q_EMIT rowsReset();
    takeJudgements();
}

void Session::takeJudgements()
{
    if (!m_workspace || m_split->judgements.empty() || m_judgementsWaiting == 0)
        return;
    m_judgementTask.run(
        [split = std::shared_ptr<const readers::Split>(m_split), clips = m_workspace->clips(),
         journal = m_workspace->journal()](std::stop_token) {
            return review::judgementImport(split->judgements, clips, journal);
        },
        [this](review::JudgementImport judgementImport) {
            const bool isFirst = !m_judgementsWaiting;
            m_judgementsWaiting = judgementImport.waiting;
            if (!isFirst && judgementImport.fresh.empty())
                return;
            review::apply(*m_workspace, judgementImport);
            Q_EMIT judgementsTaken(judgementImport);
        });
}

std::optional<SegmentKey> Session::firstAlike(segments::Row row) const
{
    const auto clip =
        m_workspace ? m_workspace->clips().find(m_split->table.key(row)) : std::optional<std::uint32_t>();
    if (!clip || !m_duplicates.isDuplicate(*clip))
        return std::nullopt;
    return m_workspace->clips().key(m_duplicates.first(*clip));
}

Clip Session::record(segments::Row row) const
{
    return m_workspace && m_split ? m_workspace->record(m_split->table.key(row)) : Clip();
}

} // namespace earmark::session
