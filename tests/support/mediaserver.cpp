#include "support/mediaserver.h"

#include <QDir>
#include <QFile>

#include <httplib.h>

#include <algorithm>

namespace earmark::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t HeaderSize = 1'000;

/// What is sent for a request for a part of the file, other than httplib would send it.
QByteArray answerRange(Fault::Range manner, httplib::Request &request, httplib::Response &response,
                       const QByteArray &content)
{
    const qint64 first = request.ranges.empty() ? 0 : request.ranges.front().first;
    if (manner == Fault::Range::Ignored)
        request.ranges.clear();
    if (manner != Fault::Range::Shifted || first <= 0 || first >= content.size())
        return content;
    request.ranges.clear();
    response.status = 206;
    const qint64 size = content.size() - first;
    response.set_header("Content-Range", u"bytes 0-%1/%2"_s.arg(size - 1).arg(content.size()).toStdString());
    return content.first(size);
}

} // namespace

MediaServer::MediaServer()
{
    auto server = demo::LoopbackServer::start(
        [this](const httplib::Request &request, httplib::Response &response) { answer(request, response); });
    if (!server)
        qFatal("%s", qPrintable(server.error().text));
    m_server = std::move(*server);
}

MediaServer::~MediaServer()
{
    release(); // a stalled thread would never end
}

void MediaServer::serve(const QString &path, const QByteArray &content, const QByteArray &type)
{
    const std::lock_guard lock(m_mutex);
    m_types.insert(path, type);
    m_files.insert(path, content);
}

void MediaServer::serveFolder(const QString &folder)
{
    for (const QFileInfo &info : QDir(folder).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s cannot be read", qPrintable(info.filePath()));
        serve(u'/' + info.fileName(), file.readAll());
    }
}

void MediaServer::setFault(const QString &path, const Fault &fault)
{
    const std::lock_guard lock(m_mutex);
    m_faults.insert(path, fault);
}

void MediaServer::release()
{
    {
        const std::lock_guard lock(m_mutex);
        m_released = true;
    }
    m_changed.notify_all();
}

int MediaServer::requests(const QString &path, Fault::Caller caller) const
{
    const std::lock_guard lock(m_mutex);
    const Count count = m_counts.value(path);
    switch (caller) {
    case Fault::Caller::Ffmpeg:
        return count.ffmpeg;
    case Fault::Caller::Other:
        return count.other;
    case Fault::Caller::Any:
        break;
    }
    return count.ffmpeg + count.other;
}

QString MediaServer::url(const QString &path) const
{
    return u"http://127.0.0.1:"_s + QString::number(m_server->port()) + path;
}

Fault MediaServer::takeFault(const QString &path, bool byFfmpeg)
{
    const std::lock_guard lock(m_mutex);
    Count &count = m_counts[path];
    ++(byFfmpeg ? count.ffmpeg : count.other);
    const auto fault = m_faults.find(path);
    if (fault == m_faults.end() || fault->times == 0)
        return {};
    if (fault->caller != Fault::Caller::Any && (fault->caller == Fault::Caller::Ffmpeg) != byFfmpeg)
        return {};
    if (fault->times > 0)
        --fault->times;
    return *fault;
}

bool MediaServer::waitForRelease(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, time, [this] { return m_released; });
}

void MediaServer::answer(const httplib::Request &request, httplib::Response &response)
{
    const QString path = QString::fromStdString(request.path);
    const Fault fault = takeFault(path, request.has_header("Icy-MetaData"));
    if (fault.status != 0) {
        response.status = fault.status;
        return;
    }
    if (!fault.redirect.isEmpty()) {
        response.status = 302;
        response.set_header("Location", fault.redirect.toStdString());
        return;
    }
    QByteArray content;
    QByteArray ownType;
    {
        const std::lock_guard lock(m_mutex);
        const auto file = m_files.constFind(path);
        if (file == m_files.constEnd()) {
            response.status = 404;
            return;
        }
        content = *file;
        ownType = m_types.value(path);
    }
    if (!fault.instead.isEmpty()) {
        content = fault.instead;
        ownType = "text/html";
    }
    for (qsizetype size = 0; size < fault.headerSize; size += HeaderSize)
        response.set_header("X-Needless-" + std::to_string(size), std::string(HeaderSize, 'x'));
    if (fault.range != Fault::Range::Ignored)
        response.set_header("Accept-Ranges", "bytes");
    if (fault.range != Fault::Range::Right)
        content = answerRange(fault.range, const_cast<httplib::Request &>(request), response, content);
    const char *type = !ownType.isEmpty()        ? ownType.constData()
                       : path.endsWith(u".m4a")  ? "audio/mp4"
                       : path.endsWith(u".webm") ? "audio/webm"
                       : path.endsWith(u".html") ? "text/html"
                                                 : "audio/wav";
    const auto send = [this, content, fault, sent = qint64{0}](std::size_t offset, std::size_t length,
                                                               httplib::DataSink &sink) mutable {
        auto size = static_cast<qint64>(std::min<std::size_t>(length, 16'384));
        if (fault.stallAfter >= 0 && sent >= fault.stallAfter) {
            while (!waitForRelease(1h))
                continue;
        } else if (fault.stallAfter >= 0) {
            size = std::min(size, fault.stallAfter - sent);
        }
        if (fault.cutAfter >= 0 && sent >= fault.cutAfter)
            return false;
        if (fault.cutAfter >= 0)
            size = std::min(size, fault.cutAfter - sent);
        if (fault.bytesPerSecond > 0) {
            size = std::min<qint64>(size, std::max(fault.bytesPerSecond / 10, 1));
            waitForRelease(std::chrono::milliseconds(1000 * size / fault.bytesPerSecond));
        }
        sent += size;
        return sink.write(content.constData() + offset, static_cast<std::size_t>(size));
    };
    response.set_content_provider(static_cast<std::size_t>(content.size()), type, send);
}

} // namespace earmark::test
