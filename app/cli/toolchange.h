#pragma once

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "tools/toolreport.h"
#include "tools/toolstore.h"

#include <nlohmann/json.hpp>

#include <QEventLoop>

namespace earmark::cli {

/// Runs the event loop until `isDone()`, tested at each `signal` of `sender`. Returns false when interrupted.
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

/// Waits until the store has read its record. Errors: Interrupted.
Exit settle(tools::ToolStore &store);
/// Downloads the newest release; prints progress and result to standard error.
Exit fetchTool(tools::ToolStore &store, tools::Channel channel, bool allowOlder);
/// Goes back to the previous version, and prints the result.
Exit goBack(tools::ToolStore &store);

/// Returns the addresses of releases: `releases` for all programs (empty: official), signed by `key` (empty:
/// the official one). Errors: BadInput for an invalid address.
Result<tools::Addresses> releaseAddresses(const QString &releases, const QString &key);
/// Returns an object of "tools" and "doctor".
nlohmann::ordered_json reportJson(const tools::ToolReport &report);

} // namespace earmark::cli
