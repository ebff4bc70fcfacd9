#pragma once

#include "ui/widgets/debounce.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace earmark::ui {

/// Shows that a split is being read, and lets the user stop it. Quick loads never show it.
class LoadBar final : public QWidget
{
    Q_OBJECT

public:
    explicit LoadBar(QWidget *parent = nullptr);

    void begin(const QString &name);
    /// Bytes.
    void setProgress(qint64 done, qint64 total);
    void end();

Q_SIGNALS:
    void cancelled();

private:
    QLabel *m_text;
    QProgressBar *m_bar;
    Debounce m_delay;
};

} // namespace earmark::ui
