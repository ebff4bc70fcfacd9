#include "dataset/labelmap.h"

#include "dataset/builtinclasses.h"
#include "dataset/csvfields.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <utility>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

namespace {

std::string_view viewOf(QByteArrayView bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
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

Result<LabelMap> LabelMap::read(const QString &path)
{
    QFile file(path);
    if (QFileInfo(path).isDir())
        return failure(ErrorCode::Unreadable, u"%1 is a folder, not a label file."_s.arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return failure(file.exists() ? ErrorCode::Unreadable : ErrorCode::NotFound,
                       u"The label file %1 cannot be read: %2."_s.arg(path, file.errorString()));
    // The real ones have 15 kB; what is a hundred times as long is something else.
    constexpr qint64 most = 4'000'000;
    if (file.size() > most)
        return failure(
            ErrorCode::BadInput,
            u"%1 is too large for a label file; expected lines like 0,/m/09x0r,\"Speech\"."_s.arg(path));
    return parse(file.readAll(), path);
}

Result<LabelMap> LabelMap::parse(const QByteArray &text, const QString &source)
{
    LabelMap map;
    CsvFields fields;
    std::string_view rest = withoutByteOrderMark(viewOf(text));
    for (int line = 1; !rest.empty(); ++line) {
        const auto end = rest.find('\n');
        const std::string_view content = trimmed(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (content.empty() || content.starts_with('#'))
            continue;
        // The names of the strong labels have no numbers; their lines count.
        const bool isNumbered = content.find('\t') == std::string_view::npos;
        const int midField = isNumbered ? 1 : 0;
        const bool whole = fields.split(content, isNumbered ? ',' : '\t') == CsvFields::Outcome::Whole &&
                           std::cmp_equal(fields.size(), midField + 2);
        if (whole && map.m_labels.empty() && fields[midField] == "mid")
            continue; // the header
        bool isNumber = !isNumbered;
        const int index =
            isNumbered ? bytesOf(fields[0]).toInt(&isNumber) : static_cast<int>(map.m_labels.size());
        if (!whole || !isNumber || index < 0 || !looksLikeMid(fields[midField]) ||
            fields[midField + 1].empty())
            return failure(ErrorCode::BadInput,
                           u"%1, line %2: expected a line like 0,/m/09x0r,\"Speech\", found: %3"_s.arg(source)
                               .arg(line)
                               .arg(QString::fromUtf8(
                                   content.substr(0, 80).data(),
                                   static_cast<qsizetype>(std::min<std::size_t>(content.size(), 80)))));
        const QByteArray mid = bytesOf(fields[midField]);
        if (map.m_byMid.contains(mid))
            return failure(ErrorCode::BadInput,
                           u"%1, line %2: the class %3 is named a second time."_s.arg(source).arg(line).arg(
                               QString::fromLatin1(mid)));
        map.m_byMid.insert(mid, static_cast<int>(map.m_labels.size()));
        map.m_labels.push_back({index, mid, QString::fromUtf8(bytesOf(fields[midField + 1]))});
    }
    if (map.m_labels.empty())
        return failure(ErrorCode::BadInput,
                       u"%1 holds no class; expected lines like 0,/m/09x0r,\"Speech\"."_s.arg(source));
    return map;
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

} // namespace earmark::dataset
