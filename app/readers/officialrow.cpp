#include "readers/officialrow.h"
#include "base/format.h"

#include "base/bytes.h"
#include "classes/labellist.h"

namespace earmark::readers {

using namespace Qt::StringLiterals;

void appendSplitLine(QByteArray &out, const SegmentKey &key, QByteArray labels)
{
    out.append(key.ytid.view().data(), YtId::Length);
    for (const std::uint32_t moment : {key.startMs, key.endMs}) {
        ((out += ", ") += QByteArray::number(moment / 1000)) += '.';
        for (std::uint32_t unit = 100; unit > 0; unit /= 10)
            out += static_cast<char>('0' + moment / unit % 10);
    }
    ((out += ", \"") += labels.replace('"', "\"\"")) += '"';
}

QString splitLine(const segments::SegmentTable &table, segments::Row row)
{
    QByteArray line;
    appendSplitLine(line, table.key(row), table.midList(row));
    return QString::fromUtf8(line);
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
                                    QString::fromUtf8(table.midList(row).replace('"', "\"\"")));
}

} // namespace earmark::readers
