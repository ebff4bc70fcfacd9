#pragma once

#include "clips/clipstate.h"
#include "clips/measures.h"
#include "clips/segmentkey.h"

#include <QByteArrayView>

#include <string_view>

namespace earmark {

/// A row of the ledger as it is read: WantedClip and Clip in one, its texts (UTF-8) still SQLite's own.
struct LedgerRow
{
    SegmentKey key;
    std::uint32_t position = 0;
    QByteArrayView labels;
    ClipState state = ClipState::Absent;
    FailureClass failure = FailureClass::None;
    std::uint16_t attempts = 0;
    int sampleRate = 0;
    qint64 samples = 0;
    std::string_view reason;
    std::string_view formatId;
    std::string_view toolVersion;
    QByteArrayView sha256;
    qint64 changedAt = 0;
    qint64 retryAt = 0;
    Measures measures;
};

} // namespace earmark
