#pragma once

#include <QByteArrayList>

#include <optional>

namespace earmark::playback {

/// The names of the outputs that PulseAudio, or PipeWire in its place, has at this moment; nothing when no
/// such server answers within half a second. Qt names its outputs alike.
///
/// Asked for since Qt 6.8 does not notice that an output was unplugged (its list is kept until the default
/// changes), and then waits for ever for a stream to it to be ready (QPulseAudioSink::open()).
std::optional<QByteArrayList> serverOutputs();

/// Whether this version of Qt needs to be told. Qt 6.4 does not.
bool qtOverlooksUnplugging();

} // namespace earmark::playback
