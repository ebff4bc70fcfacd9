#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace earmark::test {

/// Opus as an encoder wrote it: packets of 20 ms.
struct OpusPackets
{
    QByteArray head; ///< OpusHead (RFC 7845, 5.1)
    QList<QByteArray> packets;
};

/// Takes the packets out of an Ogg file with one stream of Opus; nothing when it is none.
OpusPackets readOggOpus(const QString &path);

/// How a WebM file is laid out.
struct WebmLayout
{
    qint64 firstBlockMs = 0; ///< time of the first block
    int missingCluster = -1; ///< the cluster of ten seconds that is left out, from 0; -1: none
};

/// A WebM file as YouTube lays it out: blocks at 0, 20, 40 … ms though the sound begins before 0 (CodecDelay
/// says by how much), clusters of ten seconds, their places in Cues before them. Written byte by byte from
/// RFC 9559, since FFmpeg's muxer puts its blocks elsewhere (0, 21, 41 ms).
QByteArray youtubeWebm(const OpusPackets &opus, const WebmLayout &layout = {});

} // namespace earmark::test
