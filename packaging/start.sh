#!/usr/bin/env bash
# Sets up, builds and starts Earmark:
#
#   packaging/start.sh               the built-in sample, downloaded from a source inside the program
#   packaging/start.sh SPLIT.csv …   that split, downloaded from YouTube
#
# Without a display the first does the same job on the command line, and the second says how to do it there.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root build=$root/build/release

say() { printf 'start: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

for file in "$@"; do
    [[ $file == -* || -r $file ]] || fail "'$file' cannot be read: give the path of a split file (CSV)."
done

"$root/packaging/setup.sh" build run

if [[ ! -f $build/build.ninja ]]; then
    say 'the first build takes a few minutes.'
    cmake -S "$root" --preset release -Wno-dev || fail "CMake refused; its reason stands above."
fi
cmake --build "$build" || fail "the build failed; the reason stands above."

# Says beforehand what would make downloads from YouTube fail.
if [[ $# -gt 0 && ${1-} != -* ]]; then
    say 'what downloads from YouTube need on this computer:'
    "$build/bin/earmark-cli" doctor >&2 || true
fi

if [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    (($#)) || set -- --demo
    exec "$build/bin/earmark" "$@"
fi

if (($#)); then
    say 'there is no display for the window. On the command line the same is done by:'
    printf '  %q fetch %q --into FOLDER\n' "$build/bin/earmark-cli" "$1" >&2
    printf '  %q export FOLDER --format nemo --out FOLDER/manifest.json\n' "$build/bin/earmark-cli" >&2
    exit 1
fi

say 'there is no display for the window: doing the same job on the command line.'
exec "$build/bin/earmark-cli" demo --into "$root/build/demo"
