#pragma once

#include <cstdio>
#include <cstdlib>

namespace earmark::fuzz {

/// Ends the program when what must hold does not: a fuzzer takes that for a find.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

} // namespace earmark::fuzz
