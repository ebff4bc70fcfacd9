#pragma once

#include "base/result.h"

#include <functional>
#include <future>
#include <memory>

namespace httplib {
class Server;
struct Request;
struct Response;
} // namespace httplib

namespace earmark::demo {

/// A web server on 127.0.0.1 whose destructor does not wait for its clients. Runs in threads of its own.
class LoopbackServer final
{
public:
    /// Answers each GET and HEAD, called in several threads at once; what it throws becomes status 500. It
    /// gives the response an error status or the whole content, of which the Range asked for is sent.
    using Handler = std::function<void(const httplib::Request &request, httplib::Response &response)>;

    /// Listens on 127.0.0.1 on a free port. Errors: Internal.
    static Result<std::unique_ptr<LoopbackServer>> start(Handler handler);
    /// Hangs up on every client and stops.
    ~LoopbackServer();
    Q_DISABLE_COPY_MOVE(LoopbackServer)

    int port() const { return m_port; }

private:
    LoopbackServer(std::unique_ptr<httplib::Server> server, int port);
    void hangUp() const;

    std::unique_ptr<httplib::Server> m_server;
    int m_port;
    std::future<void> m_listening;
};

} // namespace earmark::demo
