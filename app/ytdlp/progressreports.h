#pragma once

#include "base/linebuffer.h"
#include "ytdlp/outputparser.h"

#include <vector>

namespace earmark::ytdlp {

/// The file to which ffmpeg reports how far it is, read while it grows. Its own file: no server has a say in
/// it, as in the output.
class ProgressReports final
{
public:
    /// A job begins; its reports will be in this file.
    void begin(const QString &path);
    /// What has come since the last call, Position and Written only; nothing while there is no such file, or
    /// when it is no regular one.
    std::vector<Event> read();

private:
    QString m_path;
    qint64 m_offset = 0; ///< bytes read
    LineBuffer m_lines;
};

} // namespace earmark::ytdlp
