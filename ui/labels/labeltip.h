#pragma once

#include "classes/ontology.h"

#include <QStringList>

#include <cstdint>
#include <optional>

namespace earmark::ui {

/// What is known of a class, for a tool tip. Counts that are not known yet are left out.
struct LabelTip
{
    QString mid;
    QString name;
    const classes::Ontology::Node *node = nullptr; ///< null for a class outside the ontology
    bool hasDescriptions = false;                  ///< the ontology at hand describes its classes
    std::optional<double> quality;                 ///< 0 to 1
    std::optional<std::uint32_t> split;            ///< with the classes below
    std::optional<std::uint32_t> exactly;          ///< without them
    std::optional<std::uint32_t> found;
    std::optional<std::uint32_t> ready;
    QStringList parents = {}; ///< names

    /// Paragraphs of lines that fit on a screen: tool tips do not wrap text.
    QString toText() const;
};

} // namespace earmark::ui
