#pragma once

#include "tools/doctor.h"

#include <stop_token>

namespace earmark::tools {

/// Before the first download from YouTube: what will make downloads fail, one sentence; empty: nothing that
/// is known. `examine` and `diagnose`, whose good outcome is remembered below the cache folder for some
/// hours: then it costs some milliseconds, else seconds. Blocks: call it off the window's thread.
QString preflight(const DoctorQuestion &question, const std::stop_token &stop = {});

} // namespace earmark::tools
