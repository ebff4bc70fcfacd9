#include "support/youtubewebm.h"

#include <QFile>
#include <QtEndian>

#include <bit>

namespace earmark::test {

namespace {

constexpr qint64 PacketMs = 20;
constexpr qint64 ClusterMs = 10'000;

QByteArray bigEndian(quint64 value, int bytes)
{
    QByteArray all(8, '\0');
    qToBigEndian(value, all.data());
    return all.right(bytes);
}

/// An EBML element: its number, its length in eight bytes, its content.
QByteArray element(quint32 id, const QByteArray &content)
{
    const int idBytes = (std::bit_width(id) + 7) / 8;
    return bigEndian(id, idBytes) + '\x01' + bigEndian(static_cast<quint64>(content.size()), 7) + content;
}

QByteArray number(quint32 id, quint64 value)
{
    return element(id, bigEndian(value, 8));
}

QByteArray real(quint32 id, double value)
{
    return element(id, bigEndian(std::bit_cast<quint64>(value), 8));
}

QByteArray header()
{
    return element(0x1A45DFA3, number(0x4286, 1) + number(0x42F7, 1) + number(0x42F2, 4) + number(0x42F3, 8) +
                                   element(0x4282, "webm") + number(0x4287, 4) + number(0x4285, 2));
}

QByteArray tracks(const QByteArray &head)
{
    const quint64 delay = qFromLittleEndian<quint16>(head.constData() + 10) * quint64{1'000'000'000} / 48'000;
    const auto channels = static_cast<unsigned char>(head[9]);
    return element(0x1654AE6B, element(0xAE, number(0xD7, 1) + number(0x73C5, 1) + number(0x83, 2) +
                                                 element(0x86, "A_OPUS") + element(0x63A2, head) +
                                                 number(0x56AA, delay) + number(0x56BB, 80'000'000) +
                                                 element(0xE1, real(0xB5, 48'000) + number(0x9F, channels))));
}

QByteArray cuePoint(qint64 timeMs, qint64 position)
{
    return element(0xBB, number(0xB3, static_cast<quint64>(timeMs)) +
                             element(0xB7, number(0xF7, 1) + number(0xF1, static_cast<quint64>(position))));
}

QByteArray simpleBlock(qint64 relativeMs, const QByteArray &packet)
{
    return element(0xA3, '\x81' + bigEndian(static_cast<quint64>(relativeMs), 2) + '\x80' + packet);
}

} // namespace

OpusPackets readOggOpus(const QString &path)
{
    QFile file(path);
    OpusPackets result;
    if (!file.open(QIODevice::ReadOnly))
        return result;
    const QByteArray all = file.readAll();
    QList<QByteArray> packets;
    QByteArray packet;
    constexpr qsizetype PageHeader = 27; // RFC 3533, 6
    for (qsizetype at = 0; at + PageHeader <= all.size() && all.mid(at, 4) == "OggS";) {
        const auto segments = static_cast<unsigned char>(all[at + PageHeader - 1]);
        qsizetype from = at + PageHeader + segments;
        for (int i = 0; i < segments; ++i) {
            const auto length = static_cast<unsigned char>(all[at + PageHeader + i]);
            packet += all.mid(from, length);
            from += length;
            if (length < 255)
                packets.append(std::exchange(packet, QByteArray()));
        }
        at = from;
    }
    if (packets.size() < 3 || !packets[0].startsWith("OpusHead"))
        return result;
    result.head = packets[0];
    result.packets = packets.mid(2); // behind OpusTags
    return result;
}

QByteArray youtubeWebm(const OpusPackets &opus, const WebmLayout &layout)
{
    struct Cluster
    {
        qint64 time = 0; ///< ms
        QByteArray blocks;
    };
    QList<Cluster> clusters;
    for (qsizetype i = 0; i < opus.packets.size(); ++i) {
        const qint64 time = layout.firstBlockMs + i * PacketMs;
        if (i * PacketMs % ClusterMs == 0)
            clusters.append(Cluster{time, {}});
        clusters.back().blocks += simpleBlock(time - clusters.back().time, opus.packets[i]);
    }
    if (layout.missingCluster >= 0)
        clusters.removeAt(layout.missingCluster);

    const double duration = static_cast<double>(layout.firstBlockMs + opus.packets.size() * PacketMs);
    const QByteArray before = element(0x1549A966, number(0x2AD7B1, 1'000'000) + real(0x4489, duration) +
                                                      element(0x4D80, "google") + element(0x5741, "google")) +
                              tracks(opus.head);
    // The cues are as long whatever they say.
    qint64 position = before.size() + element(0x1C53BB6B, cuePoint(0, 0).repeated(clusters.size())).size();
    QByteArray cues;
    QByteArray written;
    for (const Cluster &cluster : clusters) {
        cues += cuePoint(cluster.time, position + written.size());
        written += element(0x1F43B675, number(0xE7, static_cast<quint64>(cluster.time)) + cluster.blocks);
    }
    return header() + element(0x18538067, before + element(0x1C53BB6B, cues) + written);
}

} // namespace earmark::test
