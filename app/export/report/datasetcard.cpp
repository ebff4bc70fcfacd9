#include "export/report/datasetcard.h"

#include "base/format.h"
#include "export/jsontext.h"
#include "export/share.h"

#include <QDateTime>
#include <QTimeZone>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

/// A line without characters that nobody sees: controls, and what turns the direction of writing.
QString oneLine(const QString &text)
{
    QString line = text.simplified();
    const auto isHidden = [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
               c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
    };
    std::ranges::replace_if(line, isHidden, QChar(QChar::ReplacementCharacter));
    return line;
}

/// In a table's cell or a line, where it is to be read as it is.
QString plain(const QString &text)
{
    static const QString special = u"\\`*_[]<>|#&~$"_s;
    QString result;
    for (const QChar c : oneLine(text)) {
        if (special.contains(c))
            result += u'\\';
        result += c;
    }
    return result;
}

/// As a program's text, in a code span: between more backticks than it has in a row.
QString code(const QString &text)
{
    const QString line = oneLine(text);
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : line) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    // A blank on either side is no part of the text, and keeps its own backticks from the fence.
    return longest > 0 || line.isEmpty() ? fence + u' ' + line + u' ' + fence : fence + line + fence;
}

/// The same in a table, where a bar ends a cell even in code.
QString cellCode(const QString &text)
{
    return code(text).replace(u'|', u"\\|"_s);
}

QString dayText(qint64 moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment, QTimeZone::utc()).toString(u"yyyy-MM-dd"_s);
}

/// The words of Hugging Face's hub.
QLatin1StringView sizeCategory(qint64 clips)
{
    return clips < 1'000       ? "n<1K"_L1
           : clips < 10'000    ? "1K<n<10K"_L1
           : clips < 100'000   ? "10K<n<100K"_L1
           : clips < 1'000'000 ? "100K<n<1M"_L1
                               : "1M<n<10M"_L1;
}

QString rowOf(const QStringList &cells)
{
    return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
}

/// The first column holds texts, the others numbers.
QString tableHead(const QStringList &cells)
{
    return rowOf(cells) + u"|---|"_s + u"---:|"_s.repeated(cells.size() - 1) + u'\n';
}

QString head(const Card &card)
{
    // A JSON text is one of YAML.
    const QByteArray title = jsonText(oneLine(card.title).toStdString());
    return u"---\n"
           "pretty_name: %1\n"
           "license: other\n"
           "license_name: labels-cc-by-4.0\n"
           "license_link: https://research.google.com/audioset/download.html\n"
           "task_categories:\n- audio-classification\n"
           "tags:\n- audio\n- audioset\n"
           "size_categories:\n- %2\n"
           "---\n\n"_s.arg(QString::fromLatin1(title), sizeCategory(card.sums.clips()));
}

