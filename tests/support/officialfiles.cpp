#include "support/officialfiles.h"

namespace earmark::test {

namespace {

/// Eleven characters, another for each number.
QByteArray idOf(int number)
{
    return "-o_" + QByteArray::number(number).rightJustified(8, '0');
}

} // namespace

QByteArray smallSplit(int rows)
{
    const QByteArray count = QByteArray::number(rows);
    QByteArray text = "# Segments csv created Sun Mar  5 10:54:31 2017\n# num_ytids=" + count +
                      ", num_segs=" + count + ", num_unique_labels=2, num_positive_labels=" + count +
                      "\n# YTID, start_seconds, end_seconds, positive_labels\n";
    for (int row = 0; row < rows; ++row)
        text += idOf(row) + ", 30.000, 40.000, \"/m/09x0r,/m/04rlf\"\n";
    return text;
}

QByteArray smallLabels(int rows)
{
    QByteArray text = "index,mid,display_name\n";
    for (int row = 0; row < rows; ++row) {
        const QByteArray number = QByteArray::number(row);
        text += number + ",/m/x" + number + ",\"Class, " + number + "\"\n";
    }
    return text;
}

QByteArray smallOntology()
{
    return R"([{"id": "/m/0dgw9r", "name": "Human sounds", "description": "Sounds of people.",
  "citation_uri": "", "positive_examples": [], "child_ids": ["/m/09x0r"], "restrictions": ["abstract"]},
 {"id": "/m/09x0r", "name": "Speech", "description": "Talking, in this small ontology.", "citation_uri": "",
  "positive_examples": [], "child_ids": [], "restrictions": []}])";
}

QByteArray smallRatings()
{
    return "label_id,num_rated,num_true\n/m/09x0r,100,97\n/m/04rlf,10,5\n";
}

QByteArray smallStrong(int rows)
{
    QByteArray text = "segment_id\tstart_time_seconds\tend_time_seconds\tlabel\n";
    for (int row = 0; row < rows; ++row)
        text += idOf(row) + "_30000\t0.000\t1.627\t/m/09x0r\n";
    return text;
}

QByteArray smallStrongNames()
{
    return "/m/09x0r\tSpeech\n/m/04rlf\tMusic\n";
}

} // namespace earmark::test
