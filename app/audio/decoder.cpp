#include "audio/decoder.h"

#include "base/ownfiles.h"

#include <QFile>
#include <QFileInfo>
#include <QVersionNumber>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace earmark::audio {

namespace {

// Some of what is before the span is decoded and thrown away, because codecs lean on what was before: Opus
// wants 80 ms (RFC 7845, 4.6), MP3 up to 9 frames of bit reservoir, AAC one frame.
constexpr double PreRoll = 1.0;
// Kept on each side of the span; soxr's filter is some milliseconds long.
constexpr double Margin = 0.2;
// A file whose times stand still would be kept whole: no span holds more sound than this beyond its own
// length.
constexpr double MostExtra = 30.0;

/// What a downloader may have stored. Playlists are not among them: a web page's answer must not make this
/// program open other files.
constexpr char Containers[] =
    "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,ogg,wav,w64,aiff,caf,flac,mp3,aac,avi,flv,mpegts,asf,nut";

tl::unexpected<Error> badMedia(const QString &text)
{
    return failure(ErrorCode::BadMedia, text);
}

/// How the section's times came about. A source in Matroska states a "codec delay" (CodecDelay, RFC 9559,
/// 5.1.4.1.25) that its blocks' times are late by. libavformat takes it off in whole ticks: 6.5 ms of Opus
/// as 7. FFmpeg's muxer puts the same number of ticks on again, but only behind libavformat 59.30.100
/// (FFmpeg 5.1); what was written until then is read with the delay taken off twice.
struct MatroskaDelay
{
    double toAdd = 0; ///< seconds, to what the demuxer says, for the time that the source's demuxer said
    double delay = 0; ///< seconds, as stated
    double lost = 0;  ///< seconds, see SectionFacts

    MatroskaDelay() = default;
    MatroskaDelay(const AVFormatContext &format, const AVStream &stream)
    {
        const AVCodecParameters &codec = *stream.codecpar;
        // Opus counts its delay at 48 kHz, whatever it decodes to (RFC 7845).
        const int rate = codec.codec_id == AV_CODEC_ID_OPUS ? 48000 : codec.sample_rate;
        if (codec.initial_padding <= 0 || rate <= 0 ||
            !QByteArray(format.iformat->name).startsWith("matroska"))
            return;
        const double ticks =
            static_cast<double>(av_rescale_q(codec.initial_padding, {1, rate}, stream.time_base)) *
            av_q2d(stream.time_base);
        delay = static_cast<double>(codec.initial_padding) / rate;
        lost = ticks - delay;
        const AVDictionaryEntry *muxer = av_dict_get(format.metadata, "encoder", nullptr, 0);
        const QString text = muxer ? QString::fromUtf8(muxer->value) : QString();
        const auto version = text.startsWith("Lavf"_L1) ? QVersionNumber::fromString(QStringView(text).mid(4))
                                                        : QVersionNumber();
        if (!version.isNull() && version <= QVersionNumber(59, 30, 100))
            toAdd = ticks;
    }
};

/// Whether the download says that its source was Matroska, whose clock ticks in milliseconds as a rule.
bool isFromMatroska(const AVFormatContext &format)
{
    const AVDictionaryEntry *kind = av_dict_get(format.metadata, "EARMARK_SOURCE", nullptr, 0);
    return kind && QByteArrayView(kind->value) == "matroska";
}

/// Samples at the end of a frame that the encoder put there to fill it.
qint64 paddingAtEnd(const AVFrame &frame)
{
    const AVFrameSideData *skip = av_frame_get_side_data(&frame, AV_FRAME_DATA_SKIP_SAMPLES);
    if (!skip || skip->size < 8)
        return 0;
    return std::min<qint64>(qFromLittleEndian<quint32>(skip->data + 4), frame.nb_samples);
}

class Decoder final
{
public:
    Decoder(QString path, Span span, std::stop_token stop)
        : m_path(std::move(path))
        , m_name(QFileInfo(m_path).fileName())
        , m_span(span)
        , m_stop(std::move(stop))
    {
    }

    Result<DecodedSpan> run();

private:
    Result<void> open();
    Result<void> openCodec();
    /// Takes all frames that the codec has ready; false when the last one that matters was among them.
    Result<bool> drain();
    Result<bool> keep(FramePtr frame);
    std::optional<double> clock(qint64 pts) const;

