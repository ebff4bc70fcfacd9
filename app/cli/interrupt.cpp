#include "cli/interrupt.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <unistd.h>

namespace earmark::cli {

namespace {

constexpr std::array Signals{SIGINT, SIGTERM, SIGHUP};
// A signal handler can reach nothing but globals.
std::array<int, 2> pipeEnds{-1, -1};

extern "C" void onSignal(int)
{
    const char byte = 0;
    // Nothing can be done here when this fails.
    [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
}

} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    if (::pipe(pipeEnds.data()) != 0)
        return; // then signals keep their usual effect
    m_notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        Q_EMIT triggered();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    // One shot: the second signal does what it always did.
    action.sa_flags = SA_RESETHAND | SA_RESTART;
    for (const int number : Signals)
        ::sigaction(number, &action, nullptr);
}

Interrupt::~Interrupt()
{
    for (const int number : Signals)
        ::signal(number, SIG_DFL);
    delete m_notifier;
    for (int &end : pipeEnds) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

} // namespace earmark::cli
