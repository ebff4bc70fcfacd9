#pragma once

#include <QByteArray>
#include <QString>

namespace earmark::playback {

/// An output of the system.
struct Output
{
    QByteArray id;
    QString name; ///< for the user
    bool isDefault = false;

    bool operator==(const Output &) const = default;
};

} // namespace earmark::playback
