#pragma once

#include "workspace/ledgersettings.h"
#include "workspace/workspace.h"

#include <map>

namespace earmark::verify {

/// What a WAV is worth that lies where a clip's should, and that the ledger does not know: left by a program
/// that was killed, by another program, or by a person.
struct WavInspection
{
    enum class Worth {
        Whole,   ///< exactly the samples that the clip should have: it is taken as it is
        TooLong, ///< by less than one packet of sound at its end, as ffmpeg cuts: it is taken without that
        Useless, ///< the clip is cut anew or fetched
    };
    Worth worth = Worth::Useless;
    qint64 frames = 0; ///< in the WAV
    QString why;       ///< of a useless one, half a sentence: "ends early"
};

/// Reads the header only.
WavInspection appraise(const QString &path, const workspace::ClipFormat &format, const SegmentKey &key);

/// Workspace::open(), and when the ledger had to be made anew, whole clips in processed/ are taken into it by
/// their headers. A ledger that begins empty gets the format that most of them have. Blocks on the disk.
Result<std::unique_ptr<workspace::Workspace>> openWorkspace(const QString &folder);

/// What lies in the folders for clips that are queued: a folder that another program has filled, as a rule.
struct FolderScan
{
    qint64 usable = 0;                 ///< taken when their turn comes, without a download
    std::map<QString, qint64> useless; ///< how many, by why
    qint64 sections = 0;               ///< .m4a files in downloaded/
};
FolderScan survey(const workspace::Workspace &workspace);
/// The same in words; empty when there is nothing to say.
QString surveyText(const FolderScan &survey);

} // namespace earmark::verify
