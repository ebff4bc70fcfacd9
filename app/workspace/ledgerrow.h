#pragma once

#include "base/clipstate.h"
#include "base/measures.h"
#include "base/segmentkey.h"

#include <QByteArrayView>

#include <string_view>

namespace earmark::workspace {

/// A row of the ledger as it is read: WantedClip and ClipRecord in one, its texts (UTF-8) still SQLite's own.
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

} // namespace earmark::workspace
