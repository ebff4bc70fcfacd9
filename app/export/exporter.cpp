#include "export/exporter.h"

#include "base/atomicfile.h"
#include "base/format.h"
#include "base/spoolfile.h"
#include "export/atomicfolder.h"
#include "export/clipsource.h"
#include "export/documentwriter.h"
#include "export/exportwarnings.h"

#include <QDir>
#include <QFileInfo>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

/// One export that is being written.
class Run final
{
public:
    Run(const ExportContext &context, const ExportSet &set, const ExportParts &parts,
        const std::stop_token &stop, const ExportProgress &progress, const ExportCompanions &companions)
        : m_context(context)
        , m_set(set)
        , m_parts(parts)
        , m_stop(stop)
        , m_progress(progress)
        , m_companions(companions)
        , m_layout(context, parts)
        , m_writer(context, set, parts, m_layout)
        , m_documents(m_layout.documents())
    {
        const qint64 files = context.options.takesClips() || context.options.format->holdsClips ? 1 : 0;
        m_total = std::ssize(set.items) *
                  (std::ssize(m_documents) / std::max<qint64>(1, std::ssize(parts.names)) + files);
    }

    /// Writes it, unless unfit() has clips then.
    Result<void> write()
    {
        const QString &out = m_context.options.out;
        if (m_context.options.outDescriptor >= 0)
            return writeToDescriptor();
        if (!m_layout.isFolder())
            return writeDocument(m_documents.front(), out).and_then([&] {
                return writeCompanions(QFileInfo(out).absolutePath());
            });
        auto draft = AtomicFolder::make(out);
        if (!draft)
            return tl::unexpected(draft.error());
        if (auto filled = fill(*draft); !filled || !m_unfit.empty())
            return filled;
        if (auto written = writeCompanions(draft->path()); !written)
            return written;
        if (m_stop.stop_requested())
            return cancelled();
        auto kept = draft->commit();
        if (!kept)
            return tl::unexpected(kept.error());
        m_kept = std::move(*kept);
        return {};
    }
    const std::vector<LeftOut> &unfit() const { return m_unfit; }
    const QStringList &kept() const { return m_kept; }

private:
    Result<void> progress(qint64 more)
    {
        m_done += more;
        if (m_stop.stop_requested())
            return cancelled();
        if (m_progress)
            m_progress(m_done, m_total);
        return {};
    }

    Result<void> writeCompanions(const QString &folder) const
    {
        return m_companions ? m_companions(folder) : Result<void>();
    }

    /// Into a AtomicFile or SpoolFile.
    template <class File>
    Result<void> writeLines(const ExportDocument &document, File &file)
    {
        return m_writer.write(document, [&](QByteArrayView piece, qint64 clips) {
            return progress(clips).and_then([&] { return file.write(piece); });
        });
    }

    Result<void> writeDocument(const ExportDocument &document, const QString &path)
    {
        AtomicFile file(QFileInfo(path).absoluteFilePath());
        auto written = file.open();
        if (written)
            written = writeLines(document, file);
        return written ? file.commit() : written;
    }

    /// The reader gets all or nothing.
    Result<void> writeToDescriptor()
    {
        auto spool = SpoolFile::make();
        if (!spool)
            return tl::unexpected(spool.error());
        if (auto written = writeLines(m_documents.front(), **spool); !written)
            return written;
        return (*spool)->copyTo(m_context.options.outDescriptor, u"Standard output"_s);
    }

    Result<void> fill(const AtomicFolder &draft)
    {
        for (const QString &folder : m_layout.folders()) {
            if (auto made = draft.addFolder(folder); !made)
                return made;
        }
        if (m_context.options.takesClips()) {
            if (auto copied = putClips(draft); !copied || !m_unfit.empty())
                return copied;
        }
        for (const ExportDocument &document : m_documents) {
            if (auto written = writeDocument(document, draft.path() + u'/' + document.name); !written)
                return written;
        }
        const auto writeMore = m_context.options.format->writeMore;
        return writeMore ? writeMore({m_context, m_set, m_parts, m_writer, m_documents, draft.path(), m_unfit,
                                      [this](qint64 clips) { return progress(clips); }, m_stop})
                         : Result<void>();
    }

