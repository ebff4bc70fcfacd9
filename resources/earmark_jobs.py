"""Keeps one yt-dlp process running: every line on standard input is a job for it.

A job is {"job": name, "mark": text, "url": address, "ie": extractor, "start": seconds, "end": seconds}.
"@mark END name" is printed when yt-dlp is done with it, well or not, and asks for the next one. Nobody else knows
the mark: what servers make yt-dlp print is not taken for it.
"""

import json
import struct
import sys

from yt_dlp.extractor.common import InfoExtractor
from yt_dlp.networking import Request
from yt_dlp.postprocessor.common import PostProcessor

# These state times that count from the video's own beginning. In all others (MPEG-TS, MP3, WAV …) the clock begins
# with the first sound, as it does in a player.
MATROSKA = ('webm', 'weba', 'mkv', 'mka')
MP4 = ('m4a', 'mp4', 'm4v', 'mov', '3gp')


def element(content, name):
    """What the first EBML element of that name holds (RFC 8794, 4 to 6), as far as it is there."""
    at = content.find(name) + len(name)
    if at < len(name) or at >= len(content) or content[at] == 0:
        return b''
    width = 9 - content[at].bit_length()  # of its length
    size = int.from_bytes(content[at:at + width], 'big') & ((1 << 7 * width) - 1)
    return content[at + width:at + width + size]


class EarmarkClockPP(PostProcessor):
    """Tells ffmpeg which clock a section is measured by, once yt-dlp knows the kind of file.

    -seek_timestamp: a section begins at that time of the file's own clock, not so long after its first packet.
    -start_at_zero: times count from the first packet; for an MP3, behind the encoder's delay that its header states.
    It is also the only way to read a section of a file that states no start time (WAV, ADTS): ffmpeg 5.1 to 8 take
    every -t for over in one.

    A section of Matroska is marked as such: only there, times were whole milliseconds before it was cut.
    """

    def run(self, info):
        playlist = (info.get('protocol') or '').startswith('m3u8')
        kind = '' if playlist else self._kind(info)
        options = dict(info.get('downloader_options') or {})
        clock = ['-seek_timestamp', '1'] if kind else ['-start_at_zero']
        options['ffmpeg_args'] = [*(options.get('ffmpeg_args') or ()), *clock]
        if kind == 'matroska':
            options['ffmpeg_args_out'] = [
                *(options.get('ffmpeg_args_out') or ()), '-metadata', 'EARMARK_SOURCE=matroska']
            info['duration'] = info.get('duration') or self._stated_duration(info)
        info['downloader_options'] = options
        return [], info

    def _kind(self, info):
        """'matroska', 'mp4' or '' for all others, by the first bytes when yt-dlp does not know."""
        ext = info.get('ext')
        if ext in MATROSKA:
            return 'matroska'
        if ext in MP4:
            return 'mp4'
        if ext not in (None, 'unknown_video'):
            return ''
        head = self._head(info, 8)
        if head[:4] == b'\x1a\x45\xdf\xa3':
            return 'matroska'
        return 'mp4' if head[4:] in (b'ftyp', b'styp', b'moov', b'moof', b'sidx', b'free', b'mdat') else ''

    def _stated_duration(self, info):
        """Seconds that the header of a WebM states (RFC 9559, 5.1.2), or None: tells a hole from the end."""
        facts = element(self._head(info, 4096), b'\x15\x49\xa9\x66')
        scale, length = element(facts, b'\x2a\xd7\xb1'), element(facts, b'\x44\x89')
        if len(length) not in (4, 8):
            return None
        ticks, = struct.unpack('>f' if len(length) == 4 else '>d', length)
        seconds = ticks * (int.from_bytes(scale, 'big') or 1_000_000) / 1e9
        return seconds if 0 < seconds < 1e7 else None

    def _head(self, info, size):
        try:
            headers = {**(info.get('http_headers') or {}), 'Range': f'bytes=0-{size - 1}'}
            with self._downloader.urlopen(Request(info['url'], headers=headers)) as answer:
                return answer.read(size)
        except Exception:  # ffmpeg will say what is wrong with the address
            return b''


class EarmarkJobsIE(InfoExtractor):
    IE_NAME = 'earmark'
    _VALID_URL = r'earmark:jobs$'

    def _real_extract(self, url):
        self._downloader.add_post_processor(EarmarkClockPP(self._downloader), when='video')
        return self.playlist_result(self._jobs(), 'earmark')

    def _jobs(self):
        for line in iter(sys.stdin.readline, ''):
            job = json.loads(line)
            yield {
                '_type': 'url_transparent',
                'url': job['url'],
                'ie_key': job['ie'],
                'title': job['job'],
                'start_time': job['start'],
                'end_time': job['end'],
            }
            print(f"\n@{job['mark']} END {job['job']}", flush=True)