QString aboutText(const Card &card, const Coverage &coverage)
{
    const ClipStatistics &sums = card.sums;
    QString text = u"# %1\n\n"_s.arg(plain(card.title));
    text += u"%1 clips of AudioSet, %2 in all: WAV, 16 bit, %3 Hz, %4. The list of them is %5%6.\n\n"_s.arg(
        countText(sums.clips()), spanText(sums.milliseconds()), countText(coverage.format.sampleRate),
        coverage.format.channels == 1 ? u"mono"_s : u"stereo"_s, code(card.manifest),
        card.format.isEmpty() ? QString() : u" (%1)"_s.arg(plain(card.format)));
    text += u"## How it was made\n\n"_s;
    for (const CardSource &source : card.sources) {
        text += u"- Segments from %1"_s.arg(code(source.name));
        if (source.rows > 0)
            text += u", %1 of them"_s.arg(countText(source.rows));
        if (!source.sha256.isEmpty())
            text += u", SHA-256 `%1`"_s.arg(QString::fromLatin1(source.sha256.toHex()));
        text += u'\n';
    }
    for (const QString &choice : coverage.choices)
        text += u"- Chosen to be downloaded: %1\n"_s.arg(code(choice));
    const auto item = [&text](const QString &what, const QString &value) {
        if (!value.isEmpty())
            text += u"- %1: %2\n"_s.arg(what, value);
    };
    item(u"Query"_s, card.query.isEmpty() ? QString() : code(card.query));
    item(u"Clips"_s, plain(card.selection));
    item(u"Pace"_s,
         coverage.perHour > 0 ? u"%1 downloads an hour"_s.arg(countText(coverage.perHour)) : QString());
    CoveragePart got;
    for (const auto &[state, part] : coverage.states) {
        if (!isPlayable(state))
            continue;
        got.first = got.clips == 0 ? part.first : std::min(got.first, part.first);
        got.last = std::max(got.last, part.last);
        got.clips += part.clips;
    }
    item(u"Fetched"_s, got.clips > 0 ? u"%1 to %2"_s.arg(dayText(got.first), dayText(got.last)) : QString());
    item(u"Exported"_s, plain(card.madeAt));
    QStringList tools{u"Earmark "_s + QLatin1StringView(EARMARK_VERSION)};
    for (const auto &[version, part] : coverage.ytdlp) {
        if (!version.isEmpty())
            tools << u"yt-dlp %1 (%2)"_s.arg(plain(version), countText(part.clips));
    }
    item(u"Tools"_s, tools.join(u", "_s));
    return text + u'\n';
}

QString missingText(const Card &card, const Coverage &coverage)
{
    QString text =
        u"## What is missing\n\n%1 segments were asked for.\n\n"_s.arg(countText(coverage.asked.clips));
    text += tableHead({u"What became of them"_s, u"Segments"_s});
    for (const auto &[state, part] : coverage.states) {
        if (state != ClipState::Failed)
            text += rowOf({keyword(state), countText(part.clips)});
    }
    for (const auto &[why, part] : coverage.missing)
        text += rowOf({keyword(why.first) + u": "_s + plain(why.second), countText(part.clips)});
    for (const auto &[why, count] : card.leftOut)
        text += rowOf({u"not exported: "_s + plain(why), countText(count)});
    return text + u"\n%1 names each of the missing, with the reason.\n\n"_s.arg(code(CoverageName));
}

/// Two columns: what, and how many clips.
QString countsTable(const QString &head, std::initializer_list<std::pair<QString, qint64>> counts)
{
    QString text = tableHead({head, u"Clips"_s});
    for (const auto &[what, count] : counts)
        text += rowOf({what, countText(count)});
    return text + u'\n';
}

QString soundText(const ClipStatistics &sums)
{
    if (sums.peak().count() == 0)
        return {};
    QString text =
        u"## Sound\n\n"_s +
        countsTable(u"What was found"_s,
                    {{u"measured"_s, sums.peak().count()},
                     {u"with samples in runs at full scale"_s, sums.clipped()},
                     {u"sound as another that is counted does"_s, sums.withMark(ClipMark::Duplicate)},
                     {u"end early, as the video does"_s, sums.shorter()}});
    text += tableHead({u"Measure"_s, u"Least"_s, u"5 %"_s, u"Median"_s, u"95 %"_s, u"Most"_s});
    const auto add = [&text](const QString &what, const Spread &spread, double unit, int decimals) {
        if (spread.count() == 0)
            return;
        QStringList cells{what};
        for (const int percent : {0, 5, 50, 95, 100})
            cells << QString::number(spread.percentile(percent) / unit, 'f', decimals);
        text += rowOf(cells);
    };
    add(u"Loudness (LUFS)"_s, sums.loudness(), Measures::Hundredths, 1);
    add(u"Peak (dBFS)"_s, sums.peak(), Measures::Hundredths, 1);
    add(u"True peak (dBTP)"_s, sums.truePeak(), Measures::Hundredths, 1);
    add(u"Silent share (%)"_s, sums.silence(), Measures::FullShare / 100, 1);
    add(u"Bandwidth (Hz)"_s, sums.bandwidth(), 1 / Measures::BandwidthStep, 0);
    return text + u'\n';
}

