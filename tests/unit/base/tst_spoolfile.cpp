#include "base/descriptor.h"
#include "base/spoolfile.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QTemporaryDir>

#include <array>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace earmark;
using namespace Qt::StringLiterals;

/// A temporary file that nobody else sees.
class TestSpoolFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        std::array<int, 2> ends{};
        QVERIFY(::pipe(ends.data()) == 0);
        m_from = Descriptor(ends[0]);
        m_to = Descriptor(ends[1]);
    }

    void keepsAPipe()
    {
        const QByteArray content = QByteArray("a line\n").repeated(100'000); // more than a pipe holds
        std::jthread writer([&] {
            QCOMPARE(::write(m_to.number(), content.constData(), static_cast<std::size_t>(content.size())),
                     content.size());
            m_to = Descriptor();
        });
        const auto spool = SpoolFile::make(m_folder->path());
        VERIFY_OK(spool);
        VERIFY_OK((*spool)->fill(m_from.number(), u"the pipe"_s, content.size()));
        writer.join();
        for (int time = 0; time < 2; ++time)
            QCOMPARE(test::readFile((*spool)->path()), content);
        // Nobody else meets it, and nothing is left when the program is killed.
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList());
        QCOMPARE(QFile::permissions((*spool)->path()) & QFile::Permissions(0x77), QFile::Permissions());
    }

    void refusesTooMuch()
    {
        const auto spool = SpoolFile::make(m_folder->path());
        VERIFY_OK(spool);
        QCOMPARE(::write(m_to.number(), "12345678", 8), 8);
        m_to = Descriptor();
        COMPARE_ERROR((*spool)->fill(m_from.number(), u"the pipe"_s, 7), ErrorCode::BadInput);
    }

    void stopsWaiting()
    {
        const auto spool = SpoolFile::make(m_folder->path());
        VERIFY_OK(spool);
        std::stop_source stop;
        stop.request_stop();
        COMPARE_ERROR((*spool)->fill(m_from.number(), u"the pipe"_s, 7, stop.get_token()),
                      ErrorCode::Cancelled);
    }

    void goesOut()
    {
        const auto spool = SpoolFile::make(m_folder->path());
        VERIFY_OK(spool);
        VERIFY_OK((*spool)->write("one "));
        VERIFY_OK((*spool)->write("two"));
        VERIFY_OK((*spool)->copyTo(m_to.number(), u"the pipe"_s));
        std::array<char, 16> got{};
        QCOMPARE(::read(m_from.number(), got.data(), got.size()), 7);
        QCOMPARE(QByteArray(got.data()), "one two");
        const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
        COMPARE_ERROR((*spool)->copyTo(full.number(), u"the pipe"_s), ErrorCode::DiskFull);
        COMPARE_ERROR((*spool)->copyTo(-1, u"the pipe"_s), ErrorCode::Unwritable);
    }

    void needsAFolderToWriteTo() { COMPARE_ERROR(SpoolFile::make(u"/proc"_s), ErrorCode::Unwritable); }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    Descriptor m_from, m_to;
};

QTEST_GUILESS_MAIN(TestSpoolFile)
#include "tst_spoolfile.moc"
