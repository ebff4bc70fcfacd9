#include "readers/listreader.h"
#include "base/format.h"

#include "base/bytes.h"
#include "base/csvtext.h"
#include "base/linesource.h"
#include "classes/labellist.h"
#include "readers/clipline.h"
#include "readers/csvrecords.h"
#include "readers/segmentmerger.h"

#include <algorithm>

namespace earmark::readers {

using namespace Qt::StringLiterals;

namespace {

/// Reads rows: of each, its segment and labels, or what is wrong with it.
class RowParser final
{
public:
    explicit RowParser(const ListColumns &columns)
        : m_columns(columns)
    {
    }

    /// False when the row is none, and then problem() says why; empty: it says nothing of its segment, as a
    /// label that is not present.
    bool read(const CsvFields &fields)
    {
        m_problem.clear();
        m_labels.clear();
        const bool isRead = m_columns.segmentId >= 0 ? readClip(fields)
                            : m_columns.clip >= 0    ? readVggSound(fields)
                            : m_columns.file >= 0    ? readFile(fields)
                                                     : readSegment(fields);
        if (!isRead)
            return false;
        const std::string_view text = fields[m_columns.labels];
        if (m_columns.isExported)
            m_labels = exportedLabels(fields, m_columns.labels);
        else if (m_columns.severalLabels || classes::isMid(text.substr(0, text.find_first_of(",;"))))
            m_labels = classes::labelsFromText(text);
        else if (!text.empty())
            m_labels.push_back(classes::labelFromText(text));
        return true;
    }
    /// What the row that was read says that a listener said.
    Judgement judgement(const CsvFields &fields) const
    {
        const auto text = [&](int column) { return written(fields[column]); };
        QByteArrayList doubted;
        if (m_columns.doubted >= 0) {
            const auto labels = m_columns.isExported ? exportedLabels(fields, m_columns.doubted)
                                                     : classes::labelsFromText(fields[m_columns.doubted]);
            doubted = QByteArrayList(labels.begin(), labels.end());
        }
        return judgementFrom(QString::fromUtf8(text(m_columns.verdict)), text(m_columns.flagged) == "1",
                             std::move(doubted), QString::fromUtf8(text(m_columns.note)));
    }
    const SegmentKey &key() const { return m_key; }
    /// A row named its segment as VGGSound does, without an end.
    bool sawVggSound() const { return m_sawVggSound; }
    const std::vector<QByteArray> &labels() const { return m_labels; }
    const QString &problem() const { return m_problem; }

private:
    bool fail(const QString &problem)
    {
        m_problem = problem;
        return false;
    }

    /// A field without the apostrophe that keeps spreadsheets from computing it: "'-0RWZT-miFs". Where an
    /// export has one of its own before it, there are two.
    static QByteArray plain(std::string_view field)
    {
        if (field.starts_with('\'') &&
            isFormula(QByteArrayView(field.data(), static_cast<qsizetype>(field.size()))))
            field.remove_prefix(1);
        return bytesOf(field);
    }

    /// A field as it was before it was written. Of the exported tables, those for programs have no such
    /// apostrophes.
    QByteArray written(std::string_view field) const
    {
        return m_columns.isExported && !m_columns.escapesFormulas ? bytesOf(field) : plain(field);
    }

    /// The labels of an exported table's field, each just as it was written.
    std::vector<QByteArray> exportedLabels(const CsvFields &fields, int column) const
    {
        const QByteArray text = written(fields[column]);
        const std::string_view delimiter = fields[m_columns.delimiter];
        std::vector<QByteArray> labels;
        for (const QByteArray &label : text.split(delimiter.empty() ? ';' : delimiter.front())) {
            if (!label.isEmpty())
                labels.push_back(classes::labelFromText(viewOf(label)));
        }
        return labels;
    }

    /// False when the field is no clip as VGGSound names them.
    bool takeVggSound(std::string_view field)
    {
        const auto key = segmentOfVggSound(field);
        m_key = key.value_or(m_key);
        m_sawVggSound = m_sawVggSound || key;
        return key.has_value();
    }

    bool readVggSound(const CsvFields &fields)
    {
        return takeVggSound(fields[m_columns.clip]) ||
               fail(u"“%1” is not a video's id and a start in six digits, such as glLQrEijrKg_000300"_s.arg(
                   shown(fields[m_columns.clip])));
    }

    bool readFile(const CsvFields &fields)
    {
        const auto key = segmentOfFile(QString::fromUtf8(plain(fields[m_columns.file])));
        if (!key && takeVggSound(fields[m_columns.file]))
            return true;
        if (!key)
            return fail(u"“%1” is not a clip such as processed/Y--PJHxphWEs_30_40.wav"_s.arg(
                shown(fields[m_columns.file])));
        m_key = *key;
        return true;
    }

    /// A time in seconds, as milliseconds; nothing, and a problem, when it is none.
    std::optional<std::uint32_t> time(const CsvFields &fields, int column, const QString &what)
    {
        const auto milliseconds = parseSeconds(fields[column]);
        if (!milliseconds)
            fail(u"the %1 “%2” is not a time in seconds, such as 30.000"_s.arg(what, shown(fields[column])));
        return milliseconds;
    }