QString verdictText(const ClipStatistics &sums)
{
    return u"## Listening\n\n"_s +
           countsTable(u"What listeners said"_s,
                       {{u"keep"_s, sums.withVerdict(Verdict::Keep)},
                        {u"reject"_s, sums.withVerdict(Verdict::Reject)},
                        {u"not decided"_s, sums.withVerdict(Verdict::Undecided)},
                        {u"to be looked at again"_s, sums.withMark(ClipMark::Flagged)},
                        {u"a label is not heard"_s, sums.withMark(ClipMark::Doubted)}});
}

QString partsText(const Card &card)
{
    if (card.parts.empty())
        return {};
    QString text =
        u"## Split\n\nIterative stratification by class (Sechidis et al., 2011) over groups of clips%1; "
        u"groups "
        "were then moved between parts where this brought sizes and classes nearer to the shares asked for, "
        "and at most one in twenty so that a class is in every part. All clips of a video, and all clips "
        "with "
        "identical samples other than silence, are in one part.\n\n"_s.arg(
            card.splitSeed ? u", seed %1"_s.arg(*card.splitSeed) : QString());
    text += tableHead({u"Part"_s, u"Asked (%)"_s, u"Got (%)"_s, u"Clips"_s});
    qint64 all = 0;
    for (const CardPart &part : card.parts)
        all += part.clips;
    for (const CardPart &part : card.parts)
        text += rowOf({plain(part.name), Share::text(part.hundredths),
                       Share::text(static_cast<std::uint64_t>(part.clips) * Share::Whole /
                                   static_cast<std::uint64_t>(std::max<qint64>(all, 1))),
                       countText(part.clips)});
    text += u'\n';
    for (const QString &note : card.partNotes)
        text += plain(note) + u"\n\n"_s;
    return text;
}

QString classesText(const Card &card)
{
    if (card.classes.empty())
        return {};
    QStringList cells{u"Class"_s};
    for (const CardPart &part : card.parts)
        cells << plain(part.name);
    if (card.parts.empty())
        cells << u"Clips"_s;
    QString text = u"## Classes\n\nA clip counts for each of its classes.\n\n"_s + tableHead(cells);
    for (const CardClass &each : card.classes) {
        cells = {each.name.isEmpty() ? cellCode(each.mid)
                                     : u"%1 (%2)"_s.arg(plain(each.name), cellCode(each.mid))};
        for (const qint64 clips : each.clips)
            cells << countText(clips);
        text += rowOf(cells);
    }
    return text + u'\n';
}

/// https://research.google.com/audioset/download.html; the paper as the IEEE has it.
constexpr QStringView Licence = uR"(## Licence and citation

AudioSet's labels and segments are made available by Google Inc. under the Creative Commons Attribution 4.0
International licence (CC BY 4.0), its ontology under the Creative Commons Attribution-ShareAlike 4.0 International
licence (CC BY-SA 4.0). Neither covers the sound: it belongs to those who made the videos.

```bibtex
@inproceedings{gemmeke2017audioset,
  author    = {Jort F. Gemmeke and Daniel P. W. Ellis and Dylan Freedman and Aren Jansen and Wade Lawrence and
               R. Channing Moore and Manoj Plakal and Marvin Ritter},
  title     = {Audio Set: An ontology and human-labeled dataset for audio events},
  booktitle = {Proc. IEEE International Conference on Acoustics, Speech and Signal Processing (ICASSP)},
  address   = {New Orleans, LA},
  pages     = {776--780},
  year      = {2017},
  doi       = {10.1109/ICASSP.2017.7952261}
}
```
)";

} // namespace

QByteArray datasetCard(const Card &card, const Coverage &coverage)
{
    const QString text = head(card) + aboutText(card, coverage) + partsText(card) +
                         missingText(card, coverage) + verdictText(card.sums) + soundText(card.sums) +
                         classesText(card) + Licence.toString();
    return text.toUtf8();
}

} // namespace earmark::exports
