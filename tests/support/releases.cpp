#include "support/releases.h"

#include "support/resulttest.h"

#include <QCryptographicHash>
#include <QProcess>
#include <QTemporaryDir>

namespace earmark::test {

using namespace Qt::StringLiterals;

namespace {

/// A key pair of GnuPG, and the daemon that holds it while this lives.
class Signer final
{
public:
    Signer()
    {
        run({u"--quick-generate-key"_s, u"Earmark's tests"_s, u"ed25519"_s, u"sign"_s, u"never"_s});
        writeFile(key(), run({u"--export"_s}));
    }
    ~Signer()
    {
        QProcess::execute(u"gpgconf"_s, {u"--homedir"_s, m_home.path(), u"--kill"_s, u"gpg-agent"_s});
    }
    Q_DISABLE_COPY_MOVE(Signer)

    QString key() const { return m_home.filePath(u"key.gpg"_s); }
    QByteArray sign(const QByteArray &text) const
    {
        return run({u"--detach-sign"_s, u"--output"_s, u"-"_s}, text);
    }

private:
    QByteArray run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        process.start(u"gpg"_s, QStringList{u"--homedir"_s, m_home.path(), u"--batch"_s, u"--quiet"_s,
                                            u"--passphrase"_s, QString()} +
                                    arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("gpg failed: %s", process.readAllStandardError().constData());
        return process.readAllStandardOutput();
    }

    QTemporaryDir m_home;
};

const Signer &signer()
{
    static const Signer only;
    return only;
}

} // namespace

QByteArray signatureOf(const QByteArray &text)
{
    return signer().sign(text);
}

QString releaseKey()
{
    return signer().key();
}

QByteArray smallYtDlp(const QByteArray &version)
{
    return "#!/bin/sh\necho " + version + "\nexit 0\n" + QByteArray(300'000, '#') + '\n';
}

QByteArray sumLine(const QByteArray &content, const QByteArray &name)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex() + "  " + name + '\n';
}

void serveRelease(FaultServer &server, const QByteArray &folder, const QByteArray &content)
{
    const QByteArray tag = '"' + QCryptographicHash::hash(content, QCryptographicHash::Sha1).toHex() + '"';
    QByteArray sums = sumLine("x", "yt-dlp.exe");
    for (const char *name : {"yt-dlp", "yt-dlp_linux", "yt-dlp_linux_aarch64"}) {
        server.serve(folder + '/' + name, {content, tag});
        sums += sumLine(content, name);
    }
    server.serve(folder + "/SHA2-256SUMS", {sums, tag});
    server.serve(folder + "/SHA2-256SUMS.sig", {signatureOf(sums), tag});
}

QByteArray zipOf(const QByteArray &name, const QByteArray &program)
{
    QProcess process;
    process.start(u"python3"_s, {u"-c"_s,
                                 u"import io, sys, zipfile\n"
                                 "out = io.BytesIO()\n"
                                 "info = zipfile.ZipInfo(sys.argv[1])\n"
                                 "info.external_attr = 0o100755 << 16\n"
                                 "with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as zip:\n"
                                 "    zip.writestr(info, sys.stdin.buffer.read())\n"
                                 "sys.stdout.buffer.write(out.getvalue())\n"_s,
                                 QString::fromLatin1(name)});
    process.write(program);
    process.closeWriteChannel();
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("python3 failed: %s", process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

void serveDeno(FaultServer &server, const QByteArray &folder, const QByteArray &zip)
{
    const QByteArray tag = '"' + QCryptographicHash::hash(zip, QCryptographicHash::Sha1).toHex() + '"';
    for (const QByteArray cpu : {"x86_64", "aarch64"}) {
        const QByteArray name = "deno-" + cpu + "-unknown-linux-gnu.zip";
        server.serve(folder + '/' + name, {zip, tag});
        server.serve(folder + '/' + name + ".sha256sum", {sumLine(zip, name), tag});
    }
}

QByteArray smallDeno(const QByteArray &version)
{
    return "#!/bin/sh\necho 'deno " + version + " (stable, release, x86_64-unknown-linux-gnu)'\n";
}

} // namespace earmark::test
