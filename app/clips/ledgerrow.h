#pragma once

#include "clips/clip.h"

#include <QByteArrayView>

#include <string_view>

namespace earmark {

/// A row of the ledger as it is read and written: WantedClip and Clip in one, without the judgement. Its
/// texts (UTF-8) are someone else's.
struct LedgerRow : BasicClip<std::string_view>
{
    SegmentKey key;
    QByteArrayView labels;
};

} // namespace earmark
