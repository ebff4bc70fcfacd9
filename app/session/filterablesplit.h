#pragma once

#include "query/filter.h"
#include "readers/splitreader.h"

#include <QString>

#include <memory>
#include <vector>

namespace earmark::session {

/// A split with all that looking for its segments takes. Made on the thread that reads the split, so that the
/// window is handed something whole.
struct FilterableSplit
{
    FilterableSplit(std::shared_ptr<readers::Split> read, const classes::Classes &known)
        : split(std::move(read))
        , classes(known)
        , filter(split->table, classes)
    {
        names.reserve(split->table.labelCount());
        for (std::size_t label = 0; label < split->table.labelCount(); ++label)
            names.push_back(classes.displayName(split->table.mid(static_cast<segments::LabelNumber>(label))));
    }

    std::shared_ptr<readers::Split> split;
    classes::Classes classes;
    query::Filter filter;       ///< over the split's table
    std::vector<QString> names; ///< by label number, for people
};

} // namespace earmark::session
