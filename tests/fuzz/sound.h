#pragma once

#include "require.h"
#include "segments/segmenttable.h"

#include <algorithm>

#include <sys/mman.h>
#include <unistd.h>

namespace earmark::fuzz {

inline QString pathOf(int descriptor)
{
    return QStringLiteral("/proc/self/fd/%1").arg(descriptor);
}

/// The path of a file in memory that holds these bytes, until the next call.
inline QString fileOf(const unsigned char *data, std::size_t size)
{
    static const int file = memfd_create("input", 0);
    require(ftruncate(file, 0) == 0 && pwrite(file, data, size, 0) == static_cast<ssize_t>(size),
            "the file can be written");
    return pathOf(file);
}

/// What must hold of any table that was read.
inline void isSound(const segments::SegmentTable &table)
{
    for (segments::Row row = 0; row < table.size(); ++row) {
        const SegmentKey key = table.key(row);
        require(YtId::parse(key.ytid.view()).has_value(), "an id is an id");
        require(key.startMs < key.endMs, "a segment ends after it starts");
        require(table.find(key) == row, "each segment is there once");
        require(table.set(row) < table.setCount(), "a row has a label set");
        std::vector<segments::LabelNumber> labels(table.labels(row).begin(), table.labels(row).end());
        std::ranges::sort(labels);
        require(!labels.empty() && labels.back() < table.labelCount(), "a row has labels");
        require(std::ranges::adjacent_find(labels) == labels.end(), "a row has each label once");
        require(table.state(row) == ClipState::Absent, "nothing is known of the clip");
    }
}

/// What must hold of a text that ends up in exports, in the window, on a terminal.
inline void isText(const QByteArray &text)
{
    require(text.isValidUtf8(), "a text is UTF-8");
    require(
        std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }),
        "a text has no control characters");
}

} // namespace earmark::fuzz
