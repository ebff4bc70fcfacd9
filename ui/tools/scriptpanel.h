#pragma once

#include "tools/toolstore.h"

#include <QGroupBox>

class QCheckBox;

namespace earmark::ui {

class StoreRow;

/// What runs YouTube's JavaScript: fetches deno, and lets yt-dlp download its solver script.
class ScriptPanel final : public QGroupBox
{
    Q_OBJECT

public:
    /// `denos` must outlive the panel.
    explicit ScriptPanel(tools::ToolStore &denos, QWidget *parent = nullptr);

    /// The version of a runtime on PATH that can be gone back to; empty: there is none.
    void setOwnVersion(const QString &version);
    void setAllowed(bool isAllowed);
    /// Fetches the newest deno, as by the button.
    void start();

Q_SIGNALS:
    /// The user lets yt-dlp download its solver script, or no longer.
    void allowed(bool isAllowed);

private:
    StoreRow *m_row;
    QCheckBox *m_allow;
};

} // namespace earmark::ui
