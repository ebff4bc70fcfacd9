#pragma once

#include <QByteArrayList>

#include <optional>

namespace earmark::playback {

/// What PulseAudio, or PipeWire in its place, says at this moment; all empty when there is none.
struct SoundServer
{
    QByteArrayList outputs; ///< their names, by which Qt identifies them, too
    bool knowsQt = false;   ///< Qt is connected to it
};

/// Asks the server; nothing when it does not answer within half a second.
///
/// Asked for since Qt 6.8 does not notice that an output was unplugged (its list is kept until the default
/// changes), and then waits for ever for a stream to it to be ready (QPulseAudioSink::open()). Qt 6.11 keeps
/// the list when the server ends, does not come back to one that is away for more than some seconds, and
/// aborts when an output is opened then.
std::optional<SoundServer> askSoundServer();

/// Whether this version of Qt needs to be told. Qt 6.4 does not.
bool qtOverlooksUnplugging();

} // namespace earmark::playback
