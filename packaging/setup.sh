#!/usr/bin/env bash
# Installs what Earmark needs from the system's own package archive, and nothing that is there already.
#
#   packaging/setup.sh GROUP…    build: compiler and libraries; run: what the programs call; test: what the tests call;
#                                bench: what the benchmarks compare with; fuzz: what tests/fuzz/run.sh calls;
#                                newest: the newest yt-dlp of Debian's archive and deno, in build/newest, nowhere else
#
# The only file that names what has to be there to build, run and test. On a system without apt it says what is
# missing and stops.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root

# The oldest yt-dlp with --plugin-dirs; the same as ytdlp::OldestYtDlp.
readonly oldest_ytdlp=2024.10.22

# group | Debian's package | how to find it without dpkg | what it is called elsewhere
readonly needs='
build|g++|command c++|a C++20 compiler
build|cmake|command cmake|CMake 3.25 or newer
build|ninja-build|command ninja|Ninja
build|pkg-config|command pkg-config|pkg-config
build|qt6-base-dev|module Qt6Widgets|Qt 6.4 or newer (Core, Concurrent, Network, Gui, Widgets, Test), with its headers
build|qt6-svg-dev|module Qt6Svg|Qt Svg, with its headers
build|qt6-multimedia-dev|module Qt6Multimedia|Qt Multimedia, with its headers
build|libavformat-dev|module libavformat|libavformat of FFmpeg, with its headers
build|libavcodec-dev|module libavcodec|libavcodec of FFmpeg, with its headers
build|libavutil-dev|module libavutil|libavutil of FFmpeg, with its headers
build|libswresample-dev|module libswresample|libswresample of FFmpeg, with its headers
build|libsndfile1-dev|module sndfile|libsndfile, with its headers
build|libebur128-dev|module libebur128|libebur128, with its headers
build|libsoundtouch-dev|module soundtouch|SoundTouch, with its headers
build|libpulse-dev|module libpulse|libpulse, with its headers
build|libsqlite3-dev|module sqlite3|SQLite 3.40 or newer, with its headers
build|libarchive-dev|module libarchive|libarchive, with its headers
build|nlohmann-json3-dev|header nlohmann/json.hpp|nlohmann-json 3.11 or newer
build|libcli11-dev|header CLI/CLI.hpp|CLI11
build|libexpected-dev|header tl/expected.hpp|tl-expected
build|libcpp-httplib-dev|module cpp-httplib|cpp-httplib
build|libssl-dev|module openssl|OpenSSL, with its headers
run|libqt6svg6|plugin iconengines/libqsvgicon.so|the icon engine of Qt Svg
run|qt6-wayland|plugin platforms/libqwayland-generic.so|the Wayland plugin of Qt
run|ffmpeg|command ffmpeg|ffmpeg
run|yt-dlp|ytdlp|yt-dlp 2024.10.22 or newer
run|gpgv|optional|gpgv, which checks the signatures of releases of yt-dlp
test|gpg|command gpg|GnuPG
test|gpg-agent|command gpg-agent|the key daemon of GnuPG (gpg-agent)
test|openssl|command openssl|the openssl program
test|xvfb|command Xvfb|Xvfb
test|openbox|command openbox|openbox
test|dbus-daemon|command dbus-daemon|dbus-daemon
test|at-spi2-core|optional|at-spi2-core
test|pulseaudio|command pulseaudio|PulseAudio
test|pulseaudio-utils|command pactl|the tools of PulseAudio (pactl, parec)
test|xdotool|optional|xdotool
test|mpv|optional|mpv, the player that cuts are judged by
test|mkvtoolnix|optional|mkvmerge
test|imagemagick|optional|ImageMagick
test|python3|command python3|Python 3
test|python3-yaml|optional|PyYAML, for /usr/bin/python3
test|python3-markdown-it|optional|markdown-it-py, for /usr/bin/python3
test|python3-torch|optional|PyTorch, for /usr/bin/python3
test|python3-torchaudio|optional|torchaudio, for /usr/bin/python3
test|clang-format|optional|clang-format 14
test|shellcheck|command shellcheck|shellcheck
test|desktop-file-utils|command desktop-file-validate|desktop-file-utils
test|appstream|command appstreamcli|appstreamcli
test|ccache|optional|ccache
test|mold|optional|mold
fuzz|clang|command clang++|clang 14 or newer
fuzz|libclang-rt-dev|optional|libFuzzer and the sanitizers of clang
bench|python3-pandas|optional|pandas, for /usr/bin/python3
bench|ripgrep|command rg|ripgrep
bench|sox|command sox|SoX
'

