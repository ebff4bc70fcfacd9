#include "ui/widgets/progressbox.h"

#include <QProgressDialog>

namespace earmark::ui {

using namespace std::chrono_literals;

ProgressBox::ProgressBox(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    m_poll.callOnTimeout(this, [this] {
        const auto [done, total] = m_read();
        m_dialog->setMaximum(static_cast<int>(total));
        m_dialog->setValue(static_cast<int>(done));
    });
}

ProgressBox::~ProgressBox() = default;

void ProgressBox::show(const QString &what, Read read)
{
    m_read = std::move(read);
    m_dialog =
        std::make_unique<QProgressDialog>(what, tr("Cancel"), 0, static_cast<int>(m_read().second), m_window);
    m_dialog->setMinimumDuration(400);
    m_dialog->setAutoReset(false);
    connect(m_dialog.get(), &QProgressDialog::canceled, this, [this] {
        hide();
        Q_EMIT cancelled();
    });
    m_poll.start(50ms);
}

void ProgressBox::hide()
{
    m_poll.stop();
    if (m_dialog)
        m_dialog.release()->deleteLater(); // it may be the one who asks for it
}

} // namespace earmark::ui
