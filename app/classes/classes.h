#pragma once

#include "classes/labelmap.h"
#include "classes/ontology.h"
#include "classes/qualityratings.h"

#include <memory>

namespace earmark::classes {

/// All that is known of the classes: their names, what stands above and below what, how far each can be
/// trusted. A value; its parts are never null and never change, so that it may be handed to other threads.
/// At first it is what the program itself knows: 527 names, the ontology without descriptions, no ratings.
struct Classes
{
    std::shared_ptr<const LabelMap> labels{std::shared_ptr<const LabelMap>(), &LabelMap::builtIn()};
    std::shared_ptr<const Ontology> ontology{std::shared_ptr<const Ontology>(), &Ontology::builtIn()};
    std::shared_ptr<const QualityRatings> ratings = std::make_shared<const QualityRatings>(); ///< empty: none

    /// Name for people: from the label file, else from the ontology, else from the built-in table, else the
    /// mid itself.
    QString displayName(QByteArrayView mid) const
    {
        const int node = labels->find(mid) ? -1 : ontology->find(mid);
        return node < 0 ? labels->displayName(mid) : ontology->nodes()[static_cast<std::size_t>(node)].name;
    }
};

/// Reads one part of Classes from a file; an empty path leaves the part as it is. Errors name file and line.
template <class Part>
Result<void> readPart(const QString &path, std::shared_ptr<const Part> &part)
{
    if (path.isEmpty())
        return {};
    return Part::read(path).map([&part](Part read) { part = std::make_shared<const Part>(std::move(read)); });
}

} // namespace earmark::classes