say() { printf 'setup: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

has_ytdlp() {
    local path version
    path=$(type -P yt-dlp) || return 1
    # Asking the package is 20 times faster than starting Python, and this runs at every start.
    if [[ $path != /usr/bin/yt-dlp ]] || ! version=$(dpkg-query -W -f='${Version}' yt-dlp 2>/dev/null); then
        version=$("$path" --version 2>/dev/null) || return 1
    fi
    [[ ! $version < $oldest_ytdlp ]]
}

# --- with apt ---------------------------------------------------------------------------------------------------

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif type -P sudo >/dev/null; then
        sudo "$@"
    else
        fail "this needs root, and there is no sudo: run it as root, or ask the administrator for: ${missing[*]}"
    fi
}

apt_update() {
    local try
    # A machine that has just started often updates its own lists at this moment, and apt does not wait for that.
    for try in 1 2 3; do
        as_root apt-get -q update && return
        say "the package lists were not updated (try $try of 3)"
        ((try == 3)) || sleep 10
    done
}

# The newest version that the sources offer, on all suites, whatever their priority.
newest_offered() {
    apt-cache madison "$1" | awk -F '|' '{gsub(/ /, "", $2); print $2}' | sort -V | tail -n 1
}

# Prints the source file $1 with the suite $3-backports put in beside $3, at the entry that apt numbers $2: a stanza
# in a .sources file (apt does not count those that hold comments only), else a line.
with_backports() {
    if [[ $1 != *.sources ]]; then
        sed "$2{p;s/\([[:space:]]\)$3\([[:space:]]\)/\1$3-backports\2/}" "$1"
        return
    fi
    awk -v wanted="$2" -v suite="$3" '
        /^[[:space:]]*$/ { inside = 0; field = "" }
        /^[^#[:space:]]/ { if (!inside) { inside = 1; ++stanza }; field = tolower($1) }
        stanza == wanted && field ~ /^suites:/ && !/^#/ {
            if (match($0, "(^|[[:space:]:])" suite "([[:space:]]|$)")) {
                hit = substr($0, RSTART, RLENGTH)
                sub(suite, "& " suite "-backports", hit)
                $0 = substr($0, 1, RSTART - 1) hit substr($0, RSTART + RLENGTH)
            }
        }
        { print }' "$1"
}

