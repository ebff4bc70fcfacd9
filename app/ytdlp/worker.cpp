#include "ytdlp/worker.h"

#include "base/format.h"
#include "base/ownfiles.h"
#include "base/privatefolder.h"
#include "ytdlp/commandline.h"
#include "ytdlp/failureclassifier.h"
#include "ytdlp/groupprocess.h"
#include "ytdlp/logparts.h"
#include "ytdlp/outputparser.h"
#include "ytdlp/pluginfolder.h"
#include "ytdlp/progressreports.h"
#include "ytdlp/secretfolder.h"
#include "ytdlp/secrets.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTimer>

#include <algorithm>
#include <optional>
#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// yt-dlp keeps every job in a list that it searches for each further one.
constexpr int JobsPerProcess = 200;
constexpr qsizetype LogLines = 60;
constexpr qsizetype LogLineLength = 1000;
/// A Matroska file without sound has 477 to 805 bytes, with a single packet at the end of the video some
/// 1040; three seconds of silence (the shortest section) have more than 2000.
constexpr qint64 SmallestFile = 1500;
/// More than any cookies file of a browser, in bytes.
constexpr qint64 MostCookies = 4'000'000;
constexpr std::chrono::milliseconds ReportsInterval{250};
/// The waits in one job that yt-dlp may announce, all together: more than any advertisement takes.
constexpr std::chrono::milliseconds LongestWait = 15min;
/// ffmpeg says so for as long as a server is silent.
constexpr QByteArrayView Reconnects = "Will reconnect at ";

/// What others printed, for a log: not too long, and nothing that means something to a terminal.
QString logLine(QString text)
{
    text.truncate(LogLineLength);
    for (QChar &each : text) {
        if (each.category() == QChar::Other_Control && each != u'\t')
            each = QChar::ReplacementCharacter;
    }
    return text;
}

void removeIfNamed(const QString &folder)
{
    if (!folder.isEmpty())
        (void)removeOwnFolder(folder);
}

} // namespace

class Worker::Private final : public QObject
{
public:
    Private(Worker *worker, WorkerOptions workerOptions);
    /// Ends all processes, before what they were given goes.
    ~Private() override { qDeleteAll(findChildren<GroupProcess *>(Qt::FindDirectChildrenOnly)); }

    void fetch(const SegmentKey &key);
    void cancel();
    bool isBusy() const { return m_job.has_value(); }
    QStringList log() const { return m_job ? m_job->log : QStringList(); }
    const QString &folder() const { return m_options.folder; }

private:
    struct Job
    {
        SegmentKey key;
        int serial = 0;
        bool isHeard = false; ///< the process has said something since it was given the job
        JobProgress progress;
        qint64 position = 0;    ///< ffmpeg's last, in microseconds
        qint64 written = 0;     ///< bytes
        QElapsedTimer fetching; ///< since the section is being fetched
        QString formatId;
        double sourceDuration = 0; ///< seconds; 0 while unknown
        bool isDone = false;       ///< in yt-dlp's eyes
        QStringList log;
        std::chrono::milliseconds waited{0}; ///< of its own accord, see allowWait()

        double bytesPerSecond() const
        {
            // Before the first cluster there is only a header, which came from nowhere.
            if (written < SmallestFile || !fetching.isValid())
                return 0;
            return static_cast<double>(written) * 1000 /
                   static_cast<double>(std::max<qint64>(fetching.elapsed(), 1));
        }
    };

    void giveJob();
    void startProcess();
    void retireProcess();
    /// What yt-dlp is told by the settings: arguments that point into the secret folder.
    Result<QStringList> settingsArguments();
    void onLine(const QByteArray &line);
    /// Puts the line into the log of the job, which stays short, and remembers what holds for later jobs.
    void keepLine(const QString &line);
    void readReports();
    void stopTimers();
    void onEnded(const QString &startProblem);
    void onTimeout(const QString &reason);
    void onJobEnded();
    /// Where the section of this job must be; it may be absent, or something else than a file.
    QString fileOf(const Job &job) const { return m_process->folder() + u'/' + job.key.stem() + u".mka"_s; }
    void conclude(const Diagnosis &diagnosis, bool isOwnFinding = false);
    /// yt-dlp ended by itself before it did anything for its first job.
    Diagnosis diedAtStart() const;
    /// yt-dlp waits of its own accord, which is no standstill.
    void allowWait(std::chrono::milliseconds wait);
    /// Concludes for trouble of this computer, but not before the caller has returned.
    void concludeSoon(const QString &sentence, Remedy help);

