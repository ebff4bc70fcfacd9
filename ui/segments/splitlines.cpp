#include "ui/segments/splitlines.h"

#include <QStringList>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

QString officialSeconds(std::uint32_t milliseconds)
{
    return u"%1.%2"_s.arg(milliseconds / 1000).arg(milliseconds % 1000, 3, 10, QChar(u'0'));
}

} // namespace

QString splitLines(const dataset::SegmentTable &table, std::span<const dataset::Row> rows)
{
    QString text;
    for (const dataset::Row row : rows) {
        const SegmentKey key = table.key(row);
        QStringList mids;
        for (const dataset::LabelNumber label : table.labels(row))
            mids.append(QString::fromUtf8(table.mid(label)));
        text += u"%1, %2, %3, \"%4\"\n"_s.arg(key.ytid.toString(), officialSeconds(key.startMs),
                                              officialSeconds(key.endMs), mids.join(u','));
    }
    return text;
}

} // namespace earmark::ui
