#include "dataset/ontology.h"

#include "dataset/builtinclasses.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

namespace {

/// True when a walk from `node` meets a node that is still being walked. `colour`: 0 new, 1 on the way, 2
/// done.
bool hasCircle(const std::vector<Ontology::Node> &nodes, std::size_t node, std::vector<char> &colour)
{
    if (colour[node] != 0)
        return colour[node] == 1;
    colour[node] = 1;
    for (const int child : nodes[node].children) {
        if (hasCircle(nodes, static_cast<std::size_t>(child), colour))
            return true;
    }
    colour[node] = 2;
    return false;
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
    return parse(file.readAll(), path);
}

Result<Ontology> Ontology::parse(const QByteArray &json, const QString &source)
{
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
                           u"%1: the class %2 is there twice."_s.arg(source, QString::fromUtf8(node.mid)));
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
                                                        source, node.name, childId.toString()));
            ontology.addChild(static_cast<int>(number), child);
        }
    }
    std::vector<char> colour(ontology.m_nodes.size());
    for (std::size_t node = 0; node < colour.size(); ++node) {
        if (hasCircle(ontology.m_nodes, node, colour))
            return failure(ErrorCode::BadInput,
                           u"%1: the class %2 is below itself."_s.arg(source, ontology.m_nodes[node].name));
    }
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

} // namespace earmark::dataset