# Adds the backports suite to the system's own entry, so that the mirror and the keys are the person's.
add_backports() {
    local system=$1 codename=$2 entry file number changed
    # shellcheck disable=SC2016 # apt-get expands these. The origin keeps out other people's archives for this release.
    entry=$(apt-get indextargets --format '$(ORIGIN)|$(SOURCESENTRY)' 'Created-By: Packages' \
        "Release: $codename" 'Component: main' | sed -n "s/^$system|//Ip" | head -n 1)
    file=${entry%:*} number=${entry##*:}
    [[ -n $entry && -f $file ]] ||
        fail "no package source holds $codename/main: add $codename-backports by hand, or $(ytdlp_by_hand)"
    changed=$(mktemp)
    with_backports "$file" "$number" "$codename" >"$changed"
    if cmp -s "$file" "$changed"; then
        rm "$changed"
        fail "$file is in an unknown form: add $codename-backports to it by hand, or $(ytdlp_by_hand)"
    fi
    say "yt-dlp is too old in $codename: adding $codename-backports to $file (the old one is kept as $file.save)"
    diff -U 0 "$file" "$changed" | tail -n +4 >&2 || true
    as_root cp -p "$file" "$file.save" # apt leaves *.save alone
    as_root cp "$changed" "$file"
    rm "$changed"
}

ytdlp_by_hand() {
    echo "put a yt-dlp of $oldest_ytdlp or newer on PATH yourself (for example with pipx) and start again."
}

# Sets ytdlp_version to a version that is new enough, from backports if need be.
choose_ytdlp() {
    local system='' codename=''
    ytdlp_version=$(newest_offered yt-dlp)
    if [[ $ytdlp_version < $oldest_ytdlp ]]; then
        # shellcheck disable=SC1091 # the system's own description of itself
        { read -r system && read -r codename; } < <(. /etc/os-release && printf '%s\n' "$ID" "${VERSION_CODENAME:-}")
        [[ -n $codename ]] || fail "this system offers no yt-dlp that is new enough: $(ytdlp_by_hand)"
        if [[ -z $(apt-get indextargets --format x 'Created-By: Packages' "Release: $codename-backports") ]]; then
            add_backports "$system" "$codename"
            apt_update
            ytdlp_version=$(newest_offered yt-dlp)
        fi
    fi
    [[ ! $ytdlp_version < $oldest_ytdlp ]] ||
        fail "this system offers no yt-dlp that is new enough: $(ytdlp_by_hand)"
}

setup_apt() {
    local group package probe installed wanted=() ytdlp_version
    missing=()
    installed=" $(dpkg-query -W -f='${db:Status-Status}:${Package} ' | tr -s '\n' ' ') "
    while IFS='|' read -r group package probe _; do
        [[ " $* " == *" $group "* && -n $group ]] || continue
        if [[ $probe == ytdlp ]]; then
            has_ytdlp || missing+=("$package")
        elif [[ $installed != *" installed:$package "* ]]; then
            missing+=("$package")
        fi
    done <<<"$needs"
    ((${#missing[@]})) || return 0

    say "installing what is missing for $*: ${missing[*]}"
    apt_update
    for package in "${missing[@]}"; do
        if [[ $package == yt-dlp ]]; then
            choose_ytdlp
            package+="=$ytdlp_version"
        fi
        wanted+=("$package")
    done
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 -o DPkg::Use-Pty=0 install "${wanted[@]}" ||
        fail "apt-get could not install them; its own message stands above."
    hash -r
    if [[ " ${missing[*]} " == *" yt-dlp "* ]] && ! has_ytdlp; then
        fail "$(type -P yt-dlp) is too old and comes first on PATH: update it, or remove it."
    fi
}

# --- without apt ------------------------------------------------------------------------------------------------

is_there() {
    case $1 in
    command) type -P "$2" >/dev/null ;;
    module) pkg-config --exists "$2" 2>/dev/null ;;
    header) echo "#include <$2>" | c++ -std=c++20 -E -x c++ - >/dev/null 2>&1 ;;
    plugin) [[ -e $(pkg-config --variable=libdir Qt6Core 2>/dev/null)/qt6/plugins/$2 ]] ;;
    ytdlp) has_ytdlp ;;
    optional) true ;;
    esac
}