    Worker *q;
    const WorkerOptions m_options;
    const FailureClassifier m_classifier;
    QTimer m_idleTimer, m_jobTimer, m_reportsTimer;
    std::optional<Job> m_job;
    ProgressReports m_reports;
    std::optional<SecretFolder> m_secretFolder; ///< made when there is something to hide
    Secrets m_secrets;
    QByteArray m_mark;                 ///< of this process
    QStringList m_standing;            ///< warnings of this process that hold for all its jobs
    GroupProcess *m_process = nullptr; ///< a child; retired ones are children as well until they have ended
    int m_jobsGiven = 0;               ///< to this process
    bool m_isProven = false;           ///< this process has begun or ended a download
    int m_processes = 0;               ///< started so far: each has a folder of its own
    int m_serial = 0;
};

Worker::Private::Private(Worker *worker, WorkerOptions workerOptions)
    : q(worker)
    , m_options(std::move(workerOptions))
    , m_classifier(m_options.rules)
    , m_secrets(m_options.settings, m_options.source)
{
    m_idleTimer.setSingleShot(true);
    m_jobTimer.setSingleShot(true);
    connect(&m_idleTimer, &QTimer::timeout, this, [this] {
        onTimeout(
            u"The download stood still for %1. Retry later."_s.arg(spanText(m_options.idleLimit.count())));
    });
    connect(&m_jobTimer, &QTimer::timeout, this, [this] {
        onTimeout(
            u"The download took longer than %1. Retry later."_s.arg(spanText(m_options.jobLimit.count())));
    });
    m_reportsTimer.setInterval(ReportsInterval);
    connect(&m_reportsTimer, &QTimer::timeout, this, &Private::readReports);
    removeIfNamed(m_options.folder); // what a crash may have left
}

void Worker::Private::fetch(const SegmentKey &key)
{
    Q_ASSERT(!m_job);
    m_job.emplace();
    m_job->key = key;
    m_job->serial = ++m_serial;
    if (const QString problem = m_options.tools.problem(); !problem.isEmpty())
        return concludeSoon(problem, Remedy::Tools);
    if (const QString problem = m_options.source.problem(); !problem.isEmpty())
        return concludeSoon(problem, Remedy::None);
    if (const QString problem = m_options.settings.problem(); !problem.isEmpty())
        return concludeSoon(problem, Remedy::None);
    if (m_process != nullptr && m_jobsGiven >= JobsPerProcess)
        retireProcess();
    giveJob();
}

void Worker::Private::giveJob()
{
    if (m_process == nullptr)
        startProcess();
    if (m_process == nullptr)
        return;
    // A file that nobody wanted would be taken for the new one.
    (void)emptyOwnFolder(m_process->folder());
    ++m_jobsGiven;
    m_process->write(jobLine(m_job->key, m_options.source, m_mark));
    m_reports.begin(m_process->folder() + u'/' + ReportsFile);
    m_idleTimer.start(m_options.idleLimit);
    m_jobTimer.start(m_options.jobLimit);
    m_reportsTimer.start();
}

void Worker::Private::startProcess()
{
    const QString folder = m_options.folder + u'/' + QString::number(++m_processes);
    if (m_options.folder.isEmpty() || !makePrivateFolder(folder))
        return concludeSoon(
            u"The folder %1 for downloads in progress cannot be made. Check who may write there, and "
            "that the disk is not full."_s.arg(QDir::toNativeSeparators(m_options.folder)),
            Remedy::Folder);
    const auto plugins = preparePluginFolder(m_options.folder);
    if (!plugins)
        return concludeSoon(plugins.error().text, Remedy::Folder);
    const auto settings = settingsArguments();
    if (!settings)
        return concludeSoon(settings.error().text, Remedy::Folder);
    m_process = new GroupProcess(folder, this);
    m_jobsGiven = 0;
    m_standing.clear();
    m_isProven = false;
    m_mark = makeMark();
    connect(m_process, &GroupProcess::lineRead, this, &Private::onLine);
    connect(m_process, &GroupProcess::ended, this, &Private::onEnded);
    m_process->start(m_options.tools.ytdlp.path, workerArguments(m_options, *plugins, *settings, m_mark),
                     m_options.limits);
}

Result<QStringList> Worker::Private::settingsArguments()
{
    const FetchSettings &settings = m_options.settings;
    if (settings.arguments().isEmpty() && settings.cookiesFile.isEmpty())
        return QStringList();
    if (!m_secretFolder || !QFileInfo::exists(m_secretFolder->path())) {
        auto made = SecretFolder::make();
        if (!made)
            return tl::unexpected(made.error());
        m_secretFolder = std::move(*made);
    }
    auto arguments = writeSettings(settings, m_secretFolder->path());
    if (QFile cookies(cookiesIn(m_secretFolder->path())); cookies.open(QIODevice::ReadOnly))
        m_secrets.addCookies(cookies.read(MostCookies)); // yt-dlp may have renewed them
    return arguments;
}

