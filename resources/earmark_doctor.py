"""Tries what yt-dlp needs for YouTube, without the network, and prints what came of it.

"@SOLVER {...}" is one line: "runtime", the JavaScript runtime that would be used; "stage", how far it came: "runtime" (none
is usable), "script" (no solver script is), "run" (they do not work together), "done", or "unknown"; "version" and "source" of the script;
"allowed", what yt-dlp may download at the first video; "skipped", what it would have to; "error", its own words. There is no such line from a yt-dlp without a solver.
"""

import json

from yt_dlp.extractor.common import InfoExtractor


class EarmarkDoctorIE(InfoExtractor):
    IE_NAME = 'earmark:doctor'
    _VALID_URL = r'earmark:doctor$'

    def _real_extract(self, url):
        youtube = self._downloader.get_info_extractor('Youtube')
        youtube.initialize()
        director = getattr(youtube, '_jsc_director', None)
        if director:
            params = self._downloader.params
            components = params.get('remote_components')
            params['remote_components'] = set()  # they are downloaded with the first video, not now
            found = self._try_solver(director)
            found['allowed'] = sorted(components or ())
            print('\n@SOLVER ' + json.dumps(found), flush=True)
            params['remote_components'] = components
        return self.playlist_result([], 'earmark')

    @staticmethod
    def _try_solver(director):
        found = {'stage': 'unknown'}
        try:
            provider = next(iter(director._get_providers([])), None)
            if not provider:
                return {'stage': 'runtime'}
            found.update(runtime=provider.PROVIDER_NAME, stage='script')
            library, core = provider._lib_script, provider._core_script
            found.update(version=library.version, source=library.source.value, stage='run')
            said = provider._run_js_runtime(
                f'{library.code}\nObject.assign(globalThis, lib);\n{core.code}\nconsole.log(typeof jsc);\n')
            if said.strip() != 'function':
                raise ValueError(f'unexpected answer {said!r}')
            found['stage'] = 'done'
        except AttributeError:  # another inside than that of 2025.11.12 to 2026.11.23
            found['stage'] = 'unknown'
        except Exception as error:
            found['error'] = str(error)[:1000]
            found['skipped'] = [each.component for each in getattr(error, '_skipped_components', None) or ()]
        return found
