#pragma once

#include "tools/release.h"
#include "ytdlp/tools.h"

namespace earmark::tools {

/// A program that Earmark can fetch, and how its makers publish it.
struct Ware
{
    QString name;       ///< of the program, and of its file on the shelf
    QString version;    ///< pattern of its versions, which name folders
    QString updateHint; ///< the option of "earmark-cli tools" that fetches it
    bool isSigned;      ///< there is a signature of the list of checksums, SignatureFile
    bool isZipped;      ///< a release is a zip that holds the program
    /// The file of a release that runs on this computer. Blocks. Errors: NotFound.
    Result<QString> (*fileHere)();
    /// The list of checksums beside that file.
    QString (*sumsFile)(const QString &file);
    /// Asks a file that should be the program. Blocks.
    ytdlp::Tool (*inspect)(const QString &path);
};

const Ware &ytDlpWare();
/// Its makers sign nothing: each zip has a list of checksums of its own, NAME.sha256sum.
const Ware &denoWare();

} // namespace earmark::tools