    /// A row of the strong labels: an event, whose times are within the clip.
    bool readClip(const CsvFields &fields)
    {
        const auto key = SegmentKey::fromSegmentId(fields[m_columns.segmentId]);
        if (!key)
            return fail(
                u"“%1” is not a video's id and a start in milliseconds, such as Agi5ySKb1tY_23700"_s.arg(
                    shown(fields[m_columns.segmentId])));
        if ((m_columns.start >= 0 && !time(fields, m_columns.start, u"start"_s)) ||
            (m_columns.end >= 0 && !time(fields, m_columns.end, u"end"_s)))
            return false;
        m_key = *key;
        if (m_columns.present < 0)
            return true;
        const std::string_view present = fields[m_columns.present];
        if (present != "PRESENT" && present != "NOT_PRESENT")
            return fail(u"“%1” is neither PRESENT nor NOT_PRESENT"_s.arg(shown(present)));
        return present == "PRESENT";
    }

    bool readSegment(const CsvFields &fields)
    {
        const QByteArray id = plain(fields[m_columns.id]);
        const auto ytid = YtId::parse(viewOf(id));
        if (!ytid)
            return fail(u"the id “%1” is not 11 characters of A-Z, a-z, 0-9, _ and -"_s.arg(
                shown(fields[m_columns.id])));
        const auto start = time(fields, m_columns.start, u"start"_s);
        if (!start)
            return false;
        std::uint64_t endMs = std::uint64_t{*start} + SegmentKey::UsualMs;
        if (m_columns.end >= 0) {
            const auto end = time(fields, m_columns.end, u"end"_s);
            if (!end)
                return false;
            if (*start >= *end)
                return fail(u"the end (%1 s) is not after the start (%2 s)"_s.arg(secondsText(*end),
                                                                                  secondsText(*start)));
            endMs = *end;
        } else if (m_columns.duration >= 0) {
            const auto duration = time(fields, m_columns.duration, u"duration"_s);
            if (!duration)
                return false;
            if (*duration == 0)
                return fail(u"the duration is 0"_s);
            endMs = std::uint64_t{*start} + *duration;
        }
        if (endMs > std::numeric_limits<std::uint32_t>::max())
            return fail(u"the segment ends after more than 49 days"_s);
        m_key = {*ytid, *start, static_cast<std::uint32_t>(endMs)};
        return true;
    }

    const ListColumns &m_columns;
    SegmentKey m_key;
    std::vector<QByteArray> m_labels;
    QString m_problem;
    bool m_sawVggSound = false;
};

/// What the header lacks and what to do; empty when it has all that is needed.
QString missing(const ListColumns &columns)
{
    if (columns.segmentId < 0 && columns.start < 0 && columns.file < 0 && columns.clip < 0)
        return u"but none is the start of the segments; call that column start_seconds"_s;
    if (columns.labels < 0)
        return u"but none holds labels; call that column labels, or caption"_s;
    return {};
}

} // namespace

Result<Split> readList(const QString &path, const FileFormat &form, std::stop_token stop,
                       const ReadProgress &progress)
{
    const ListColumns &columns = form.columns;
    if (const QString what = missing(columns); !what.isEmpty())
        return failure(ErrorCode::BadInput,
                       u"%1 names its columns “%2”, %3."_s.arg(path, shown(form.header, 200), what));
    LineSource source(path, stop, progress);
    CsvRecords records(source, columns.separator);
    SegmentMerger gatherer(path, form.kind,
                           form.kind == FileKind::List ? SegmentMerger::Repeats::AreProblems
                                                       : SegmentMerger::Repeats::AreNormal);
    RowParser rows(columns);
    const bool hasJudgements =
        columns.verdict >= 0 || columns.flagged >= 0 || columns.doubted >= 0 || columns.note >= 0;
    std::map<SegmentKey, Judgement> judgements;
    while (records.next()) {
        if (records.line() == columns.headerLine)
            continue;
        if (!records.problem().isEmpty())
            gatherer.problem(records.line(), records.problem());
        else if (rows.read(records.fields())) {
            gatherer.add(records.line(), rows.key(), rows.labels());
            const Judgement said = hasJudgements ? rows.judgement(records.fields()) : Judgement();
            if (said != Judgement()) // two million undecided clips need no memory
                judgements.try_emplace(rows.key(), said);
        } else if (!rows.problem().isEmpty())
            gatherer.problem(records.line(), rows.problem());
    }
    if (!source.outcome())
        return tl::unexpected(source.outcome().error());
    auto split = gatherer.finish(stop);
    if (!split)
        return split;
    const bool isUntimed = columns.file < 0 && columns.end < 0 && columns.duration < 0;
    split->isUsualLength = form.kind == FileKind::List && (isUntimed || rows.sawVggSound());
    takeJudgements(*split, std::move(judgements));
    return split;
}

} // namespace earmark::readers
