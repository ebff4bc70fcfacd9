#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
}

#include <QString>

#include <memory>

namespace earmark::audio {

// Owners of what libav hands out.
template <auto Free>
struct LibavDeleter
{
    template <class T>
    void operator()(T *object) const
    {
        Free(&object);
    }
};
using FormatPtr = std::unique_ptr<AVFormatContext, LibavDeleter<avformat_close_input>>;
using CodecPtr = std::unique_ptr<AVCodecContext, LibavDeleter<avcodec_free_context>>;
using PacketPtr = std::unique_ptr<AVPacket, LibavDeleter<av_packet_free>>;
using FramePtr = std::unique_ptr<AVFrame, LibavDeleter<av_frame_free>>;
using SwrPtr = std::unique_ptr<SwrContext, LibavDeleter<swr_free>>;

/// libav's own words for one of its error numbers.
QString libavText(int error);
/// libav prints what it meets in a file to standard error; what matters comes back as errors, so that is
/// turned off, once for the process.
void silenceLibav();

} // namespace earmark::audio
