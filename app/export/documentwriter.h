#pragma once

#include "export/exportlayout.h"

#include <functional>
#include <stop_token>

namespace earmark::exports {

/// Puts the lines of a document together.
class DocumentWriter final
{
public:
    /// All must outlive it.
    DocumentWriter(const ExportContext &context, const ExportSet &set, const ExportParts &parts,
                   const ExportLayout &layout);

    /// Where pieces of the text go; `clips` more are in it.
    using Sink = std::function<Result<void>(QByteArrayView piece, qint64 clips)>;
    /// Errors: those of `sink`.
    Result<void> write(const ExportDocument &document, const Sink &sink,
                       qint64 most = std::numeric_limits<qint64>::max()) const;

    int partOf(std::size_t item) const { return m_parts.partOf.empty() ? -1 : m_parts.partOf[item]; }
    /// A clip without its path.
    ExportClip clip(const ExportItem &item) const;

private:
    std::vector<std::uint32_t> itemsOf(const ExportDocument &document) const;

    const ExportContext &m_context;
    const ExportSet &m_set;
    const ExportParts &m_parts;
    const ExportLayout &m_layout;
};

} // namespace earmark::exports
