#pragma once

#include "tools/ware.h"

#include <QDate>

#include <stop_token>

namespace earmark::tools {

/// Which of the fetched programs of a kind is in use. A version that is empty stands for that of PATH.
struct InstalledVersions
{
    QString current;
    QString previous;         ///< what to go back to
    bool hasPrevious = false; ///< there is something to go back to
    bool isChosen = false;    ///< the user went back to the current one: it is used even if PATH's is newer

    bool operator==(const InstalledVersions &) const = default;
};

/// A release that was the newest of its channel on a day.
struct SeenRelease
{
    QString version; ///< empty: the channel was never looked at
    QDate seen;

    bool operator==(const SeenRelease &) const = default;
};

/// Whether a version is older than another; an empty one is older than any.
bool isOlder(const QString &version, const QString &other);
/// Why a release that is older than the one in use is not taken, and how to take it all the same.
Error olderError(const Ware &ware, const QString &version, const QString &current);

/// Where the fetched programs of a kind are kept: FOLDER/VERSION/NAME, at most two; FOLDER/record.json says
/// which of them is in use, FOLDER/seen.json what was the newest release when Earmark looked last. Its
/// functions block.
class ToolInstallations final
{
public:
    /// `ware` must outlive the shelf.
    explicit ToolInstallations(QString folder, const Ware &ware = ytDlpWare())
        : m_folder(std::move(folder))
        , m_ware(&ware)
    {
    }
    /// "tools/NAME" in the folder for this program's data.
    static QString folderIn(const QString &dataFolder, const Ware &ware = ytDlpWare());

    const Ware &ware() const { return *m_ware; }
    const QString &folder() const { return m_folder; }
    /// What is gone, was never there, or lies where others can write, is not named.
    InstalledVersions record() const;
    /// Of that version; empty when it is.
    QString path(const QString &version) const;

    /// Makes the folder, and closes it to other users: programs in it are run.
    Result<void> prepare() const;
    /// Takes a program that was fetched into use if it can be used and is not older than the one in use,
    /// unless `allowOlder`: its version. Others than it and the one before go. `archiveSum`: SHA-256, in
    /// hexadecimal, of the zip that it came in; empty: it came as it is. Errors: BadInput, TooOld (the file
    /// is removed then); Unwritable, DiskFull, Locked.
    Result<QString> put(const QString &file, bool allowOlder, const QByteArray &archiveSum = {}) const;
    /// SHA-256, in hexadecimal, of what was fetched of that version: the program, or the zip that it came in.
    /// Errors: as sha256Of().
    Result<QByteArray> sumOf(const QString &version, const std::stop_token &stop) const;
    /// Uses the one before. Errors: NotFound when there is none; Unwritable, DiskFull, Locked.
    Result<InstalledVersions> goBack() const;

    /// Remembers what the newest release of a channel is today. Errors: Unwritable, DiskFull.
    Result<void> noteNewest(Channel channel, const QString &version) const;
    SeenRelease newest(Channel channel) const;

private:
    Result<void> write(const InstalledVersions &record) const;
    void clearBut(const InstalledVersions &record) const;

    QString archiveSumFile(const QString &version) const;

    QString m_folder;
    const Ware *m_ware;
};

/// ytdlp::findTools() with what is on the shelves in the folder for this program's data, if the paths do not
/// say what was fetched; and what is known of newer releases. Blocks.
ytdlp::Tools findTools(ytdlp::ToolPaths paths, const QString &dataFolder);

} // namespace earmark::tools
