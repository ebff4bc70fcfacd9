#include "classes/labelmap.h"

#include "base/csvfields.h"
#include "base/format.h"
#include "base/linesource.h"
#include "classes/builtinclasses.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <utility>

namespace earmark::classes {

using namespace Qt::StringLiterals;

namespace {

/// UTF-8 without control characters: what may stand in JSON, in tables, on a terminal.
bool isPlainText(std::string_view text)
{
    return QByteArrayView(text).isValidUtf8() && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

bool looksLikeMid(std::string_view text)
{
    return text.starts_with('/') && text.find('/', 1) != std::string_view::npos;
}

} // namespace

const LabelMap &LabelMap::builtIn()
{
    static const LabelMap map = [] {
        LabelMap result;
        for (const BuiltInClass &each : builtInClasses()) {
            if (each.index >= 0)
                result.m_labels.push_back({each.index, each.mid, each.name});
        }
        std::ranges::sort(result.m_labels, {}, &Label::index);
        for (const Label &label : result.m_labels)
            result.m_byMid.insert(label.mid, static_cast<int>(result.m_byMid.size()));
        return result;
    }();
    return map;
}

const LabelMap &LabelMap::yamNet()
{
    // Men's and women's speech and singing, Battle cry, Funny music.
    static constexpr std::array<std::string_view, 6> isWithout{"/m/05zppz",  "/m/02zsn",   "/m/04gy_2",
                                                               "/t/dd00003", "/t/dd00004", "/t/dd00032"};
    static const LabelMap map = [] {
        LabelMap result;
        for (const Label &label : builtIn().labels()) {
            if (std::ranges::find(isWithout, viewOf(label.mid)) == isWithout.end())
                result.add({static_cast<int>(result.m_labels.size()), label.mid, label.displayName});
        }
        return result;
    }();
    return map;
}

void LabelMap::add(Label label)
{
    m_byMid.insert(label.mid, static_cast<int>(m_labels.size()));
    m_labels.push_back(std::move(label));
}

Result<LabelMap> LabelMap::read(const QString &path, std::stop_token stop)
{
    if (QFileInfo(path).isDir())
        return failure(ErrorCode::Unreadable, u"%1 is a folder, not a label file."_s.arg(path));
    LineSource source(path, std::move(stop));
    LabelMap map;
    CsvFields fields;
    while (source.next()) {
        if (const QString problem = map.take(source, fields); !problem.isEmpty())
            return failure(ErrorCode::BadInput,
                           u"%1, line %2: %3"_s.arg(path, QString::number(source.number()), problem));
    }
    if (!source.outcome())
        return tl::unexpected(source.outcome().error());
    if (map.m_labels.empty())
        return failure(ErrorCode::BadInput,
                       u"%1 holds no class; expected lines like 0,/m/09x0r,\"Speech\"."_s.arg(path));
    return map;
}

/// Takes a line; a sentence when something is wrong with it.
QString LabelMap::take(const LineSource &source, CsvFields &fields)
{
    if (source.isTooLong())
        return u"the line is longer than %1 bytes."_s.arg(countText(LineSource::LongestLine));
    const std::string_view content = trimmed(source.line());
    if (content.empty() || content.starts_with('#'))
        return {};
    // The names of the strong labels have no numbers; their lines count.
    const bool isNumbered = content.find('\t') == std::string_view::npos;
    const int midField = isNumbered ? 1 : 0;
    const bool whole = fields.split(content, isNumbered ? ',' : '\t') == CsvFields::Outcome::Whole &&
                       std::cmp_equal(fields.size(), midField + 2);
    if (whole && m_labels.empty() && fields[midField] == "mid")
        return {}; // the header
    bool isNumber = !isNumbered;
    const int index = isNumbered ? bytesOf(fields[0]).toInt(&isNumber) : static_cast<int>(m_labels.size());
    if (!whole || !isNumber || index < 0 || !looksLikeMid(fields[midField]) || fields[midField + 1].empty())
        return u"expected a line like 0,/m/09x0r,\"Speech\", found: %1"_s.arg(shown(content));
    const QByteArray mid = bytesOf(fields[midField]);
    if (!isPlainText(fields[midField]) || !isPlainText(fields[midField + 1]))
        return u"the class %1 has an id or a name that is not UTF-8 or holds control characters."_s.arg(
            shown(fields[midField]));
    if (m_byMid.contains(mid))
        return u"the class %1 is named a second time."_s.arg(shown(fields[midField]));
    if (m_labels.size() == MostClasses)
        return u"more than %1 classes, which is the limit."_s.arg(countText(MostClasses));
    Label label{index, mid, QString::fromUtf8(bytesOf(fields[midField + 1]))};
    if (label.displayName.isEmpty()) // a byte-order mark alone
        return u"the class %1 has no name."_s.arg(shown(fields[midField]));
    add(std::move(label));
    return {};
}

const LabelMap::Label *LabelMap::find(QByteArrayView mid) const
{
    const auto found = m_byMid.constFind(mid.toByteArray());
    return found == m_byMid.cend() ? nullptr : &m_labels[static_cast<std::size_t>(*found)];
}

QString LabelMap::displayName(QByteArrayView mid) const
{
    if (const Label *label = find(mid))
        return label->displayName;
    if (const Label *label = builtIn().find(mid))
        return label->displayName;
    return QString::fromUtf8(mid);
}

} // namespace earmark::classes
