#include "gui/fitprobe.h"
#include "playback/player.h"
#include "readers/splitreader.h"
#include "session/session.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/staircase.h"
#include "ui/files/problemdialog.h"
#include "ui/files/workspacedialog.h"
#include "ui/segments/savedfiltermodel.h"
#include "ui/segments/savedfiltersdialog.h"
#include "ui/segments/segmentmodel.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"
#include "ui/tools/logdialog.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/ask.h"
#include "ui/widgets/bannerstack.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QScreen>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace earmark;
using test::Staircase;

namespace {

constexpr QSize Smallest(880, 560);
constexpr int Clips = 8;
constexpr int Patience = 20'000;

/// Clips of the first segments of the sample.
void makeClips(const QString &folder)
{
    auto workspace = workspace::Workspace::open(folder);
    const auto sample = readers::readSampleSplit();
    if (!workspace || !sample)
        qFatal("The workspace cannot be made.");
    (*workspace)->setFormat({Staircase::Rate, 1});
    std::vector<WantedClip> wanted;
    for (segments::Row row = 0; std::ssize(wanted) < Clips; ++row) {
        if (sample->table.key(row).durationMs() == 10'000)
            wanted.push_back({sample->table.key(row), row, "/m/09x0r"});
    }
    (*workspace)->enqueue(wanted);
    for (const WantedClip &clip : wanted) {
        auto record = (*workspace)->record(clip.key);
        if (!test::writePlainWav((*workspace)->layout().clip(clip.key), Staircase::samples(1),
                                 Staircase::Rate, 1))
            qFatal("A clip cannot be written.");
        record.progress.state = ClipState::Ready;
        record.audio.samples = Staircase::Rate * Staircase::Steps;
        record.audio.sampleRate = Staircase::Rate;
        (*workspace)->update(clip.key, record);
    }
    if (!(*workspace)->flush())
        qFatal("The ledger cannot be written.");
}

/// Everything that the program has, as main() puts it together, on a folder of its own.
struct Program
{
    explicit Program(ui::Scheme scheme)
        : settings(folder.filePath(u"settings.ini"_s))
        , session(ytdlp::Source(u"http://127.0.0.1:9/{ytid}.m4a"_s))
    {
        makeClips(folder.filePath(u"clips"_s));
        theme.apply(scheme);
        ytdlp::Tools tools; // there by name alone
        tools.ytdlp = {.name = u"yt-dlp"_s,
                       .path = folder.filePath(u"yt-dlp"_s),
                       .version = u"2099.01.01"_s,
                       .problem = {}};
        tools.ffmpeg = {
            .name = u"ffmpeg"_s, .path = folder.filePath(u"ffmpeg"_s), .version = u"6.0"_s, .problem = {}};
        session.setTools(tools);
        window =
            std::make_unique<ui::MainWindow>(session, settings, theme, player, folder.filePath(u"clips"_s));
        window->show();
    }
    bool openSample()
    {
        act("files.openSample"_L1);
        return QTest::qWaitFor([this] { return session.count(ClipState::Ready) == Clips; }, Patience);
    }
    void act(QLatin1StringView id) { window->actions()[id]->trigger(); }
    /// Until every layout knows what has changed.
    static void settle() { QTest::qWait(120); }

    const QTemporaryDir folder;
    ui::Settings settings;
    ui::Theme theme{*qApp};
    playback::Player player;
    session::Session session;
    std::unique_ptr<ui::MainWindow> window;
};

/// Runs in a process of its own, for each screen one, and says what it finds on standard output.
class Probe final
{
public:
    explicit Probe(ui::Scheme scheme)
        : m_program(scheme)
        , m_window(*m_program.window)
    {
    }

    int run(bool isDialogsOnly)
    {
        if (!isDialogsOnly)
            look(u"start page"_s);
        if (!m_program.openSample()) {
            say(u"The sample does not open."_s);
            return 1;
        }
        m_window.page().table().selectRow(0);
        if (!isDialogsOnly)
            lookAtPages();
        lookAtDialogs();
        return 0;
    }

private:
    void say(const QString &fault) { m_out << fault << '\n' << Qt::flush; }
    void look(const QString &what) { look(what, m_window); }
    void look(const QString &what, const QWidget &window)
    {
        Program::settle();
        // On a busy machine texts come and are laid out a moment later.
        (void)QTest::qWaitFor([&window] { return test::faultsOf(window).isEmpty(); }, 2'000);
        for (const QString &fault : test::faultsOf(window))
            say(what + u": "_s + fault);
        if (const QString folder = qEnvironmentVariable("EARMARK_FIT_PICTURES"); !folder.isEmpty())
            const_cast<QWidget &>(window).grab().save(u"%1/%2.png"_s.arg(folder, what));
    }

    void lookAtPages()
    {
        look(u"segments"_s);
        m_window.banners().show(
            ui::Topic::Problems, ui::Tone::Warning,
            u"12 lines skipped in balanced_train_segments.csv, as their times are no numbers."_s,
            {{u"View lines"_s, [] {}}, {u"Show the file"_s, [] {}}});
        look(u"banner"_s);
        m_window.banners().dismiss(ui::Topic::Problems);
        Program::settle();
        const QSize size = m_window.size();
        const QSize least = m_window.minimumSizeHint();
        m_program.act("review.auditionFound"_L1);
        look(u"audition"_s);
        m_program.act("review.leaveAudition"_L1);
        Program::settle();
        if (m_window.size() != size || m_window.minimumSizeHint() != least)
            say(u"The audition leaves the window at %1x%2 of at least %3x%4; it was %5x%6 of at least %7x%8"_s
                    .arg(m_window.width())
                    .arg(m_window.height())
                    .arg(m_window.minimumSizeHint().width())
                    .arg(m_window.minimumSizeHint().height())
                    .arg(size.width())
                    .arg(size.height())
                    .arg(least.width())
                    .arg(least.height()));
    }

    static QDialog *dialog()
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *dialog = qobject_cast<QDialog *>(widget); dialog && dialog->isVisible())
                return dialog;
        }
        return nullptr;
    }
    template <class Open>
    void lookAt(const QString &what, const Open &open)
    {
        open();
        if (!QTest::qWaitFor([] { return dialog() != nullptr; }, Patience)) {
            say(what + u" does not open."_s);
            return;
        }
        look(what, *dialog());
        for (auto *tabs : dialog()->findChildren<QTabWidget *>()) {
            for (int tab = 1; tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                look(u"%1, tab %2"_s.arg(what, tabs->tabText(tab)), *dialog());
            }
        }
        for (auto *box : dialog()->findChildren<QDialogButtonBox *>()) {
            const QRect place(box->mapTo(dialog(), QPoint()), box->size());
            if (!dialog()->rect().contains(place))
                say(what + u": the buttons are out of sight"_s);
        }
        dialog()->close();
        if (!QTest::qWaitFor([] { return !dialog(); }, Patience))
            say(what + u" does not close."_s);
    }

