#pragma once

#include "clips/clipstate.h"

#include <QByteArray>
#include <QString>

namespace earmark {

/// What a listener has said of a clip.
struct Judgement
{
    Verdict verdict = Verdict::Undecided;
    bool isFlagged = false;  ///< to be looked at again
    QByteArray doubted = {}; ///< those of the segment's labels that are not heard in it: mids joined by ','
    QString note = {};

    /// Which of Flagged, Doubted and Noted it gives the clip.
    ClipMarks marks() const
    {
        return static_cast<ClipMarks>((isFlagged ? Flagged : 0) | (doubted.isEmpty() ? 0 : Doubted) |
                                      (note.isEmpty() ? 0 : Noted));
    }
    bool operator==(const Judgement &) const = default;
};

} // namespace earmark
