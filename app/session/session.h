#pragma once

#include "base/async.h"
#include "classes/classes.h"
#include "download/queue.h"
#include "readers/splitreader.h"
#include "review/facts.h"
#include "review/judgementimport.h"
#include "session/downloadsettings.h"
#include "session/filterablesplit.h"
#include "workspace/workspace.h"
#include "ytdlp/tools.h"

#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>

namespace earmark::session {

/// What the window works on: the open split, its labels, its workspace and the queue. Everything slow is done
/// on the thread pool; what was there before stays until the new one is.
class Session final : public QObject
{
    Q_OBJECT

public:
    /// What an error is about.
    enum class Subject { Split, Labels, Workspace, Ledger, Rules };
    Q_ENUM(Subject)

    /// `fixedSource`: used instead of the one in the settings.
    explicit Session(std::optional<ytdlp::Source> fixedSource = {}, QObject *parent = nullptr);
    ~Session() override;

    void openSplit(const QString &path);
    void openSample();
    void cancelOpening();
    bool isOpening() const { return m_splitTask.isRunning(); }
    /// Null while nothing is open.
    const std::shared_ptr<readers::Split> &split() const { return m_split; }
    /// The split with what finding its segments takes; null while nothing is open.
    const std::shared_ptr<const FilterableSplit> &searchable() const { return m_searchable; }
    bool isSample() const { return m_isSample; }

    /// Files that say more of the classes than the program itself knows. An empty path: what it knows.
    void openLabels(const QString &path);
    void openOntology(const QString &path);
    void openRatings(const QString &path);
    const classes::Classes &classes() const { return m_classes; }
    const QString &labelFile() const { return m_labelFile; }

    void openWorkspace(const QString &folder);
    void closeWorkspace();
    bool isOpeningWorkspace() const { return m_workspaceTask.isRunning(); }
    workspace::Workspace *workspace() const { return m_workspace.get(); }
    /// For work on other threads; give it back on this one.
    const std::shared_ptr<workspace::Workspace> &sharedWorkspace() const { return m_workspace; }

    /// Both tools must be there for a queue to be. One that works takes new ones over as setEngine() does.
    void setTools(const ytdlp::Tools &tools);
    const ytdlp::Tools &tools() const { return m_tools; }
    /// How downloads are done. A queue that works begins no more downloads, finishes those that run, and goes
    /// on with the new settings.
    void setEngine(const DownloadSettings &engine);
    const DownloadSettings &engine() const { return m_engine; }
    /// New tools or settings wait for downloads that run.
    bool isRenewing() const { return m_isRenewing; }
    /// Null while there is no workspace, or the tools will not do.
    download::Queue *queue() const { return m_queue.get(); }
    const std::optional<ytdlp::Source> &fixedSource() const { return m_fixedSource; }
    ytdlp::Source source() const { return m_fixedSource.value_or(ytdlp::Source(m_engine.source)); }

    /// Clips of the open split in a state.
    qint64 count(ClipState state) const { return m_counts[static_cast<std::size_t>(state)]; }
    Clip record(segments::Row row) const;
    /// Tells the workspace what somebody has met of clips' files, a thousand at a time, so that the window
    /// stays awake: filesNoted() says when all of it is told.
    void noteFiles(std::vector<LostClip> lost, std::vector<SegmentKey> found = {});
    bool isNotingFiles() const { return !m_lost.empty() || !m_found.empty(); }
    /// The clip that comes before this one in the split and sounds the same, if there is one.
    std::optional<SegmentKey> firstAlike(segments::Row row) const;

Q_SIGNALS:
    void openingStarted(const QString &name);
    void openingProgressed(qint64 done, qint64 total);
    void openingEnded();
    void splitChanged();
    void classesChanged();
    void workspaceChanged();
    void queueChanged();
    /// One clip of the split changed its state or what is known of it.
    void rowChanged(earmark::segments::Row row);
    /// Many did.
    void rowsReset();
    void filesNoted();
    void failed(earmark::session::Session::Subject subject, const QString &text);
    void recovered(earmark::session::Session::Subject subject);
    /// The manifest that is open told what listeners said, and the workspace took over what was new to it.
    void judgementsTaken(const earmark::review::JudgementImport &judgementImport);

private:
    using Reader = std::function<Result<readers::Split>(std::stop_token, const ReadProgress &)>;
    void read(const QString &name, bool isSample, Reader reader);
    /// Reads one part of what is known of the classes; `part` is where it belongs.
    template <class Part>
    void readClasses(LatestTask &task, const QString &path,
                     std::shared_ptr<const Part> classes::Classes::*part, std::function<void()> taken);
    void takeSplit(std::shared_ptr<const FilterableSplit> searchable, bool isSample);
    void takeClasses();
    void takeWorkspace(std::shared_ptr<workspace::Workspace> workspace);
    void makeQueue();
    /// A new queue, as soon as nothing is lost by it.
    void renewQueue();
    void renewWhenQuiet();
    void noteSomeFiles();
    void refreshClip(const SegmentKey &key);
    void refreshStates();
    void takeStates(review::AllFacts states);
    /// What the open manifest tells of clips that the workspace has come to know.
    void takeJudgements();

    const std::optional<ytdlp::Source> m_fixedSource;
    DownloadSettings m_engine;
    ytdlp::Tools m_tools;
    std::shared_ptr<readers::Split> m_split;
    std::shared_ptr<const FilterableSplit> m_searchable;
    bool m_isSample = false;
    classes::Classes m_read;             ///< as the files say …
    classes::Classes m_classes = m_read; ///< … and as the window knows them, a moment later
    QString m_labelFile;
    std::shared_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<download::Queue> m_queue; ///< after the workspace: it goes first
    bool m_isRenewing = false;
    bool m_goesOn = false; ///< the new queue is to start at once

    review::AllFacts::Counts m_counts{};
    Duplicates m_duplicates;
    QSet<SegmentKey> m_changedMeanwhile; ///< while all states are gathered
    QTimer m_refresh;
    std::vector<LostClip> m_lost;    ///< still to be told to the workspace
    std::vector<SegmentKey> m_found; ///< the same
    QTimer m_note;                   ///< the next of them
    /// Clips of the open manifest that wait for what it says of them; nothing while nobody has looked.
    std::optional<qint64> m_judgementsWaiting;

    /// Written by the reader's thread, read by the window's: it may outlive this object by a moment.
    std::shared_ptr<TaskProgress> m_progress;
    QTimer m_progressTimer;

    LatestTask m_splitTask{this};
    LatestTask m_labelTask{this};
    LatestTask m_ontologyTask{this};
    LatestTask m_ratingsTask{this};
    LatestTask m_classesTask{this};
    LatestTask m_workspaceTask{this};
    LatestTask m_stateTask{this};
    LatestTask m_judgementTask{this};
};

} // namespace earmark::session
