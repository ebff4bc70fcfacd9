#include "playback/serveroutputs.h"

#include <QElapsedTimer>
#include <QLibraryInfo>
#include <QVersionNumber>

#include <memory>

#include <pulse/pulseaudio.h>

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
    std::optional<QByteArrayList> outputs()
    {
        struct Answer
        {
            QByteArrayList names;
            bool isWhole = false;
        } answer;
        pa_operation *const asked = pa_context_get_sink_info_list(
            m_context.get(),
            [](pa_context *, const pa_sink_info *sink, int end, void *data) {
                auto &found = *static_cast<Answer *>(data);
                if (sink)
                    found.names.append(sink->name);
                found.isWhole = found.isWhole || end > 0;
            },
            &answer);
        if (!asked)
            return std::nullopt;
        const bool isAnswered = wait([&answer] { return answer.isWhole; });
        pa_operation_cancel(asked); // an answer that comes late finds nobody
        pa_operation_unref(asked);
        return isAnswered ? std::optional(answer.names) : std::nullopt;
    }

private:
    template <class Condition>
    bool wait(const Condition &isMet)
    {
        while (!isMet()) {
            if (m_timer.elapsed() > PatienceMs ||
                !PA_CONTEXT_IS_GOOD(pa_context_get_state(m_context.get())) ||
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

std::optional<QByteArrayList> serverOutputs()
{
    Server server;
    return server.connect() ? server.outputs() : std::nullopt;
}

bool qtOverlooksUnplugging()
{
    static const bool overlooks = QLibraryInfo::version() >= QVersionNumber(6, 5);
    return overlooks;
}

} // namespace earmark::playback
