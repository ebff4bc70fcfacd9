#pragma once

#include "base/async.h"

#include <QObject>

#include <functional>

class QAction;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class BannerStack;

/// Holds the first download from YouTube back until tools::preflight() has answered, and says in a banner
/// what would make downloads fail. Asks again after new tools or settings.
class PreflightGate final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the gate. `tools` shows the page of them.
    PreflightGate(session::Session &session, BannerStack &banners, QAction &tools, QObject *parent = nullptr);

    /// True when downloads may begin now. Else `go` is called when they may: soon, or when the user wants to
    /// download anyway.
    bool isOpen(const std::function<void()> &go);
    bool isAsking() const { return m_asking.isRunning(); }

private:
    /// Of the tools, the source and the settings of now.
    QString key() const;
    void refuse(const QString &problem, const std::function<void()> &go);

    session::Session &m_session;
    BannerStack &m_banners;
    QAction &m_tools;
    QString m_passed; ///< key() of what may download
    LatestTask m_asking{this};
};

} // namespace earmark::ui
