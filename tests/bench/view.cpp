/// earmark-bench-view: goes through clips in a window as a reviewer does and tells how long it takes from
/// asking for a clip until its pictures are painted, and what memory it takes; a line of JSON for each.
///
///   earmark-bench-view FOLDER TIMES CLIPS
///
/// FOLDER holds some WAVs. TIMES: how often cold and read ahead. CLIPS: of the review.

#include "bench/measure.h"
#include "ui/clip/soundview.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>

#include <chrono>
#include <cmath>
#include <vector>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace earmark;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int Settled = 500; ///< clips after which memory has to be flat

/// A view, and when it has painted what it was asked for.
class Stage final : public QObject
{
public:
    Stage()
    {
        m_view.resize(1000, 420);
        m_view.installEventFilter(this);
        m_view.show();
    }

    ui::SoundCache &cache() { return m_cache; }

    /// Milliseconds until its pictures are painted; nothing when it cannot be read.
    std::optional<double> show(const QString &path)
    {
        const auto begun = Clock::now();
        bool failed = false;
        m_painted = false;
        m_cache.load(this, path, [this, &failed](const Result<ui::ClipSoundPtr> &sound) {
            failed = !sound;
            if (sound)
                m_view.setSound(*sound);
        });
        while (!m_painted && !failed)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (failed)
            return std::nullopt;
        return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
    }

    void readAhead(const QStringList &paths)
    {
        m_cache.prefetch(paths);
        for (const QString &path : paths) {
            while (!m_cache.find(path))
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        const auto *picture = m_view.findChild<ui::SpectrumPicture *>();
        m_painted |=
            event->type() == QEvent::Paint && m_view.sound() && !picture->of(m_view.sound()).isNull();
        return false;
    }

private:
    ui::SoundCache m_cache;
    ui::SoundView m_view;
    bool m_painted = false;
};

bool tell(const char *what, std::vector<double> times)
{
    if (times.empty())
        return false;
    std::ranges::sort(times);
    const auto at = [&times](double share) {
        return times[static_cast<std::size_t>(std::ceil(share * static_cast<double>(times.size()))) - 1];
    };
    std::printf(R"({"what": "%s", "p50": %.2f, "p99": %.2f, "max": %.2f, "times": %zu})"
                "\n",
                what, at(0.5), at(0.99), times.back(), times.size());
    std::fflush(stdout);
    return true;
}

/// The same files under as many names as there are clips: to the program they are different ones.
QStringList manyNames(const QStringList &files, const QTemporaryDir &folder, int count)
{
    QStringList names;
    for (int i = 0; i < count; ++i) {
        const QString name = folder.filePath(u"%1.wav"_s.arg(i));
        // No symbolic links: what opens clips follows none.
        if (::link(QFile::encodeName(files[i % files.size()]).constData(),
                   QFile::encodeName(name).constData()) != 0)
            return {};
        names.append(name);
    }
    return names;
}

bool review(Stage &stage, const QStringList &names)
{
    bench::Memory settled;
    for (qsizetype i = 0; i < names.size(); ++i) {
        stage.cache().prefetch(names.mid(i + 1, 2));
        if (!stage.show(names[i]))
            return false;
        if (i == Settled)
            settled = bench::Memory::now();
    }
    const auto now = bench::Memory::now();
    std::printf(R"({"what": "review", "clips": %lld, "settled": %lld, "grown": %lld, "peak": %lld})"
                "\n",
                static_cast<long long>(names.size()), settled.anonymous, now.anonymous - settled.anonymous,
                now.peak);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const QDir folder(arguments.value(1));
    const int times = arguments.value(2).toInt();
    const int clips = arguments.value(3).toInt();
    QStringList files;
    for (const QString &name : folder.entryList({u"*.wav"_s}, QDir::Files, QDir::Name))
        files.append(folder.absoluteFilePath(name));
    if (files.size() < 2 || times < 1 || clips <= Settled) {
        std::fputs("usage: earmark-bench-view FOLDER TIMES CLIPS\n", stderr);
        return 2;
    }
    ui::Theme theme(application);
    theme.apply(ui::Scheme::Dark);
    Stage stage;
    std::vector<double> cold;
    std::vector<double> ahead;
    for (int i = 0; i < times; ++i) {
        const QString &file = files[i % files.size()];
        const QString &next = files[(i + 1) % files.size()];
        stage.cache().clear();
        if (const auto time = stage.show(file))
            cold.push_back(*time);
        stage.readAhead({next});
        if (const auto time = stage.show(next))
            ahead.push_back(*time);
    }
    const QTemporaryDir names;
    return tell("cold", cold) && tell("ahead", ahead) && review(stage, manyNames(files, names, clips)) ? 0
                                                                                                       : 1;
}
