#pragma once

#include "base/descriptor.h"
#include "base/result.h"

namespace earmark::ytdlp {

/// A folder for passwords, tokens and cookies that a process is given: below the user's runtime folder
/// (XDG_RUNTIME_DIR, which lives in memory), else the temporary folder; never in a workspace, which people
/// pass on. Readable by this user alone; removed with this object.
class SecretFolder final
{
public:
    /// Errors: Unwritable.
    static Result<SecretFolder> make();

    SecretFolder(SecretFolder &&other) noexcept;
    SecretFolder &operator=(SecretFolder &&other) noexcept;
    ~SecretFolder();

    const QString &path() const { return m_path; }

private:
    SecretFolder(QString path, Descriptor held);

    QString m_path;    ///< empty: moved from
    Descriptor m_held; ///< of the folder; locked, as long as this program uses it
};

/// Removes the secret folders of this user that no running program holds: what was left when one was killed.
/// Looks through the temporary folder; call it off the window's thread.
void sweepSecretFolders();

} // namespace earmark::ytdlp
