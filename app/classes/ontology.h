#pragma once

#include "base/result.h"

#include <QHash>
#include <QString>

#include <vector>

namespace earmark::classes {

/// AudioSet's ontology: a directed acyclic graph of 632 classes, 7 of them roots; a class may have several
/// parents. Source: github.com/audioset/ontology, ontology.json.
class Ontology final
{
public:
    struct Node
    {
        QByteArray mid;
        QString name;
        QString description;
        std::vector<int> children; ///< numbers into nodes()
        std::vector<int> parents;  ///< numbers into nodes()
        bool abstract = false;     ///< a container without examples of its own
        bool blacklisted = false;  ///< excluded from rating
    };

    /// The whole ontology from the program itself; without the descriptions.
    static const Ontology &builtIn();
    /// Reads ontology.json. A child that is not in the file, a repeated id or a circle is an error that names
    /// it; so is what goes beyond the limits: 4 MB, 10,000 classes, 100 levels, 100,000 places in the tree.
    static Result<Ontology> read(const QString &path);
    static Result<Ontology> parse(const QByteArray &json, const QString &source);

    const std::vector<Node> &nodes() const { return m_nodes; }
    /// Number of the class with this mid; -1 when there is none.
    int find(QByteArrayView mid) const;
    /// Number of the class with this name, upper and lower case alike; -1 when there is none.
    int findName(QStringView name) const;
    /// The mids of a class and of all below it, each once.
    std::vector<QByteArray> under(int node) const;

private:
    void addChild(int parent, int child);

    std::vector<Node> m_nodes;
    QHash<QByteArray, int> m_byMid;
};

} // namespace earmark::classes
