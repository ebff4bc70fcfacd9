#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace earmark::classes {

/// A class as the program itself knows it. Source: AudioSet's class_labels_indices.csv and ontology.json
/// (ids, names, order, restrictions; not the descriptions).
struct BuiltInClass
{
    int index =
        -1; ///< in class_labels_indices.csv, 0 to 526; -1 for those of the ontology that are not in it
    QByteArray mid;
    QString name;
    bool abstract = false;
    bool blacklisted = false;
    std::vector<QByteArray> children; ///< mids
};

/// All 632 classes of the ontology, in its order.
const std::vector<BuiltInClass> &builtInClasses();

} // namespace earmark::classes