setup_other() {
    local group probe name lacking=()
    while IFS='|' read -r group _ probe name; do
        [[ " $* " == *" $group "* && -n $group ]] || continue
        # shellcheck disable=SC2086 # a probe is one or two words
        is_there $probe || lacking+=("$name")
    done <<<"$needs"
    ((${#lacking[@]})) || return 0
    say "this system has no apt. Please install these yourself and start again:"
    printf '  %s\n' "${lacking[@]}" >&2
    exit 1
}

# --- the newest tools, for tests --------------------------------------------------------------------------------

readonly newest=$root/build/newest

# Asks apt with sources of its own: the system's sources, lists and priorities stay as they are.
apt_aside() {
    local program=$1
    shift
    "$program" -q -o Dir::Etc::SourceList="$newest/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$newest/lists" -o Dir::Cache="$newest/cache" -o Acquire::Languages=none \
        -o APT::Sandbox::User="$(id -un)" "$@"
}

newest_ytdlp() {
    local mirror keys=/usr/share/keyrings/debian-archive-keyring.gpg suite version package
    # shellcheck disable=SC2016 # apt-get expands this
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' | head -n 1)
    [[ -n $mirror && -e $keys ]] || return
    mkdir -p "$newest/lists/partial" "$newest/cache/archives/partial"
    for suite in trixie-backports sid; do
        echo "deb [signed-by=$keys] $mirror $suite main"
    done >"$newest/sources.list"
    apt_aside apt-get update >"$newest/log" 2>&1 || return
    version=$(apt_aside apt-cache madison yt-dlp | awk -F '|' '{gsub(/ /, "", $2); print $2}' | sort -V | tail -n 1)
    [[ -n $version ]] || return
    (cd "$newest" && apt_aside apt-get download "yt-dlp=$version" >>log 2>&1) || return
    package=$(find "$newest" -maxdepth 1 -name 'yt-dlp_*.deb' | sort -V | tail -n 1)
    rm -rf "$newest/yt-dlp"
    dpkg-deb -x "$package" "$newest/yt-dlp" || return
    rm -rf "$newest"/{yt-dlp_*.deb,lists,cache,sources.list}
    mkdir -p "$newest/bin"
    cat >"$newest/bin/yt-dlp" <<'END'
#!/bin/sh
PYTHONPATH=$(dirname "$(readlink -f "$0")")/../yt-dlp/usr/lib/python3/dist-packages exec /usr/bin/python3 -m yt_dlp "$@"
END
    chmod +x "$newest/bin/yt-dlp"
    "$newest/bin/yt-dlp" --version >>"$newest/log" 2>&1
}

newest_deno() {
    type -P npm >/dev/null || return
    # The program lies in a package of its own for each system; the scripts of the packages are not needed.
    npm install --prefix "$newest/npm" --ignore-scripts --no-audit --no-fund --no-save deno >>"$newest/log" 2>&1 || return
    mkdir -p "$newest/bin"
    ln -sf "$(find "$newest/npm/node_modules/@deno" -type f -name deno | head -n 1)" "$newest/bin/deno"
    "$newest/bin/deno" --version >>"$newest/log" 2>&1
}

# Looks again after a week. What cannot be had is said, and is no error: the tests that want it are skipped.
setup_newest() {
    mkdir -p "$newest"
    if [[ -x $newest/bin/yt-dlp && -n $(find "$newest/looked" -mtime -7 2>/dev/null) ]]; then return 0; fi
    say 'looking for the newest yt-dlp and deno'
    if type -P apt-get dpkg-deb >/dev/null && newest_ytdlp; then
        say "the tests run with yt-dlp $("$newest/bin/yt-dlp" --version), too"
    else
        say "the newest yt-dlp of Debian's archive cannot be had (see build/newest/log): no tests with it"
    fi
    newest_deno || say 'deno cannot be had by way of npm: no tests with it'
    touch "$newest/looked"
}

# ----------------------------------------------------------------------------------------------------------------

(($#)) || fail "say what for: packaging/setup.sh build|run|test|bench|fuzz|newest …"
for group in "$@"; do
    [[ $group =~ ^(build|run|test|bench|fuzz|newest)$ ]] ||
        fail "unknown group '$group': build, run, test, bench, fuzz or newest."
done
if type -P apt-get dpkg-query >/dev/null; then
    setup_apt "$@"
else
    setup_other "$@"
fi
if [[ " $* " == *' newest '* ]]; then setup_newest; fi
