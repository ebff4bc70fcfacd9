#include "tools/ware.h"

#include <QSysInfo>

namespace earmark::tools {

using namespace Qt::StringLiterals;

const Ware &ytDlpWare()
{
    static const Ware ware{
        u"yt-dlp"_s,      u"^\\d{4}\\.\\d+\\.\\d+[0-9A-Za-z.+_-]{0,40}$"_s,  u"--update"_s,       true, false,
        &releaseFileHere, [](const QString &) { return QString(SumsFile); }, &ytdlp::inspectYtDlp};
    return ware;
}

const Ware &denoWare()
{
    static const Ware ware{u"deno"_s,
                           u"^\\d+\\.\\d+\\.\\d+[0-9A-Za-z.+_-]{0,40}$"_s,
                           u"--fetch-deno"_s,
                           false,
                           true,
                           [] { return denoFileFor(QSysInfo::currentCpuArchitecture()); },
                           [](const QString &file) -> QString { return file + u".sha256sum"_s; },
                           &ytdlp::inspectDeno};
    return ware;
}

} // namespace earmark::tools
