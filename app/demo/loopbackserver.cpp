#include "demo/loopbackserver.h"

#include <QDir>

#include <httplib.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace earmark::demo {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Each client that keeps its connection holds a thread: enough for 16 workers.
constexpr std::size_t Threads = 32;

/// httplib 0.11 takes a range as it stands: it claims to send what lies beyond the end, and makes a 416 of a
/// Range whose answer is an error without a body.
void correctRanges(httplib::Ranges &ranges, httplib::Response &response)
{
    if (response.status >= 400) {
        ranges.clear();
        return;
    }
    const auto size =
        static_cast<ssize_t>(response.content_provider_ ? response.content_length_ : response.body.size());
    for (auto &[first, last] : ranges) {
        if (first >= size || (last != -1 && first > last)) {
            ranges.clear();
            response = httplib::Response();
            response.status = 416;
            response.set_header("Content-Range", "bytes */" + std::to_string(size));
            return;
        }
        // The last `last` bytes, when there is no first.
        last = first == -1 ? std::min(last, size) : std::min(last, size - 1);
    }
}

} // namespace

Result<std::unique_ptr<LoopbackServer>> LoopbackServer::start(Handler handler)
{
    // httplib reports trouble by value, but threads and allocations inside it may throw.
    try {
        auto server = std::make_unique<httplib::Server>();
        server->new_task_queue = [] { return new httplib::ThreadPool(Threads); };
        server->set_tcp_nodelay(true);
        server->set_keep_alive_timeout(1);
        server->set_write_timeout(60); // a client that writes to a busy disk is slow, not gone
        server->Get(".*", [handler = std::move(handler)](const httplib::Request &request,
                                                         httplib::Response &response) {
            handler(request, response);
            correctRanges(const_cast<httplib::Request &>(request).ranges,
                          response); // httplib's own, and not const
        });
        const int port = server->bind_to_any_port("127.0.0.1");
        if (port <= 0)
            return failure(
                ErrorCode::Internal,
                u"No server could be started on this computer's loopback address 127.0.0.1. Check that "
                "its loopback interface is up."_s);
        std::unique_ptr<LoopbackServer> result(new LoopbackServer(std::move(server), port));
        // stop() is ignored until the server listens.
        while (!result->m_server->is_running()) {
            if (result->m_listening.wait_for(1ms) == std::future_status::ready)
                return failure(ErrorCode::Internal,
                               u"The loopback server ended as soon as it was started. Try again."_s);
        }
        return result;
    } catch (const std::exception &trouble) {
        return failure(ErrorCode::Internal,
                       u"The loopback server could not be started (%1). Try again."_s.arg(
                           QString::fromLocal8Bit(trouble.what())));
    }
}

LoopbackServer::LoopbackServer(std::unique_ptr<httplib::Server> server, int port)
    : m_server(std::move(server))
    , m_port(port)
    , m_listening(std::async(std::launch::async, [raw = m_server.get()] { raw->listen_after_bind(); }))
{
}

LoopbackServer::~LoopbackServer()
{
    m_server->stop();
    // Again and again, for a connection may have been accepted just now.
    while (m_listening.wait_for(5ms) != std::future_status::ready)
        hangUp();
}

/// httplib keeps its clients' sockets to itself, and stop() waits until each of them has gone or timed out.
/// They are found by their local port; shut down and not closed, for they are httplib's to close.
void LoopbackServer::hangUp() const
{
    const QStringList open =
        QDir(u"/dev/fd"_s).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &name : open) {
        const int descriptor = name.toInt();
        sockaddr_in own{}, peer{};
        socklen_t ownSize = sizeof own, peerSize = sizeof peer;
        const bool isOurs = ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&own), &ownSize) == 0 &&
                            own.sin_family == AF_INET && ntohs(own.sin_port) == m_port;
        if (isOurs && ::getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &peerSize) == 0)
            ::shutdown(descriptor, SHUT_RDWR);
    }
}

} // namespace earmark::demo
