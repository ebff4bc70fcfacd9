#pragma once

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "tools/toolreport.h"
#include "tools/toolstore.h"

#include <nlohmann/json.hpp>

#include <QEventLoop>

namespace earmark::cli {

/// Runs until `isDone` says so, asked whenever `sender` signals; false when the user has interrupted it.
template <class Sender, class Signal, class Done>
bool waitFor(Sender &sender, Signal signal, Done isDone)
{
    QEventLoop loop;
    Interrupt interrupt;
    bool isInterrupted = false;
    QObject::connect(&interrupt, &Interrupt::triggered, &loop, [&] {
        isInterrupted = true;
        loop.quit();
    });
    QObject::connect(&sender, signal, &loop, [&] {
        if (isDone())
            loop.quit();
    });
    if (!isDone())
        loop.exec();
    return !isInterrupted;
}

/// Until the store has read its record. Errors: Interrupted.
Exit settle(tools::ToolStore &store);
/// Fetches the newest release, with progress on standard error, and says there what came of it.
Exit fetchTool(tools::ToolStore &store, tools::Channel channel, bool allowOlder);
/// Uses the program before, and says so.
Exit goBack(tools::ToolStore &store);

/// Where releases are: at `releases` (for all programs; empty: the official places), signed by `key` (empty:
/// the official one). Errors: BadInput when it is no address to fetch from.
Result<tools::Addresses> releaseAddresses(const QString &releases, const QString &key);
/// One object of "tools" and "doctor".
nlohmann::ordered_json reportJson(const tools::ToolReport &report);

} // namespace earmark::cli
