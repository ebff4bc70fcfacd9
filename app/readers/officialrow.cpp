#include "readers/officialrow.h"
#include "base/format.h"

#include "base/bytes.h"
#include "classes/labellist.h"

namespace earmark::readers {

using namespace Qt::StringLiterals;

namespace {

/// The labels of a row as one field of CSV, without the quotes around it.
QString labelField(const segments::SegmentTable &table, segments::Row row)
{
    return QString::fromUtf8(table.midList(row).replace('"', "\"\""));
}

} // namespace

QString splitLine(const segments::SegmentTable &table, segments::Row row)
{
    const auto seconds = [](std::uint32_t milliseconds) {
        return u"%1.%2"_s.arg(milliseconds / 1000).arg(milliseconds % 1000, 3, 10, QChar(u'0'));
    };
    const SegmentKey key = table.key(row);
    return u"%1, %2, %3, \"%4\""_s.arg(key.ytid.toString(), seconds(key.startMs), seconds(key.endMs),
                                       labelField(table, row));
}

bool hasOnlyMids(const segments::SegmentTable &table)
{
    for (std::size_t label = 0; label < table.labelCount(); ++label) {
        const QByteArray &mid = table.mid(static_cast<segments::LabelNumber>(label));
        if (!classes::isMid(viewOf(mid)))
            return false;
    }
    return true;
}

QString listHeader()
{
    return u"ytid,start_seconds,end_seconds,labels"_s;
}

QString listLine(const segments::SegmentTable &table, segments::Row row)
{
    const SegmentKey key = table.key(row);
    return u"%1,%2,%3,\"%4\""_s.arg(key.ytid.toString(), secondsText(key.startMs), secondsText(key.endMs),
                                    labelField(table, row));
}

} // namespace earmark::readers
