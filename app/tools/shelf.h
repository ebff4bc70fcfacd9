#pragma once

#include "base/result.h"
#include "ytdlp/tools.h"

namespace earmark::tools {

/// Which of the fetched yt-dlp is in use. A version that is empty stands for that of PATH.
struct ShelfRecord
{
    QString current;
    QString previous;         ///< what to go back to
    bool hasPrevious = false; ///< there is something to go back to
    bool isChosen = false;    ///< the person went back to the current one: it is used even if PATH's is newer

    bool operator==(const ShelfRecord &) const = default;
};

/// Whether the version of a yt-dlp is older than another's; an empty one is older than any.
bool isOlder(const QString &version, const QString &other);
/// Why a release that is older than the one in use is not taken, and how to take it all the same.
Error olderError(const QString &version, const QString &current);

/// Where the yt-dlp that were fetched are kept: FOLDER/VERSION/yt-dlp, at most two, and FOLDER/record.json to
/// tell which of them is in use. Its functions block.
class Shelf final
{
public:
    explicit Shelf(QString folder)
        : m_folder(std::move(folder))
    {
    }
    /// "tools/yt-dlp" in the folder for this program's data.
    static QString folderIn(const QString &dataFolder);

    const QString &folder() const { return m_folder; }
    /// What is gone, or was never there, is not named.
    ShelfRecord record() const;
    /// Of that version; empty when it is.
    QString path(const QString &version) const;

    /// Makes the folder, and closes it to other users: programs in it are run.
    Result<void> prepare() const;
    /// Takes a file that was fetched into use if it is a yt-dlp that can be used, and not older than the one
    /// in use unless `allowOlder`: its version. Others than it and the one before go. Errors: BadInput,
    /// TooOld (the file is removed then); Unwritable, DiskFull, Locked.
    Result<QString> put(const QString &file, bool allowOlder) const;
    /// Uses the one before. Errors: NotFound when there is none; Unwritable, DiskFull, Locked.
    Result<ShelfRecord> goBack() const;

private:
    Result<void> write(const ShelfRecord &record) const;
    void clearBut(const ShelfRecord &record) const;

    QString m_folder;
};

/// ytdlp::findTools() with what is on the shelf, if the paths do not say what was fetched. Blocks.
ytdlp::Tools findTools(ytdlp::ToolPaths paths, const QString &shelfFolder);

} // namespace earmark::tools
