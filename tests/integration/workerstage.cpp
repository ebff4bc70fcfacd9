#include "workerstage.h"

#include <QProcess>
#include <QStandardPaths>

namespace earmark::test {

QString WorkerStage::prepare()
{
    QStandardPaths::setTestModeEnabled(true);
    tools = ytdlp::findTools();
    if (!tools.areUsable())
        return tools.problem();
    auto server = demo::DemoServer::start();
    if (!server)
        return server.error().text;
    demo = std::move(*server);

    // A minute as YouTube has it: AAC and Opus.
    const QString source = demo->sourceTemplate().replace(u"{ytid}"_s, QString::fromLatin1(Ytid));
    const QString base = m_sounds.filePath(QString::fromLatin1(Ytid));
    const int code = QProcess::execute(tools.ffmpeg.path,
                                       {u"-v"_s, u"error"_s, u"-t"_s, u"60"_s, u"-i"_s, source, u"-c:a"_s,
                                        u"aac"_s, u"-b:a"_s, u"128k"_s, u"-movflags"_s, u"+faststart"_s,
                                        base + u".m4a"_s, u"-c:a"_s, u"libopus"_s, base + u".webm"_s});
    return code == 0 ? QString() : u"ffmpeg cannot make the test's sounds."_s;
}

void WorkerStage::reset()
{
    media = std::make_unique<MediaServer>();
    media->serveFolder(m_sounds.path());
    folder = std::make_unique<QTemporaryDir>();
}

QByteArray WorkerStage::sound(const QString &suffix) const
{
    return readFile(m_sounds.filePath(QString::fromLatin1(Ytid) + u'.' + suffix));
}

qint64 WorkerStage::running(const QString &name) const
{
    for (const qint64 id : running()) {
        if (processName(id) == name)
            return id;
    }
    return 0;
}

QString WorkerStage::script(const QByteArray &content) const
{
    const QString place = folder->filePath(u"yt-dlp"_s);
    QFile file(place);
    if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + content) < 0 ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("%s cannot be written", qPrintable(place));
    return place;
}

} // namespace earmark::test