void Worker::Private::retireProcess()
{
    if (GroupProcess *process = std::exchange(m_process, nullptr))
        process->retire(m_options.killAfter);
}

void Worker::Private::cancel()
{
    if (!m_job)
        return;
    m_job.reset();
    stopTimers();
    retireProcess();
}

void Worker::Private::stopTimers()
{
    for (QTimer *timer : {&m_idleTimer, &m_jobTimer, &m_reportsTimer})
        timer->stop();
}

void Worker::Private::onLine(const QByteArray &line)
{
    if (!m_job)
        return;
    Job &job = *m_job;
    job.isHeard = true;
    const Event event = parseLine(line, m_mark);
    if (!std::holds_alternative<event::Noise>(event)) {
        const QString text = QString::fromUtf8(QByteArray(line).replace(markPrefix(m_mark), "@"));
        keepLine(logLine(m_secrets.blotted(text)));
        if (const auto wait = announcedWait(line); wait.count() > 0)
            allowWait(wait);
        else if (!line.contains(Reconnects) && m_idleTimer.remainingTimeAsDuration() < m_options.idleLimit)
            m_idleTimer.start(m_options.idleLimit);
    }

    m_isProven = m_isProven || std::holds_alternative<event::Started>(event) ||
                 std::holds_alternative<event::JobEnded>(event);
    if (const auto *started = std::get_if<event::Started>(&event)) {
        job.formatId = started->formatId;
        job.sourceDuration = started->duration.value_or(0);
        job.fetching.start();
    } else if (const auto *done = std::get_if<event::Done>(&event)) {
        job.isDone = done->title == job.key.stem();
    } else if (const auto *end = std::get_if<event::JobEnded>(&event)) {
        if (end->job == job.key.stem())
            return onJobEnded();
    }
    if (job.progress.apply(event))
        Q_EMIT q->progressed(job.key, job.progress.fraction(), job.bytesPerSecond());
}

void Worker::Private::keepLine(const QString &line)
{
    QStringList &log = m_job->log;
    log += line;
    if (log.size() > LogLines) {
        // ffmpeg may say a lot; the cause of a failure often stands in an early warning.
        const auto lesser = std::ranges::find_if(log, [](const QString &each) {
            return !each.startsWith("ERROR: "_L1) && !each.startsWith("WARNING: "_L1);
        });
        log.erase(lesser == log.end() ? log.begin() : lesser);
    }
    if (line.startsWith("WARNING: "_L1) && !m_standing.contains(line) && m_classifier.isStanding(line))
        m_standing += line;
}

void Worker::Private::readReports()
{
    Job &job = *m_job;
    bool isGrown = false;
    for (const Event &event : m_reports.read()) {
        if (const auto *written = std::get_if<event::Written>(&event))
            job.written = written->bytes;
        const auto *position = std::get_if<event::Position>(&event);
        // ffmpeg goes on reporting while it waits.
        if (position != nullptr && position->microseconds > job.position) {
            job.position = position->microseconds;
            m_idleTimer.start(m_options.idleLimit);
        }
        isGrown = job.progress.apply(event) || isGrown;
    }
    if (isGrown) // last: whoever hears of it may delete the worker
        Q_EMIT q->progressed(job.key, job.progress.fraction(), job.bytesPerSecond());
}

void Worker::Private::onJobEnded()
{
    // Where it is and how large is found out here: what a server made yt-dlp print may say anything.
    const QFileInfo file(fileOf(*m_job));
    const bool isThere = m_job->isDone && (file.exists() || file.isSymbolicLink());
    const bool isFile = isThere && isRegularFile(file.filePath());
    if (isFile && lacksSegments(m_job->log))
        return conclude({FailureClass::Transient,
                         u"A part of the playlist was not delivered. Retry later."_s,
                         Remedy::None,
                         {}});
    if (isFile && file.size() >= SmallestFile)
        return conclude({FailureClass::None, {}, Remedy::None, {}});
    const bool isHungry = m_process->peakMemory() > m_options.limits.memory / 4;
    const auto isBlank = [](const QString &line) { return line.trimmed() == "ERROR:"_L1; };
    if (isHungry && std::ranges::any_of(m_job->log, isBlank)) // all that yt-dlp says of a MemoryError
        m_job->log += u"MemoryError"_s;
    Diagnosis diagnosis = m_classifier.classify(m_job->log, m_standing);
    if (diagnosis.failure == FailureClass::Unknown && isThere)
        diagnosis = {FailureClass::BadMedia,
                     isFile ? u"The download holds no sound."_s : u"The download is not a regular file."_s,
                     Remedy::None,
                     {}};
    if (isHungry)
        retireProcess(); // it seldom gives memory back
    conclude(diagnosis);
}

