#include "ytdlp/jsruntime.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QVersionNumber>

#include <algorithm>
#include <utility>

namespace earmark::ytdlp {

using namespace Qt::StringLiterals;

/// Source: yt-dlp's utils/_jsruntime.py and --js-runtimes. The oldest versions are those of 2026.08.19;
/// earlier ones of yt-dlp ask for less.
struct JsRuntimes::Kind
{
    QString name; ///< as yt-dlp calls it
    QString program;
    QString question; ///< the option that makes it say its version
    QString pattern;  ///< of the line that it says
    QString oldest;
};

namespace {

/// quickjs counts in dates: "2024-01-13".
QVersionNumber versionOf(const QString &text)
{
    static const QRegularExpression day(u"^\\d{4}-\\d+-\\d+"_s);
    return QVersionNumber::fromString(day.match(text).hasMatch() ? QString(text).replace(u'-', u'.') : text);
}

} // namespace

const std::vector<JsRuntimes::Kind> &JsRuntimes::kinds()
{
    // The better first, in yt-dlp's eyes.
    static const std::vector<Kind> all{
        {u"deno"_s, u"deno"_s, u"--version"_s, u"^deno (\\d\\S*)"_s, u"2.3.0"_s},
        {u"node"_s, u"node"_s, u"--version"_s, u"^v(\\d\\S*)"_s, u"22.0.0"_s},
        {u"quickjs"_s, u"qjs"_s, u"--help"_s, u"^QuickJS(?:-ng)?\\s+version\\s+(\\d\\S*)"_s, u"2023-12-9"_s},
        {u"bun"_s, u"bun"_s, u"--version"_s, u"^(\\d\\S*)"_s, u"1.2.11"_s},
    };
    return all;
}

JsRuntimes::JsRuntimes(const QString &given)
{
    const QString program = QFileInfo(given).fileName();
    for (const Kind &kind : kinds()) {
        if (given.isEmpty() ? !QStandardPaths::findExecutable(kind.program).isEmpty()
                            : program.startsWith(kind.program))
            m_candidates.push_back(
                {&kind, AskedTool(kind.name, given.isEmpty() ? kind.program : given, {kind.question})});
    }
    m_none = {u"JavaScript"_s, given, {}, u"No JavaScript runtime was found on this computer."_s};
    if (!given.isEmpty())
        m_none.problem =
            u"%1 is none of the JavaScript runtimes that yt-dlp knows: deno, node, qjs, bun."_s.arg(
                QDir::toNativeSeparators(given));
    m_none.origin = given.isEmpty() ? Tool::Origin::Path : Tool::Origin::Chosen;
}

Tool JsRuntimes::best()
{
    std::vector<Tool> heard;
    for (Candidate &candidate : m_candidates) {
        heard.push_back(judged(candidate));
        heard.back().origin = m_none.origin;
        if (heard.back().isUsable())
            return heard.back();
    }
    return heard.empty() ? m_none : heard.front();
}

Tool JsRuntimes::judged(Candidate &candidate)
{
    const Kind &kind = *candidate.kind;
    Tool tool = candidate.asked.answer();
    if (!tool.isUsable())
        return tool;
    const QString said = std::exchange(tool.version, {});
    const auto version = QRegularExpression(kind.pattern, QRegularExpression::MultilineOption).match(said);
    if (!version.hasMatch()) {
        tool.problem = u"%1 says “%2” when asked for its version: it is not %3."_s.arg(
            QDir::toNativeSeparators(tool.path), said.section(u'\n', 0, 0).left(100), kind.name);
        return tool;
    }
    tool.version = version.captured(1);
    const bool countsAnew = said.contains("QuickJS-ng"_L1); // from 0; any of it will do
    if (!countsAnew && versionOf(tool.version) < versionOf(kind.oldest))
        tool.problem = u"%1 %2 is too old for yt-dlp, which wants %3 or newer."_s.arg(kind.name, tool.version,
                                                                                      kind.oldest);
    return tool;
}

} // namespace earmark::ytdlp
