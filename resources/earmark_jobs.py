"""Keeps one yt-dlp process running: every line on standard input is a job for it.

A job is {"job": name, "mark": text, "url": address, "ie": extractor, "start": seconds, "end": seconds}.
"@mark END name" is printed when yt-dlp is done with it, well or not, and asks for the next one. Nobody else knows
the mark: what servers make yt-dlp print is not taken for it.
"""

import json
import sys

from yt_dlp.extractor.common import InfoExtractor


class EarmarkJobsIE(InfoExtractor):
    IE_NAME = 'earmark'
    _VALID_URL = r'earmark:jobs$'

    def _real_extract(self, url):
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
