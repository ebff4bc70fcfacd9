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

/// Source: yt-dlp's utils/_jsruntime.py, extractor/youtube/jsc and --js-runtimes. The versions are those of
/// 2026.11.23; earlier ones of yt-dlp ask for less.
struct JsRuntimes::Kind
{
    QString name; ///< as yt-dlp calls it
    QString program;
    QString question; ///< the option that makes it say its version
    QString pattern;  ///< of the line that it says
    QString oldest;
    QString newest{};    ///< later ones are not supported; empty: all are
    QString quick{};     ///< earlier ones take minutes for each video
    QString quickNg{};   ///< the same for quickjs-ng, which counts from 0
    bool isLast = false; ///< yt-dlp is about to drop it
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
        {.name = u"quickjs"_s,
         .program = u"qjs"_s,
         .question = u"--help"_s,
         .pattern = u"^QuickJS(?:-ng)?\\s+version\\s+(\\d\\S*)"_s,
         .oldest = u"2023-12-9"_s,
         .quick = u"2025-4-26"_s,
         .quickNg = u"0.12.0"_s},
        {.name = u"bun"_s,
         .program = u"bun"_s,
         .question = u"--version"_s,
         .pattern = u"^(\\d\\S*)"_s,
         .oldest = u"1.2.11"_s,
         .newest = u"1.3.14"_s,
         .isLast = true},
    };
    return all;
}

JsRuntimes::JsRuntimes(const QString &given, const QString &fetchedDeno)
{
    const QString program = QFileInfo(given).fileName();
    const auto add = [this](const Kind &kind, const QString &path, Tool::Origin origin) {
        m_candidates.push_back({&kind, AskedTool(kind.name, path, {kind.question}), origin});
    };
    for (const Kind &kind : kinds()) {
        if (!given.isEmpty()) {
            if (program.startsWith(kind.program))
                add(kind, given, Tool::Origin::Chosen);
            continue;
        }
        if (kind.name == "deno"_L1 && !fetchedDeno.isEmpty())
            add(kind, fetchedDeno, Tool::Origin::Fetched);
        if (!QStandardPaths::findExecutable(kind.program).isEmpty())
            add(kind, kind.program, Tool::Origin::Path);
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
    const auto isSound = [](const Tool &tool) { return tool.isUsable() && tool.doubt.isEmpty(); };
    std::vector<Tool> heard;
    for (auto each = m_candidates.begin(); each != m_candidates.end(); ++each) {
        Tool tool = judged(*each);
        heard.push_back(tool);
        if (!isSound(tool))
            continue;
        // This computer's own may have overtaken the one that was fetched.
        const auto next = std::next(each);
        if (each->origin != Tool::Origin::Fetched || next == m_candidates.end() || next->kind != each->kind)
            return tool;
        Tool own = judged(*next);
        return isSound(own) && versionOf(own.version) > versionOf(tool.version) ? own : tool;
    }
    if (heard.empty())
        return m_none;
    const auto usable = std::ranges::find_if(heard, &Tool::isUsable);
    return usable == heard.end() ? heard.front() : *usable;
}

Tool JsRuntimes::judged(Candidate &candidate)
{
    const Kind &kind = *candidate.kind;
    Tool tool = candidate.asked.answer();
    tool.origin = candidate.origin;
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
    const QVersionNumber number = versionOf(tool.version);
    const bool isNg = said.contains("QuickJS-ng"_L1);
    const QString &quick = isNg ? kind.quickNg : kind.quick;
    if (!isNg && number < versionOf(kind.oldest))
        tool.problem = u"%1 %2 is too old for yt-dlp, which wants %3 or newer."_s.arg(kind.name, tool.version,
                                                                                      kind.oldest);
    else if (!kind.newest.isEmpty() && number > versionOf(kind.newest))
        tool.problem = u"%1 %2 is too new for yt-dlp, which supports %3 to %4 only."_s.arg(
            kind.name, tool.version, kind.oldest, kind.newest);
    else if (!quick.isEmpty() && number < versionOf(quick))
        tool.doubt =
            u"%1 %2 takes minutes for each video, and downloads time out. Let Earmark fetch deno, or "
            "install %1 %3 or newer."_s.arg(isNg ? u"QuickJS-ng"_s : u"QuickJS"_s, tool.version, quick);
    else if (kind.isLast)
        tool.doubt = u"yt-dlp is about to drop %1. Let Earmark fetch deno, or install it."_s.arg(kind.name);
    return tool;
}

} // namespace earmark::ytdlp
