#include "export/exportlayout.h"

#include "export/jsonlines.h"
#include "export/tablelines.h"

#include <QDir>
#include <QFileInfo>

namespace earmark::exports {

using namespace Qt::StringLiterals;

ExportLayout::ExportLayout(const ExportContext &context, const ExportParts &parts)
    : m_context(context)
    , m_parts(parts)
    , m_isFolder(context.options.isFolder(!parts.names.empty()))
    , m_hasOwnClips(context.options.clips != ClipFiles::Left || context.options.needsClips())
{
}

std::vector<ExportDocument> ExportLayout::documents() const
{
    std::vector<ExportDocument> documents;
    // In files of one kind parts are files; formats of several files have a folder for each.
    const auto add = [&](const QString &name, const QString &suffix, auto make, bool isSorted = false) {
        if (m_parts.names.empty())
            documents.push_back({m_isFolder ? name + suffix : QString(), -1, isSorted, make(m_context)});
        for (int part = 0; part < std::ssize(m_parts.names); ++part)
            documents.push_back(
                {m_parts.names[static_cast<std::size_t>(part)] + suffix, part, isSorted, make(m_context)});
    };
    const auto addInFolders = [&](const QString &name, auto make, bool isSorted = false) {
        if (m_parts.names.empty())
            documents.push_back({name, -1, isSorted, make(m_context)});
        for (int part = 0; part < std::ssize(m_parts.names); ++part)
            documents.push_back({partFolder(part) + name, part, isSorted, make(m_context)});
    };
    const auto table = [](char separator, const char *pathName) {
        return [=](const ExportContext &context) { return tableLines(context, separator, pathName); };
    };
    switch (m_context.options.format) {
    case ExportFormat::Nemo:
        add(u"manifest"_s, u".json"_s, nemoLines);
        break;
    case ExportFormat::Csv:
        add(u"manifest"_s, u".csv"_s, table(',', "path"));
        break;
    case ExportFormat::Tsv:
        add(u"manifest"_s, u".tsv"_s, table('\t', "path"));
        break;
    case ExportFormat::Official:
        add(u"segments"_s, u"_segments.csv"_s, officialLines);
        if (m_isFolder && m_parts.names.empty())
            documents.back().name = u"segments.csv"_s;
        break;
    case ExportFormat::SpeechBrainCsv:
        add(u"data"_s, u".csv"_s, speechBrainCsv);
        break;
    case ExportFormat::SpeechBrainJson:
        add(u"data"_s, u".json"_s, speechBrainJson);
        break;
    case ExportFormat::AudioFolder:
        addInFolders(u"metadata.jsonl"_s, audioFolderLines);
        break;
    case ExportFormat::AudioFolderCsv:
        addInFolders(u"metadata.csv"_s, table(',', "file_name"));
        break;
    case ExportFormat::Kaldi:
        addInFolders(u"wav.scp"_s, kaldiPaths, true);
        addInFolders(u"text"_s, kaldiTexts, true);
        addInFolders(u"utt2spk"_s, kaldiSpeakers, true);
        addInFolders(u"spk2utt"_s, kaldiUtterances, true);
        break;
    case ExportFormat::Icefall:
        addInFolders(u"balanced_train_segments.csv"_s, officialLines);
        break;
    case ExportFormat::Croissant:
        addInFolders(u"manifest.csv"_s, table(',', "path"));
        break;
    case ExportFormat::WebDataset:
        break;
    }
    return documents;
}

QString ExportLayout::partFolder(int part) const
{
    return part < 0 ? QString() : m_parts.names[static_cast<std::size_t>(part)] + u'/';
}

QString ExportLayout::clipFolder(int part) const
{
    switch (m_context.options.format) {
    case ExportFormat::AudioFolder:
    case ExportFormat::AudioFolderCsv:
        return partFolder(part);
    case ExportFormat::Icefall:
        return partFolder(part) + u"balanced/"_s;
    default:
        return u"clips/"_s;
    }
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
    if (m_hasOwnClips && m_context.options.format != ExportFormat::WebDataset) {
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
    // What AudioFolder names lies beside its metadata.
    const bool isBeside =
        options.format == ExportFormat::AudioFolder || options.format == ExportFormat::AudioFolderCsv;
    const PathStyle style = isBeside ? PathStyle::Relative : options.pathStyle();
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