    void lookAtDialogs()
    {
        for (const auto id : {"export.exportAs"_L1, "segments.sample"_L1, "segments.selectByQuery"_L1,
                              "downloads.downloadSettings"_L1, "downloads.checkClips"_L1,
                              "downloads.showLog"_L1, "files.openSplit"_L1, "official.officialFiles"_L1,
                              "tools.tools"_L1, "settings.keys"_L1, "review.note"_L1, "window.about"_L1})
            lookAt(id, [&] { m_program.act(id); });
        lookAt(u"workspace"_s,
               [&] { (new ui::WorkspaceDialog(m_program.folder.filePath(u"clips"_s), &m_window))->open(); });
        lookAt(u"log"_s, [&] { (new ui::LogDialog(&m_window))->show(); });
        ui::SavedFilterModel saved(m_program.settings);
        saved.save(u"Animals without music"_s, u"under:Animal -label:Music"_s);
        lookAt(u"saved filters"_s, [&] { (new ui::SavedFiltersDialog(saved, &m_window))->open(); });
        const QString list = test::writeFile(
            m_program.folder.filePath(u"list.csv"_s),
            "# YTID, start_seconds, end_seconds, positive_labels\n"
            "zzZZ_yy-012, 0.000, 3.000, \"/m/09x0r\"\n../../../x, 30.000, 40.000, \"/m/09x0r\"\n");
        const auto split = readers::readSplit(list);
        lookAt(u"skipped lines"_s, [&] { (new ui::ProblemDialog(*split, &m_window))->show(); });
        lookAt(u"question"_s, [&] {
            ui::ask(&m_window, u"Stop all downloads?"_s, u"Stop all downloads and clear the queue?"_s,
                    u"22,126 clips are queued. Clips that are ready stay; you can queue the others again."_s,
                    {{u"Stop"_s, [] {}}});
        });
    }

