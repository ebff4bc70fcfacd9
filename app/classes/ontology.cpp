#include "classes/ontology.h"

#include "base/csvfields.h"
#include "base/format.h"
#include "classes/builtinclasses.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace earmark::classes {

using namespace Qt::StringLiterals;

namespace {

/// The real one has 340 kB and 632 classes in 6 levels, with 770 places in the tree.
constexpr qint64 MostBytes = 4'000'000;
constexpr std::size_t MostClasses = 10'000;
constexpr int MostLevels = 100;
constexpr qint64 MostPlaces = 100'000;

/// What is wrong with the tree, without the file's name; empty when nothing is. Visits each class once, after
/// all that are above it.
QString treeProblem(const std::vector<Ontology::Node> &nodes)
{
    struct Place
    {
        std::size_t above = 0; ///< parents that were not visited yet
        int level = 1;
        qint64 places = 0; ///< how often it stands in the tree; a class has a place below each parent's
    };
    std::vector<Place> found(nodes.size());
    std::vector<std::size_t> open;
    for (std::size_t node = 0; node < nodes.size(); ++node) {
        found[node].above = nodes[node].parents.size();
        if (found[node].above == 0) {
            found[node].places = 1;
            open.push_back(node);
        }
    }
    std::size_t visited = 0;
    qint64 places = 0;
    for (; !open.empty(); ++visited) {
        const std::size_t node = open.back();
        open.pop_back();
        const Place place = found[node];
        if (place.level > MostLevels)
            return u"the class %1 is below more than %2 others"_s.arg(shown(nodes[node].name.toStdString()),
                                                                      QString::number(MostLevels - 1));
        places += place.places;
        if (places > MostPlaces)
            return u"its tree has more than %1 places"_s.arg(countText(MostPlaces));
        for (const int number : nodes[node].children) {
            Place &child = found[static_cast<std::size_t>(number)];
            child.level = std::max(child.level, place.level + 1);
            child.places = std::min(child.places + place.places, MostPlaces + 1);
            if (--child.above == 0)
                open.push_back(static_cast<std::size_t>(number));
        }
    }
    if (visited == nodes.size())
        return {};
    // A class that was not visited is below such another: following them upwards ends in the circle.
    const auto isLeft = [&found](int node) { return found[static_cast<std::size_t>(node)].above > 0; };
    auto node = static_cast<std::size_t>(
        std::ranges::find_if(found, [](const Place &place) { return place.above > 0; }) - found.begin());
    for (std::size_t steps = 0; steps < nodes.size(); ++steps)
        node = static_cast<std::size_t>(*std::ranges::find_if(nodes[node].parents, isLeft));
    return u"the class %1 is below itself"_s.arg(shown(nodes[node].name.toStdString()));
}

} // namespace

const Ontology &Ontology::builtIn()
{
    static const Ontology ontology = [] {
        Ontology result;
        for (const BuiltInClass &each : builtInClasses()) {
            result.m_byMid.insert(each.mid, static_cast<int>(result.m_nodes.size()));
            result.m_nodes.push_back({each.mid, each.name, {}, {}, {}, each.abstract, each.blacklisted});
        }
        for (std::size_t number = 0; number < result.m_nodes.size(); ++number) {
            for (const QByteArray &mid : builtInClasses()[number].children)
                result.addChild(static_cast<int>(number), result.find(mid));
        }
        return result;
    }();
    return ontology;
}

void Ontology::addChild(int parent, int child)
{
    m_nodes[static_cast<std::size_t>(parent)].children.push_back(child);
    m_nodes[static_cast<std::size_t>(child)].parents.push_back(parent);
}

Result<Ontology> Ontology::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(file.exists() ? ErrorCode::Unreadable : ErrorCode::NotFound,
                       u"The ontology %1 cannot be read: %2."_s.arg(path, file.errorString()));
    return parse(file.read(MostBytes + 1), path);
}

Result<Ontology> Ontology::parse(const QByteArray &json, const QString &source)
{
    if (json.size() > MostBytes)
        return failure(ErrorCode::BadInput,
                       u"%1 is larger than %2, the limit for an ontology. AudioSet's has 340 kB."_s.arg(
                           source, bytesText(MostBytes)));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (document.isNull())
        return failure(
            ErrorCode::BadInput,
            u"%1 is not JSON: %2 at byte %3."_s.arg(source, error.errorString()).arg(error.offset));
    if (!document.isArray() || document.array().isEmpty())
        return failure(ErrorCode::BadInput,
                       u"%1 is not an ontology: expected a list of classes."_s.arg(source));

    Ontology ontology;
    const QJsonArray entries = document.array();
    if (std::cmp_greater(entries.size(), MostClasses))
        return failure(ErrorCode::BadInput, u"%1 has %2 classes; the limit is %3."_s.arg(
                                                source, countText(entries.size()), countText(MostClasses)));
    for (const QJsonValue &entry : entries) {
        Node node;
        node.mid = entry[u"id"_s].toString().toUtf8();
        node.name = entry[u"name"_s].toString();
        node.description = entry[u"description"_s].toString();
        const int number = static_cast<int>(ontology.m_nodes.size());
        if (node.mid.isEmpty() || node.name.isEmpty())
            return failure(ErrorCode::BadInput,
                           u"%1: class %2 has no id or no name."_s.arg(source).arg(number + 1));
        if (ontology.m_byMid.contains(node.mid))
            return failure(ErrorCode::BadInput,
                           u"%1: the class %2 is there twice."_s.arg(source, shown(node.mid.toStdString())));
        const QJsonArray restrictions = entry[u"restrictions"_s].toArray();
        node.abstract = restrictions.contains(u"abstract"_s);
        node.blacklisted = restrictions.contains(u"blacklist"_s);
        ontology.m_byMid.insert(node.mid, number);
        ontology.m_nodes.push_back(std::move(node));
    }
    for (qsizetype number = 0; number < entries.size(); ++number) {
        const Node &node = ontology.m_nodes[static_cast<std::size_t>(number)];
        const QJsonArray children = entries[number][u"child_ids"_s].toArray();
        for (const QJsonValue &childId : children) {
            const int child = ontology.find(childId.toString().toUtf8());
            if (child < 0)
                return failure(ErrorCode::BadInput, u"%1: %2 has a child %3 that is not in the file."_s.arg(
                                                        source, shown(node.name.toStdString()),
                                                        shown(childId.toString().toStdString())));
            ontology.addChild(static_cast<int>(number), child);
        }
    }
    if (const QString problem = treeProblem(ontology.m_nodes); !problem.isEmpty())
        return failure(ErrorCode::BadInput, u"%1: %2."_s.arg(source, problem));
    return ontology;
}

int Ontology::find(QByteArrayView mid) const
{
    return m_byMid.value(mid.toByteArray(), -1);
}

int Ontology::findName(QStringView name) const
{
    for (std::size_t node = 0; node < m_nodes.size(); ++node) {
        if (name.compare(m_nodes[node].name, Qt::CaseInsensitive) == 0)
            return static_cast<int>(node);
    }
    return -1;
}

std::vector<QByteArray> Ontology::under(int node) const
{
    std::vector<QByteArray> mids;
    std::vector<bool> seen(m_nodes.size());
    std::vector<int> open{node};
    while (!open.empty()) {
        const auto next = static_cast<std::size_t>(open.back());
        open.pop_back();
        if (seen[next])
            continue;
        seen[next] = true;
        mids.push_back(m_nodes[next].mid);
        open.insert(open.end(), m_nodes[next].children.begin(), m_nodes[next].children.end());
    }
    return mids;
}

} // namespace earmark::classes
