#include "playback/serveroutputs.h"

#include <QElapsedTimer>
#include <QLibraryInfo>
#include <QVersionNumber>

#include <memory>

#include <pulse/pulseaudio.h>
#include <unistd.h>

namespace earmark::playback {

namespace {

constexpr qint64 PatienceMs = 500;
constexpr int TurnMs = 50;

/// A connection to the server, for one question.
class Server final
{
public:
    Server()
        : m_loop(pa_mainloop_new(), pa_mainloop_free)
        , m_context(pa_context_new(pa_mainloop_get_api(m_loop.get()), "Earmark"), [](pa_context *context) {
            pa_context_disconnect(context);
            pa_context_unref(context);
        })
    {
        m_timer.start();
    }
    bool connect()
    {
        if (pa_context_connect(m_context.get(), nullptr, PA_CONTEXT_NOAUTOSPAWN, nullptr) < 0)
            return false;
        return wait([this] { return pa_context_get_state(m_context.get()) == PA_CONTEXT_READY; });
    }
    bool isGone() const { return !PA_CONTEXT_IS_GOOD(pa_context_get_state(m_context.get())); }
    std::optional<SoundServer> ask()
    {
        SoundServer said;
        int connections = 0;
        const bool isAnswered =
            list<pa_sink_info>(pa_context_get_sink_info_list,
                               [&](const pa_sink_info &sink) { said.outputs.append(sink.name); }) &&
            list<pa_client_info>(pa_context_get_client_info_list, [&](const pa_client_info &client) {
                const char *process = pa_proplist_gets(client.proplist, PA_PROP_APPLICATION_PROCESS_ID);
                connections += process && QByteArrayView(process).toLongLong() == ::getpid();
            });
        said.knowsQt = connections > 1; // one is this
        return isAnswered ? std::optional(said) : std::nullopt;
    }

private:
    /// Hands over the entries of a list one by one; false when it did not come whole.
    template <class Entry, class Take>
    bool list(pa_operation *(*get)(pa_context *, void (*)(pa_context *, const Entry *, int, void *), void *),
              Take take)
    {
        struct Answer
        {
            Take &take;
            bool isWhole = false;
        } answer{take};
        pa_operation *const asked = get(
            m_context.get(),
            [](pa_context *, const Entry *entry, int end, void *data) {
                auto &found = *static_cast<Answer *>(data);
                if (entry)
                    found.take(*entry);
                found.isWhole = found.isWhole || end > 0;
            },
            &answer);
        if (!asked)
            return false;
        const bool isAnswered = wait([&answer] { return answer.isWhole; });
        pa_operation_cancel(asked); // an answer that comes late finds nobody
        pa_operation_unref(asked);
        return isAnswered;
    }
    template <class Condition>
    bool wait(const Condition &isMet)
    {
        while (!isMet()) {
            if (m_timer.elapsed() > PatienceMs || isGone() ||
                pa_mainloop_prepare(m_loop.get(), TurnMs * 1000) < 0 || pa_mainloop_poll(m_loop.get()) < 0 ||
                pa_mainloop_dispatch(m_loop.get()) < 0)
                return false;
        }
        return true;
    }

    QElapsedTimer m_timer;
    std::unique_ptr<pa_mainloop, void (*)(pa_mainloop *)> m_loop;
    std::unique_ptr<pa_context, void (*)(pa_context *)> m_context; ///< goes before its loop
};

} // namespace

std::optional<SoundServer> askSoundServer()
{
    Server server;
    if (server.connect())
        return server.ask();
    return server.isGone() ? std::optional(SoundServer()) : std::nullopt;
}

bool qtOverlooksUnplugging()
{
    static const bool overlooks = QLibraryInfo::version() >= QVersionNumber(6, 5);
    return overlooks;
}

} // namespace earmark::playback
