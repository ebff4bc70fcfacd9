#pragma once

#include "ui/theme/theme.h"

#include <optional>

namespace earmark::ui {

/// What was asked for on the command line.
struct StartOptions
{
    QString split;     ///< absolute; empty: none
    QString labels;    ///< absolute; empty: as remembered
    QString workspace; ///< absolute; empty: as remembered for the split
    QString source;    ///< address template; empty: YouTube
    bool demo = false;

    std::optional<Scheme> scheme; ///< instead of what is remembered
    QString screenshot;           ///< where to put a picture of the window, and then quit
    qint64 screenshotAfter = -1;  ///< take it when so many clips are ready; -1: when nothing is left to do
};

/// Reads the arguments. On --help, --version or bad usage it prints and ends the program (bad usage: exit
/// status 2).
StartOptions readStartOptions(const QStringList &arguments);

} // namespace earmark::ui
