#include "support/cliprocess.h"
#include "support/mediaserver.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"

#include <QTemporaryDir>

#include <array>

#include <pty.h>
#include <unistd.h>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

/// What a terminal shows: its lines, each with what was written over it. Knows of control characters what a
/// terminal without any abilities knows; others stay in the text.
QStringList shownLines(const QString &text)
{
    QStringList lines{QString()};
    qsizetype column = 0;
    for (const QChar character : text) {
        QString &line = lines.back();
        if (character == u'\n') {
            lines.append(QString());
            column = 0;
        } else if (character == u'\r') {
            column = 0;
        } else if (character == u'\b') {
            column = std::max<qsizetype>(column - 1, 0);
        } else {
            line = line.leftJustified(column + 1);
            line[column++] = character;
        }
    }
    return lines;
}

} // namespace

/// earmark-cli on terminals of several widths and abilities.
class TestCliTerminal final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray sound = test::noiseM4a();
        m_server.serve(u"/-0RWZT-miFs.m4a"_s, sound);
        // A bar comes after half a second.
        m_server.setFault(u"/-0RWZT-miFs.m4a"_s, {.caller = test::Fault::Caller::Ffmpeg,
                                                  .bytesPerSecond = static_cast<int>(sound.size() * 2)});
        m_list =
            test::writeFile(m_folder.filePath(u"list.csv"_s), "-0RWZT-miFs, 2.000, 5.000, \"/m/09x0r\"\n"
                                                              "Agi5ySKb1tY, 2.000, 5.000, \"/m/09x0r\"\n");
        m_server.setFault(u"/Agi5ySKb1tY.m4a"_s, {test::Fault::Caller::Any, 404});
    }

    void aBarKeepsToItsLine_data()
    {
        QTest::addColumn<int>("columns");
        for (const int columns : {20, 30, 59, 80, 200})
            QTest::addRow("%d columns", columns) << columns;
    }
    void aBarKeepsToItsLine()
    {
        QFETCH(int, columns);
        const QString text = fetched(columns, "xterm-256color");
        QVERIFY2(text.contains(u'\r'), qUtf8Printable(text));
        QVERIFY2(!text.contains(u'\033'), qUtf8Printable(text));
        const QStringList lines = shownLines(text);
        const auto bars = lines.filter(QRegularExpression(u"^█* ?1 of 2 · 1 failed"_s));
        QVERIFY2(bars.size() == 1, qUtf8Printable(lines.join(u'\n')));
        // Each state of it, not only the last.
        for (QString state : text.split(QRegularExpression(u"[\r\n]"_s))) {
            if (state.contains(u" of 2"_s))
                QVERIFY2(state.remove(u'\b').trimmed().size() < columns, qUtf8Printable(state));
        }
        QCOMPARE(bars[0].contains(u'█'), columns > 24);
        // Messages stand on lines of their own.
        for (const QString &line : lines)
            QVERIFY2(!line.contains(u"earmark-cli: "_s) || line.startsWith(u"earmark-cli: "_s),
                     qUtf8Printable(line));
    }

    void noBarWithoutAbilities_data()
    {
        QTest::addColumn<QByteArray>("terminal");
        QTest::newRow("dumb") << QByteArray("dumb");
        QTest::newRow("no name") << QByteArray();
    }
    void noBarWithoutAbilities()
    {
        QFETCH(QByteArray, terminal);
        const QString text = fetched(80, terminal);
        for (const QChar character : text.toStdU16String())
            QVERIFY2(character == u'\n' || character >= u' ', qUtf8Printable(text));
        QVERIFY2(!text.contains(u'█'), qUtf8Printable(text));
    }

    /// Names of folders, too, are other people's texts.
    void anExportActsOnNoTerminal()
    {
        const QString into = m_folder.filePath(u"a\033[31mb"_s);
        QCOMPARE(test::runCli(
                     {u"fetch"_s, m_list, u"--into"_s, into, u"--source"_s, m_server.url(u"/{ytid}.m4a"_s)})
                     .exitCode,
                 3);
        const QStringList command{u"export"_s,  into,          u"--format"_s, u"csv"_s,
                                  u"--paths"_s, u"absolute"_s, u"--out"_s,    u"-"_s};
        QVERIFY(test::runCli(command).output.contains("a\033[31mb")); // a program gets what there is
        const QString text = onTerminal(80, "xterm", command, STDOUT_FILENO);
        QVERIFY2(text.contains(u"a␛[31mb"_s) && !text.contains(u'\033'), qUtf8Printable(text));
    }

    void helpKnowsTheWidth()
    {
        for (const int columns : {40, 100}) {
            int widest = 0;
            const QString text = onTerminal(columns, "xterm", {u"help"_s, u"list"_s}, STDOUT_FILENO);
            for (const QString &line : text.split(u'\n')) {
                if (!line.startsWith(u"  earmark-cli"_s) && line.trimmed().contains(u' '))
                    widest = std::max(widest, static_cast<int>(line.size()));
            }
            QVERIFY2(widest <= columns && widest > columns - 15, qUtf8Printable(text));
        }
    }

private:
    /// What a fetch of two clips prints on standard error; one of them fails.
    QString fetched(int columns, const QByteArray &terminal)
    {
        const QTemporaryDir into;
        return onTerminal(columns, terminal,
                          {u"fetch"_s, m_list, u"--into"_s, into.path(), u"--source"_s,
                           m_server.url(u"/{ytid}.m4a"_s), u"--verbose"_s},
                          STDERR_FILENO);
    }

    /// What it prints to a terminal that one of its descriptors is.
    static QString onTerminal(int columns, const QByteArray &name, const QStringList &arguments,
                              int descriptor)
    {
        int ours = -1;
        int theirs = -1;
        winsize size{
            .ws_row = 24, .ws_col = static_cast<unsigned short>(columns), .ws_xpixel = 0, .ws_ypixel = 0};
        if (::openpty(&ours, &theirs, nullptr, nullptr, &size) != 0)
            return {};
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"COLUMNS"_s);
        environment.insert(u"TERM"_s, QString::fromLatin1(name));
        process.setProcessEnvironment(environment);
        process.setChildProcessModifier([theirs, descriptor] { ::dup2(theirs, descriptor); });
        process.start(qEnvironmentVariable("EARMARK_CLI"), arguments);
        ::close(theirs);
        QByteArray text;
        std::array<char, 4096> buffer{};
        // A terminal whose last program went away ends with an error.
        for (ssize_t got = 0; (got = ::read(ours, buffer.data(), buffer.size())) > 0;)
            text.append(buffer.data(), got);
        ::close(ours);
        process.waitForFinished();
        return QString::fromUtf8(text).replace(u"\r\n"_s, u"\n"_s);
    }

    test::MediaServer m_server;
    QTemporaryDir m_folder;
    QString m_list;
};

QTEST_GUILESS_MAIN(TestCliTerminal)
#include "tst_cliterminal.moc"
