#pragma once

#include "ytdlp/tools.h"

#include <QStringList>

#include <memory>

class QProcess;

namespace earmark::ytdlp {

/// A program that was asked for its version: all are asked before the first answer is waited for.
class AskedTool final
{
public:
    /// Looks for the program and starts it. `given`: where it is, or what to look for on PATH; empty: look
    /// for the name. `arguments` make it say its version.
    AskedTool(const QString &name, const QString &given, const QStringList &arguments);
    AskedTool(AskedTool &&) noexcept;
    ~AskedTool();

    /// Waits for up to thirty seconds, once. The version is all that the program has said; the problem
    /// does not say what to do.
    Tool answer();

private:
    QString trouble();

    Tool m_tool;
    std::unique_ptr<QProcess> m_process; ///< null: there is nothing to ask
};

} // namespace earmark::ytdlp