void Worker::Private::onEnded(const QString &startProblem)
{
    const bool wasKilled = m_process->wasKilled();
    m_process->retire(m_options.killAfter);
    m_process = nullptr;
    if (!m_job)
        return;
    if (!startProblem.isEmpty())
        return conclude({FailureClass::Environment,
                         u"yt-dlp (%1) cannot be started (%2). Check that it is there and may be run."_s.arg(
                             QDir::toNativeSeparators(m_options.tools.ytdlp.path), startProblem),
                         Remedy::Tools,
                         {}},
                        true);
    // It had ended before it was given this job, unnoticed.
    if (m_jobsGiven > 1 && !m_job->isHeard)
        return giveJob();
    Diagnosis diagnosis = m_classifier.classify(m_job->log, m_standing);
    // The last line says more than a rule for Python's exceptions.
    static const QRegularExpression exception(u"^[\\w.]+(Error|Exception)\\b"_s);
    const bool isPythons = diagnosis.help == Remedy::Tools && exception.match(diagnosis.cause).hasMatch();
    if (!m_isProven && !wasKilled && (diagnosis.failure != FailureClass::Environment || isPythons))
        return conclude(diedAtStart());
    if (diagnosis.failure != FailureClass::Environment && diagnosis.failure != FailureClass::RateLimit &&
        diagnosis.failure != FailureClass::Transient)
        diagnosis = {FailureClass::Transient, u"yt-dlp ended in mid-job. Retry later."_s, Remedy::None, {}};
    conclude(diagnosis);
}

Diagnosis Worker::Private::diedAtStart() const
{
    // What belongs to the last line, such as the place in a format that is wrong, is indented.
    const QStringList &log = m_job->log;
    const auto isStatement = [](const QString &line) { return !line.isEmpty() && !line.front().isSpace(); };
    const auto last = std::find_if(log.crbegin(), log.crend(), isStatement);
    const QString line = last == log.crend() ? u"it printed nothing"_s : last->trimmed();
    const QString &format = m_options.settings.format;
    if (!format.isEmpty() && line.contains("format"_L1, Qt::CaseInsensitive))
        return {FailureClass::Environment,
                u"yt-dlp does not take the format “%1” (%2). Correct --yt-dlp-format, or the format in the "
                "download settings."_s.arg(format, line),
                Remedy::None,
                {}};
    return {FailureClass::Environment,
            u"yt-dlp ended before its first download (%1). Check the arguments in the download settings, or "
            "install another yt-dlp."_s.arg(line),
            Remedy::Tools,
            {}};
}

void Worker::Private::allowWait(std::chrono::milliseconds wait)
{
    // A server may print such a line as well.
    wait = std::min(wait, LongestWait - m_job->waited);
    m_job->waited += wait;
    m_idleTimer.start(m_options.idleLimit + wait);
    m_jobTimer.start(m_jobTimer.remainingTimeAsDuration() + wait);
}

void Worker::Private::onTimeout(const QString &reason)
{
    retireProcess();
    Diagnosis diagnosis = m_classifier.classify(m_job->log, m_standing);
    if (diagnosis.failure != FailureClass::RateLimit)
        diagnosis = {FailureClass::Transient, reason, Remedy::None, {}};
    conclude(diagnosis);
}

void Worker::Private::conclude(const Diagnosis &diagnosis, bool isOwnFinding)
{
    stopTimers();
    const Job job = std::move(*m_job);
    m_job.reset();
    const QString file = diagnosis.failure == FailureClass::None ? fileOf(job) : QString();
    if (diagnosis.failure == FailureClass::Environment)
        retireProcess(); // a new one looks around anew: the user may have put it right by then
    const FetchOutcome outcome{job.key,          file,
                               job.formatId,     diagnosis.failure,
                               diagnosis.text(), diagnosis.help,
                               diagnosis.later,  job.sourceDuration,
                               isOwnFinding,     job.log.join(u'\n')};
    Q_EMIT q->finished(outcome); // last: whoever hears of it may fetch again, or delete the worker
}

void Worker::Private::concludeSoon(const QString &sentence, Remedy help)
{
    QMetaObject::invokeMethod(
        this,
        [this, serial = m_job->serial, sentence, help] {
            if (m_job && m_job->serial == serial) // not cancelled since
                conclude({FailureClass::Environment, sentence, help, {}}, true);
        },
        Qt::QueuedConnection);
}

Worker::Worker(WorkerOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(options)))
{
}

Worker::~Worker()
{
    const QString folder = d->folder();
    d.reset(); // and with it all processes
    removeIfNamed(folder);
}

bool Worker::isBusy() const
{
    return d->isBusy();
}

void Worker::fetch(const SegmentKey &key)
{
    d->fetch(key);
}

void Worker::cancel()
{
    d->cancel();
}

QStringList Worker::log() const
{
    return d->log();
}

} // namespace earmark::ytdlp
