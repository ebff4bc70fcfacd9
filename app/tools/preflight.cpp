#include "tools/preflight.h"

#include "base/atomicfile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace earmark::tools {

using namespace Qt::StringLiterals;

namespace {

/// A provider of PO tokens may have been stopped since, or a package removed.
constexpr qint64 RememberedHours = 12;

/// Changes whenever the outcome may. A sum: the settings hold passwords.
QByteArray keyOf(const DoctorQuestion &question)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QString &text) { hash.addData(text.toUtf8() + '\0'); };
    add(QLatin1StringView(EARMARK_VERSION));
    for (const ytdlp::Tool *tool :
         {&question.tools.ytdlp, &question.tools.ffmpeg, &question.tools.jsRuntime}) {
        const QFileInfo file(tool->path);
        add(tool->path);
        add(tool->version);
        add(QString::number(file.lastModified().toMSecsSinceEpoch()));
        add(QString::number(file.size()));
    }
    add(question.source.addressTemplate());
    for (const QString &each : question.settings.arguments())
        add(each);
    add(question.settings.allowsSolverScript ? u"script"_s : QString());
    add(question.settings.cookiesFile);
    add(QString::number(QFileInfo(question.settings.cookiesFile).lastModified().toMSecsSinceEpoch()));
    return hash.result().toHex();
}

QString rememberedIn()
{
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + u"/preflight"_s;
}

bool wasGood(const QByteArray &key)
{
    QFile file(rememberedIn());
    const QDateTime then = QFileInfo(file).lastModified();
    const qint64 seconds = then.secsTo(QDateTime::currentDateTime());
    return seconds >= 0 && seconds < RememberedHours * 3600 && file.open(QIODevice::ReadOnly) &&
           file.readAll() == key;
}

void remember(const QByteArray &key)
{
    QDir().mkpath(QFileInfo(rememberedIn()).path());
    AtomicFile file(rememberedIn());
    // Not remembered, it is asked again.
    static_cast<void>(
        file.open().and_then([&] { return file.write(key); }).and_then([&] { return file.commit(); }));
}

} // namespace

QString preflight(const DoctorQuestion &question, const std::stop_token &stop)
{
    const QByteArray key = keyOf(question);
    if (wasGood(key))
        return {};
    const DoctorFacts facts = examine(question, stop);
    if (stop.stop_requested())
        return {};
    const QString problem = firstProblem(diagnose(question, facts));
    if (problem.isEmpty())
        remember(key);
    return problem;
}

} // namespace earmark::tools
