#pragma once

#include "clips/segmentkey.h"

#include <QMap>
#include <QString>

namespace earmark::test {

/// A workspace as somebody might send it who means harm, in the home folder of somebody who unpacks it:
/// links out of it under every name that Earmark uses, FIFOs, folders where files should be, texts that are
/// commands elsewhere. What is around it, and what the user keeps in it, is worth something.
class HostileWorkspace final
{
public:
    /// Makes `folder`/home and in it the workspace, Clips clips with their WAVs, and everything else.
    /// Fails the test (QVERIFY) when it cannot be made: ask QTest::currentTestFailed() afterwards.
    explicit HostileWorkspace(const QString &folder);

    /// Clips that are what they should be: regular WAVs, ready. The first ones of the split.
    static constexpr int HonestClips = 4;

    /// The folder of the split and the workspace, which is called "clips".
    const QString &home() const { return m_home; }
    QString path() const { return m_home + QStringLiteral("/clips"); }
    /// A split of all its segments, outside of it.
    QString split() const { return m_home + QStringLiteral("/split.csv"); }
    static SegmentKey key(int clip);

    /// What must stay as it is: everything in the home folder beside the workspace, and in the workspace what
    /// is the user's own. By path: kind, permissions and content (a checksum, or where a link points).
    QMap<QString, QString> treasures() const;

private:
    void fillHome() const;
    void fillLedger() const;
    void prepareTraps() const;

    QString m_home;
};

} // namespace earmark::test
