#pragma once

#include "export/lineformat.h"

#include <vector>

namespace earmark::exports {

/// The parts of a dataset, such as train and test. Empty: it is in one.
struct ExportParts
{
    std::vector<QString> names;       ///< as files and folders are called
    std::vector<std::uint8_t> partOf; ///< by item of the ExportSet
};

/// One of the files that an export writes.
struct ExportDocument
{
    QString name;          ///< in the folder; empty: the export is this one file
    int part = -1;         ///< the part whose clips it has; -1: all of them
    bool isSorted = false; ///< by the bytes of the clips' names, else in the order of the split
    std::unique_ptr<LineFormat> lines;
};

/// What lies where in an export.
class ExportLayout final
{
public:
    /// All must outlive it.
    ExportLayout(const ExportContext &context, const ExportParts &parts);

    /// A file for each part, or files for all. None where the format's files hold the clips themselves.
    std::vector<ExportDocument> documents() const;
    /// The folders that are needed, each after those that it is in.
    QStringList folders() const;
    bool isFolder() const { return m_isFolder; }

    /// The clip's file in the folder that is written, relative to it; only if clips go there.
    QString clipFile(const SegmentKey &key, int part) const;
    /// Begins what a document says of a clip's path with what comes before the file's name, UTF-8.
    QByteArray pathBegin(const ExportDocument &document, int part) const;
    /// Whether file names in paths have the leading Y.
    bool namesHaveY() const { return m_hasOwnClips ? m_context.options.namesHaveY() : true; }

private:
    QString clipFolder(int part) const; ///< "train/" or "clips/" …

    const ExportContext &m_context;
    const ExportParts &m_parts;
    bool m_isFolder;
    bool m_hasOwnClips; ///< the clips are in the folder, not in the workspace
};

} // namespace earmark::exports