    const QString m_path;
    const QString m_name;
    const Span m_span;
    const std::stop_token m_stop;
    FormatPtr m_format;
    CodecPtr m_codec;
    AVStream *m_stream = nullptr;
    double m_correction = 0; ///< seconds
    double m_kept = 0;       ///< seconds
    DecodedSpan m_result;
};

Result<void> Decoder::open()
{
    QFile file(m_path);
    if (auto opened = openRegularFile(file); !opened)
        return opened;
    if (file.size() == 0)
        return badMedia(u"%1 is empty; download it again."_s.arg(m_name));

    AVDictionary *options = nullptr;
    av_dict_set(&options, "format_whitelist", Containers, 0);
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    AVFormatContext *format = nullptr;
    const QByteArray url = "file:" + QFile::encodeName(m_path);
    int error = avformat_open_input(&format, url.constData(), nullptr, &options);
    av_dict_free(&options);
    m_format.reset(format);
    if (error >= 0)
        error = avformat_find_stream_info(format, nullptr);
    if (error == AVERROR(ENOMEM))
        return failure(ErrorCode::Internal, u"There is not enough memory to open %1."_s.arg(m_name));
    if (error < 0)
        return badMedia(u"%1 is not a sound file that can be read; download it again."_s.arg(m_name));
    return {};
}

Result<void> Decoder::openCodec()
{
    const AVCodec *codec = nullptr;
    const int index = av_find_best_stream(m_format.get(), AVMEDIA_TYPE_AUDIO, -1, -1, &codec, 0);
    if (index == AVERROR_STREAM_NOT_FOUND)
        return badMedia(u"%1 holds no sound."_s.arg(m_name));
    if (index < 0)
        return badMedia(u"The sound of %1 is in a format that is not known here."_s.arg(m_name));
    for (unsigned i = 0; i < m_format->nb_streams; ++i) {
        if (i != static_cast<unsigned>(index))
            m_format->streams[i]->discard = AVDISCARD_ALL;
    }
    m_stream = m_format->streams[index];
    m_codec.reset(avcodec_alloc_context3(codec));
    if (!m_codec || avcodec_parameters_to_context(m_codec.get(), m_stream->codecpar) < 0)
        return failure(ErrorCode::Internal, u"There is not enough memory to decode %1."_s.arg(m_name));
    m_codec->pkt_timebase = m_stream->time_base;
    const MatroskaDelay delay(*m_format, *m_stream);
    m_correction = delay.toAdd;
    m_result.facts = {-delay.delay, delay.lost, isFromMatroska(*m_format), false};
    // Or the decoder drops the "pre-skip" at whatever place the section begins, and moves the times by it,
    // rounded.
    m_codec->flags2 |= AV_CODEC_FLAG2_SKIP_MANUAL;
    // Programs run many of these side by side; one clip is too little to share out.
    m_codec->thread_count = 1;
    if (const int error = avcodec_open2(m_codec.get(), codec, nullptr); error < 0)
        return badMedia(u"The sound of %1 cannot be decoded: %2."_s.arg(m_name, libavText(error)));
    return {};
}

std::optional<double> Decoder::clock(qint64 pts) const
{
    if (pts == AV_NOPTS_VALUE)
        return std::nullopt;
    return static_cast<double>(pts) * av_q2d(m_stream->time_base) + m_correction;
}

Result<bool> Decoder::keep(FramePtr frame)
{
    const qint64 samples = frame->nb_samples - paddingAtEnd(*frame);
    if (samples <= 0)
        return true;
    if (frame->sample_rate <= 0)
        return badMedia(u"The sound of %1 is damaged; download it again."_s.arg(m_name));
    const double duration = static_cast<double>(samples) / frame->sample_rate;
    const std::optional<double> time = clock(frame->pts);
    if (time && *time + duration < m_span.start - Margin)
        return true;
    if (time && *time > m_span.end + Margin)
        return false;

    if (!m_result.frames.empty()) {
        const AVFrame &before = *m_result.frames.back();
        const bool same = before.sample_rate == frame->sample_rate && before.format == frame->format &&
                          av_channel_layout_compare(&before.ch_layout, &frame->ch_layout) == 0;
        // Codecs find out about themselves in their first frames (HE-AAC doubles its rate): start anew.
        if (!same && time && *time <= m_span.start) {
            m_result.frames.clear();
            m_result.blocks.clear();
            m_kept = 0;
        } else if (!same) {
            return badMedia(u"The sound of %1 changes its rate or channels in the middle."_s.arg(m_name));
        }
    }
    m_kept += duration;
    if (m_kept > m_span.end - m_span.start + MostExtra)
        return badMedia(u"The times in %1 make no sense; download it again."_s.arg(m_name));
    m_result.sampleRate = frame->sample_rate;
    m_result.blocks.push_back({time, samples});
    m_result.frames.push_back(std::move(frame));
    return true;
}

Result<bool> Decoder::drain()
{
    for (;;) {
        FramePtr frame(av_frame_alloc());
        if (!frame)
            return failure(ErrorCode::Internal, u"There is not enough memory to decode %1."_s.arg(m_name));
        // Damage is no error here: what is missing shows as a gap, if the span needs it.
        if (avcodec_receive_frame(m_codec.get(), frame.get()) < 0)
            return true;
        const Result<bool> more = keep(std::move(frame));
        if (!more || !*more)
            return more;
    }
}

Result<DecodedSpan> Decoder::run()
{
    if (const auto opened = open().and_then([this] { return openCodec(); }); !opened)
        return tl::unexpected(opened.error());
    const PacketPtr packet(av_packet_alloc());
    if (!packet)
        return failure(ErrorCode::Internal, u"There is not enough memory to decode %1."_s.arg(m_name));

    bool more = true;
    while (more) {
        if (m_stop.stop_requested())
            return cancelled();
        const bool atEnd = av_read_frame(m_format.get(), packet.get()) < 0;
        if (!atEnd && packet->stream_index == m_stream->index) {
            const auto time = clock(packet->pts);
            if (!time || *time >= m_span.start - PreRoll)
                avcodec_send_packet(m_codec.get(), packet.get());
        }
        av_packet_unref(packet.get());
        if (atEnd)
            avcodec_send_packet(m_codec.get(), nullptr);
        const Result<bool> drained = drain();
        if (!drained)
            return tl::unexpected(drained.error());
        more = *drained && !atEnd;
    }
    return std::move(m_result);
}

} // namespace

Result<DecodedSpan> decodeSpan(const QString &path, Span span, std::stop_token stop)
{
    silenceLibav();
    return Decoder(path, span, std::move(stop)).run();
}

} // namespace earmark::audio
