#include "tools/signature.h"

#include "base/processoutput.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace earmark::tools {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr ProcessBounds GpgvBounds{.time = 30s, .bytes = 100'000};

/// The keyring under a name that gpgv can open.
Result<void> writeKey(const QString &key, const QString &path)
{
    QFile source(key);
    if (!source.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unreadable,
                       u"The key %1 cannot be read: %2."_s.arg(key, source.errorString()));
    QFile target(path);
    const QByteArray bytes = source.readAll();
    if (!target.open(QIODevice::WriteOnly) || target.write(bytes) != bytes.size())
        return failure(ErrorCode::Unwritable, u"%1 cannot be written: %2."_s.arg(path, target.errorString()));
    return {};
}

} // namespace

QString findGpgv()
{
    return QStandardPaths::findExecutable(u"gpgv"_s);
}

Result<void> checkSignature(const QString &gpgv, const QString &signedFile, const QString &signature,
                            const QString &key)
{
    const QTemporaryDir folder; // for the user alone
    const QString keyring = folder.filePath(u"key.gpg"_s);
    if (const auto written = writeKey(key, keyring); !written)
        return written;
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(gpgv,
                  {u"--homedir"_s, folder.path(), u"--keyring"_s, keyring, u"--status-fd"_s, u"1"_s,
                   QFileInfo(signature).absoluteFilePath(), QFileInfo(signedFile).absoluteFilePath()},
                  QIODevice::ReadOnly);
    QByteArray status;
    if (readToEnd(process, status, GpgvBounds) != ProcessEnd::Ended) {
        const QString reason = process.errorString();
        process.kill();
        process.waitForFinished(1000);
        return failure(ErrorCode::NotFound, u"%1 did not run: %2."_s.arg(gpgv, reason));
    }
    const bool isValid = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 &&
                         status.contains("[GNUPG:] VALIDSIG ");
    if (isValid)
        return {};
    const QString why = status.contains("[GNUPG:] BADSIG ") ? u"the file was changed after it was signed"_s
                        : status.contains("[GNUPG:] NO_PUBKEY ") ? u"another key made it"_s
                                                                 : u"it is no signature of this file"_s;
    return failure(ErrorCode::BadInput,
                   u"The signature %1 is not valid: %2."_s.arg(QFileInfo(signature).fileName(), why));
}

} // namespace earmark::tools
