#pragma once

#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/staircase.h"
#include "workspace/workspace.h"

#include <QDir>

namespace earmark::test {

using namespace Qt::StringLiterals;

inline constexpr int Clips = 80;

inline SegmentKey keyOf(int clip)
{
    return {*YtId::parse("id0000000" + std::to_string(10 + clip)), 0, 10'000};
}

/// A split of clips that are all there, each with its own sound.
inline void makeClips(const QDir &folder)
{
    auto workspace = workspace::Workspace::open(folder.filePath(u"clips"_s));
    VERIFY_OK(workspace);
    (*workspace)->setFormat({Staircase::Rate, 1});
    QByteArray split =
        "# Segments csv created for a test\n# YTID, start_seconds, end_seconds, positive_labels\n";
    std::vector<WantedClip> wanted;
    for (int clip = 0; clip < Clips; ++clip) {
        wanted.push_back({keyOf(clip), static_cast<std::uint32_t>(clip), "/m/09x0r,/m/0bt9lr"});
        split += keyOf(clip).ytid.toString().toLatin1() + ", 0.000, 10.000, \"/m/09x0r,/m/0bt9lr\"\n";
    }
    (*workspace)->enqueue(wanted);
    for (int clip = 0; clip < Clips; ++clip) {
        QVERIFY(writePlainWav((*workspace)->layout().clip(keyOf(clip)),
                              Staircase::samples(clip % Staircase::Most), Staircase::Rate, 1));
        auto record = (*workspace)->record(keyOf(clip));
        record.progress.state = ClipState::Ready;
        record.audio.samples = Staircase::Rate * Staircase::Steps;
        record.audio.sampleRate = Staircase::Rate;
        (*workspace)->update(keyOf(clip), record);
    }
    VERIFY_OK((*workspace)->flush());
    test::writeFile(folder.filePath(u"split.csv"_s), split);
}

} // namespace earmark::test
