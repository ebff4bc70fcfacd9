#include "export/exportlayout.h"

#include <QDir>
#include <QFileInfo>

namespace earmark::exports {

using namespace Qt::StringLiterals;

ExportLayout::ExportLayout(const ExportContext &context, const ExportParts &parts)
    : m_context(context)
    , m_parts(parts)
    , m_isFolder(context.options.isFolder(!parts.names.empty()))
    , m_hasOwnClips(context.options.takesClips())
{
}

std::vector<ExportDocument> ExportLayout::documents() const
{
    std::vector<ExportDocument> documents;
    if (m_context.options.format->holdsClips)
        return documents;
    for (const FormatFile &file : m_context.options.format->files) {
        if (m_parts.names.empty())
            documents.push_back(
                {m_isFolder ? QString(file.name) : QString(), -1, file.isSorted, file.lines(m_context)});
        for (int part = 0; part < std::ssize(m_parts.names); ++part)
            documents.push_back({m_parts.names[static_cast<std::size_t>(part)] + file.ofPart, part,
                                 file.isSorted, file.lines(m_context)});
    }
    return documents;
}

QString ExportLayout::clipFolder(int part) const
{
    return QString(m_context.options.format->clipFolder)
        .replace(u"%1"_s, part < 0 ? QString() : m_parts.names[static_cast<std::size_t>(part)] + u'/');
}

QStringList ExportLayout::folders() const
{
    QStringList folders;
    const auto addOf = [&folders](const QString &file) {
        for (qsizetype at = file.indexOf(u'/'); at >= 0; at = file.indexOf(u'/', at + 1)) {
            if (const QString folder = file.left(at); !folders.contains(folder))
                folders.append(folder);
        }
    };
    for (const ExportDocument &document : documents())
        addOf(document.name);
    if (m_hasOwnClips) {
        addOf(clipFolder(m_parts.names.empty() ? -1 : 0));
        for (int part = 1; part < std::ssize(m_parts.names); ++part)
            addOf(clipFolder(part));
    }
    return folders;
}

QString ExportLayout::clipFile(const SegmentKey &key, int part) const
{
    const QString stem = key.stem();
    return clipFolder(part) + (m_context.options.namesHaveY() ? stem : stem.sliced(1)) + u".wav"_s;
}

QByteArray ExportLayout::pathBegin(const ExportDocument &document, int part) const
{
    const ExportOptions &options = m_context.options;
    const PathStyle style = options.pathStyle();
    if (style == PathStyle::Prefixed)
        return options.prefix.toUtf8();
    const QString out = QDir::cleanPath(QFileInfo(options.out).absoluteFilePath());
    const QString clips =
        m_hasOwnClips ? QDir::cleanPath(out + u'/' + clipFolder(part)) : m_context.clips.layout().processed();
    if (style == PathStyle::Absolute)
        return clips.toUtf8() + '/';
    const QString folder = QFileInfo(m_isFolder ? out + u'/' + document.name : out).path();
    const QString relative = QDir(folder).relativeFilePath(clips);
    return relative == u"."_s ? QByteArray() : relative.toUtf8() + '/';
}

} // namespace earmark::exports