    Program m_program;
    ui::MainWindow &m_window;
    QTextStream m_out{stdout};
};

} // namespace

/// The window and its dialogs fit the screens that people have. With EARMARK_FIT_PICTURES=FOLDER a picture of
/// each is kept: tst_fit --probe dark all, under a platform of one's choice, takes those of one screen.
class TestFit final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// What the other tests rely on.
    void theProbeSees()
    {
        QWidget window;
        auto *label = new QLabel(u"A text that has no room"_s, &window);
        label->setGeometry(0, 0, 40, 30);
        auto *button = new QPushButton(u"Outside"_s, &window);
        button->setGeometry(180, 0, 90, 30);
        auto *combo = new QComboBox(&window);
        combo->addItem(u"A choice that has no room"_s);
        combo->setGeometry(0, 40, 60, 30);
        window.resize(200, 100);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCOMPARE(test::faultsOf(window).size(), 3);
        label->setToolTip(label->text());
        button->move(100, 0);
        combo->resize(200, 30);
        QCOMPARE(test::faultsOf(window), QStringList());
    }

    void fits_data()
    {
        QTest::addColumn<QSize>("screen");
        QTest::addColumn<QString>("scale");
        QTest::addColumn<QString>("dpi");
        QTest::addColumn<QString>("colours");
        for (const auto *colours : {"light", "dark"}) {
            const auto row = [colours](const char *name, const QSize &screen, const QString &scale = {},
                                       const QString &dpi = {}) {
                QTest::addRow("%s, %s", name, colours)
                    << screen << scale << dpi << QString::fromLatin1(colours);
            };
            row("900x600", {900, 600});
            row("1024x700", {1024, 700});
            row("1366x768", {1366, 768});
            row("1920x1080", {1920, 1080});
            row("2560x1440 at scale 2", {2560, 1440}, u"2"_s);
        }
        QTest::newRow("1024x700 at 192 dpi, light")
            << QSize(1024, 700) << QString() << u"192"_s << u"light"_s;
    }
    void fits()
    {
        QFETCH(QSize, screen);
        QFETCH(QString, scale);
        QFETCH(QString, dpi);
        QFETCH(QString, colours);
        const QTemporaryDir folder;
        const QString configuration = test::writeFile(
            folder.filePath(u"screens.json"_s),
            u"{\"screens\": [{\"name\": \"one\", \"x\": 0, \"y\": 0, \"width\": %1, \"height\": %2, "
            "\"logicalDpi\": 96, \"logicalBaseDpi\": 96, \"dpr\": 1}]}"_s.arg(screen.width())
                .arg(screen.height())
                .toUtf8());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen:configfile="_s + configuration);
        if (!scale.isEmpty())
            environment.insert(u"QT_SCALE_FACTOR"_s, scale);
        if (!dpi.isEmpty())
            environment.insert(u"QT_FONT_DPI"_s, dpi);
        QProcess probe;
        probe.setProcessEnvironment(environment);
        probe.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        probe.start(QCoreApplication::applicationFilePath(),
                    {u"--probe"_s, colours, dpi.isEmpty() ? u"all"_s : u"dialogs"_s});
        constexpr int MostMs = 240'000;
        QVERIFY(probe.waitForFinished(MostMs));
        const QByteArray faults = probe.readAllStandardOutput();
        QVERIFY2(faults.isEmpty(), faults.constData());
        QCOMPARE(probe.exitStatus(), QProcess::NormalExit);
        QCOMPARE(probe.exitCode(), 0);
    }

    /// Every page, with all that is on it, in the smallest window.
    void canBeSmall()
    {
        Program program(ui::Scheme::Light);
        ui::MainWindow &window = *program.window;
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.showNormal();
        const auto shrink = [&](const char *page) {
            window.resize(Smallest);
            Program::settle();
            QVERIFY2(
                window.size() == Smallest,
                qPrintable(
                    u"%1: %2x%3"_s.arg(QString::fromLatin1(page)).arg(window.width()).arg(window.height())));
            const QStringList faults = test::faultsOf(window);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        };
        shrink("start page");
        QVERIFY(program.openSample());
        window.page().table().selectRow(0);
        shrink("segments");
        program.act("review.auditionFound"_L1);
        shrink("audition");
        program.act("review.leaveAudition"_L1);
        shrink("segments again");
    }

    void theAuditionLeavesTheSize()
    {
        Program program(ui::Scheme::Light);
        ui::MainWindow &window = *program.window;
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.showNormal();
        QVERIFY(program.openSample());
        for (const QSize size : {QSize(1200, 800), Smallest}) {
            window.resize(size);
            Program::settle();
            QCOMPARE(window.size(), size);
            const QSize least = window.minimumSizeHint();
            program.act("review.auditionFound"_L1);
            Program::settle();
            program.act("review.leaveAudition"_L1);
            Program::settle();
            QCOMPARE(window.size(), size);
            QCOMPARE(window.minimumSizeHint(), least);
        }
    }

    void labelsHaveTheMostRoom()
    {
        Program program(ui::Scheme::Light);
        QVERIFY(QTest::qWaitForWindowActive(program.window.get()));
        program.window->showNormal();
        QVERIFY(program.openSample());
        program.window->resize(1280, 800);
        Program::settle();
        const QHeaderView &header = *program.window->page().table().horizontalHeader();
        const auto isWidest = [&] {
            for (int column = 0; column < header.count(); ++column) {
                if (column != ui::SegmentModel::Labels &&
                    header.sectionSize(column) >= header.sectionSize(ui::SegmentModel::Labels))
                    return false;
            }
            return true;
        };
        QVERIFY(header.isSectionHidden(ui::SegmentModel::Verdict));
        QVERIFY(isWidest());
        program.window->page().table().selectRow(0);
        QTRY_VERIFY(program.window->actions()["review.keep"_L1]->isEnabled());
        program.act("review.keep"_L1);
        QTRY_VERIFY(!header.isSectionHidden(ui::SegmentModel::Verdict));
        QVERIFY(isWidest());
    }

    /// A size from a larger screen is cut to this one.
    void aRememberedSizeIsBounded()
    {
        const QTemporaryDir folder;
        QWidget large;
        large.setGeometry(1'000, 900, 4'000, 3'000);
        ui::Settings settings(folder.filePath(u"settings.ini"_s));
        settings.geometry = large.saveGeometry();
        session::Session session;
        ui::Theme theme(*qApp);
        playback::Player player;
        ui::MainWindow window(session, settings, theme, player, folder.filePath(u"clips"_s));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const QRect screen = window.screen()->availableGeometry();
        QTRY_VERIFY(screen.contains(window.frameGeometry()));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--probe"_s)
        return Probe(arguments.value(2) == u"dark"_s ? ui::Scheme::Dark : ui::Scheme::Light)
            .run(arguments.value(3) == u"dialogs"_s);
    TestFit test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fit.moc"
