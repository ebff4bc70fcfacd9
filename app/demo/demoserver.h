#pragma once

#include "base/result.h"

#include <QString>

#include <memory>

namespace earmark::demo {

/// A web server on the loopback address that serves /{ytid}.wav for every id, made by Synth as it is asked
/// for, with Range requests. Runs in threads of its own until it is destroyed.
class DemoServer final
{
public:
    /// Listens on 127.0.0.1 on a free port. Errors: Internal.
    static Result<std::unique_ptr<DemoServer>> start();
    ~DemoServer();

    /// The source template to hand to ytdlp::Source: "http://127.0.0.1:PORT/{ytid}.wav".
    QString sourceTemplate() const;

private:
    class Private;
    explicit DemoServer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace earmark::demo