    Result<void> putClips(const AtomicFolder &draft)
    {
        const ClipSource source(m_context.clips);
        const bool mayLink = m_context.options.clips != ClipFiles::Copied;
        for (std::size_t item = 0; item < m_set.items.size(); ++item) {
            const segments::Row row = m_set.items[item].row;
            const QString name =
                m_layout.clipFile(m_context.clips.segments().key(row), m_writer.partOf(item));
            const auto fault = source.put(row, draft.path() + u'/' + name, mayLink, m_stop);
            if (!fault)
                return tl::unexpected(fault.error());
            if (!fault->isEmpty())
                m_unfit.push_back({row, *fault});
            if (auto goesOn = progress(1); !goesOn)
                return goesOn;
        }
        return {};
    }

    const ExportContext &m_context;
    const ExportSet &m_set;
    const ExportParts &m_parts;
    const std::stop_token &m_stop;
    const ExportProgress &m_progress;
    const ExportCompanions &m_companions;
    ExportLayout m_layout;
    DocumentWriter m_writer;
    std::vector<ExportDocument> m_documents;
    qint64 m_done = 0;
    qint64 m_total = 0;
    std::vector<LeftOut> m_unfit; ///< found as their bytes were read
    QStringList m_kept;
};

/// Errors: BadInput when the format cannot hold these clips.
Result<LabelWords> wordsOf(const ClipTable &clips, const ExportSet &set, const ExportOptions &options)
{
    if (const auto check = options.format->check) {
        if (const auto checked = check(clips, set); !checked)
            return tl::unexpected(checked.error());
    }
    return LabelWords::make(clips, set, options);
}

ColumnTypes typesOf(const ClipTable &clips, const ExportSet &set, const ExportParts &parts,
                    const ExportOptions &options)
{
    const auto types = options.format->columnTypes;
    return types ? types(clips, set, parts, options) : ColumnTypes();
}

Error noClip(const ClipTable &clips, const ExportSet &set)
{
    QStringList text{u"No clip of %1 to export; nothing was written."_s.arg(clips.layout().root())};
    text += leftOutTexts(set);
    text.append(set.skipped.contains(u"rejected"_s)
                    ? u"Export all clips, rejected ones included, or choose others."_s
                    : u"Download clips first, or choose others."_s);
    return {ErrorCode::BadInput, text.join(u' ')};
}

} // namespace

Result<ExportReport> writeExport(const ClipTable &clips, const ExportSet &set, const ExportOptions &options,
                                 const ExportParts &parts, const std::stop_token &stop,
                                 const ExportProgress &progress, const ExportCompanions &companions,
                                 std::vector<LeftOut> *unfit)
{
    if (stop.stop_requested())
        return cancelled();
    if (set.items.empty())
        return tl::unexpected(noClip(clips, set));
    const auto words = wordsOf(clips, set, options);
    if (!words)
        return tl::unexpected(words.error());
    const ExportContext context(clips, *words, options, typesOf(clips, set, parts, options));
    Run run(context, set, parts, stop, progress, companions);
    if (auto written = run.write(); !written)
        return tl::unexpected(written.error());
    if (!run.unfit().empty() && unfit == nullptr)
        return failure(ErrorCode::BadMedia, u"%1 differ from the ledger; nothing was written."_s.arg(
                                                counted(std::ssize(run.unfit()), u"clip")));
    if (unfit != nullptr)
        *unfit = run.unfit();
    return ExportReport{.written = run.unfit().empty() ? std::ssize(set.items) : 0,
                        .skipped = set.skipped,
                        .path = QFileInfo(options.out).absoluteFilePath(),
                        .warnings = exportWarnings(context, set, parts),
                        .unfit = {},
                        .kept = run.kept()};
}

Result<ExportPreview> previewExport(const ClipTable &clips, const ExportSet &set,
                                    const ExportOptions &options, int lines, const ExportParts &parts)
{
    const auto words = wordsOf(clips, set, options);
    if (!words)
        return tl::unexpected(words.error());
    const ExportContext context(clips, *words, options, typesOf(clips, set, parts, options));
    const ExportLayout layout(context, parts);
    ExportPreview preview;
    preview.clips = std::ssize(set.items);
    preview.warnings = exportWarnings(context, set, parts);
    const auto keep = [&preview](QByteArrayView piece, qint64) {
        preview.text.append(piece);
        return Result<void>();
    };
    const DocumentWriter writer(context, set, parts, layout);
    const auto documents = layout.documents();
    for (const ExportDocument &document : documents)
        preview.files.append(layout.isFolder() ? document.name : QFileInfo(options.out).fileName());
    // A tar has no lines: what goes with each clip is shown.
    const ExportDocument sample{{}, -1, false, options.format->files.front().lines(context)};
    if (auto written = writer.write(documents.empty() ? sample : documents.front(), keep, lines); !written)
        return tl::unexpected(written.error());
    return preview;
}

} // namespace earmark::exports
