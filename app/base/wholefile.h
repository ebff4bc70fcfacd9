#pragma once

#include "base/result.h"

#include <QSaveFile>

namespace earmark {

/// A file that appears under its name whole or not at all: written under a temporary one in the same folder,
/// flushed, renamed. What lay there before stays until then. Errors of all functions: DiskFull, Unwritable;
/// the text names the file.
class WholeFile final
{
public:
    explicit WholeFile(const QString &path);

    Result<void> open();
    Result<void> write(QByteArrayView bytes);
    /// Without it, nothing appears.
    Result<void> commit();

private:
    Result<void> failed(int reason) const;

    QSaveFile m_file;
};

} // namespace earmark
