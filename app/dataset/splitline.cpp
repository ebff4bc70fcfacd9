#include "dataset/splitline.h"

namespace earmark::dataset {

using namespace Qt::StringLiterals;

QString splitLine(const SegmentTable &table, Row row)
{
    const auto seconds = [](std::uint32_t milliseconds) {
        return u"%1.%2"_s.arg(milliseconds / 1000).arg(milliseconds % 1000, 3, 10, QChar(u'0'));
    };
    const SegmentKey key = table.key(row);
    return u"%1, %2, %3, \"%4\""_s.arg(key.ytid.toString(), seconds(key.startMs), seconds(key.endMs),
                                       QString::fromLatin1(table.midList(row)));
}

} // namespace earmark::dataset
