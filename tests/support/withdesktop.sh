#!/usr/bin/env bash
# Runs a program on a desktop of its own, which ends with it:
#
#   tests/support/withdesktop.sh PROGRAM [ARGUMENT…]
#   tests/support/withdesktop.sh bash -c 'build/dev/bin/earmark --demo & xdotool …; import -window root shot.png'
#
# It has an X display with a window manager, a session bus with accessibility, a sound server whose only sink,
# "earmark", is heard by recording from "earmark.monitor" (44.1 kHz, mono), and empty XDG folders. The exit status is
# the program's; 125 when the desktop did not come up.
set -euo pipefail

(($#)) || {
    echo "usage: $0 PROGRAM [ARGUMENT…]" >&2
    exit 125
}

base=$(mktemp -d "${TMPDIR:-/tmp}/desktop.XXXXXX")
readonly base
servers=()
program=

# shellcheck disable=SC2317 # reached by the trap
stop() {
    local try
    kill "$1" 2>/dev/null || return 0
    for ((try = 0; try < 250; ++try)); do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.02
    done
    kill -KILL "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# The servers go in the reverse of the order in which they came: nobody loses what it still talks to.
# shellcheck disable=SC2317 # reached by the trap
clean_up() {
    local i
    trap '' INT TERM HUP
    [[ -z $program ]] || stop "$program"
    for ((i = ${#servers[@]} - 1; i >= 0; --i)); do stop "${servers[i]}"; done
    rm -rf "$base"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# start NAME COMMAND…: in the background. Told to end by the kernel too, should this script be killed outright.
start() {
    local name=$1
    shift
    setpriv --pdeathsig TERM "$@" </dev/null >"$base/$name.log" 2>&1 &
    servers+=($!)
}

# wait_for NAME CONDITION…: polls, as none of the servers can be asked to tell.
wait_for() {
    local name=$1 deadline=$((SECONDS + 30))
    shift
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS >= deadline)) || ! kill -0 "${servers[-1]}" 2>/dev/null; then
            echo "$0: $name did not start:" >&2
            cat "$base/$name.log" >&2
            exit 125
        fi
        sleep 0.02
    done
}

mkdir -m 700 "$base"/{run,config,data,cache,state}
export XDG_RUNTIME_DIR=$base/run XDG_CONFIG_HOME=$base/config XDG_DATA_HOME=$base/data
export XDG_CACHE_HOME=$base/cache XDG_STATE_HOME=$base/state
unset WAYLAND_DISPLAY XAUTHORITY XDG_SESSION_TYPE XDG_CURRENT_DESKTOP SESSION_MANAGER QT_STYLE_OVERRIDE
export LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1

# -noreset, or the server begins anew, and throws everybody out, whenever its last client has left.
# shellcheck disable=SC2016 # the inner shell expands it
start Xvfb bash -c 'exec Xvfb -displayfd 3 -noreset -nolisten tcp -screen 0 1280x1024x24 3>"$0"' "$base/display"
wait_for Xvfb test -s "$base/display"
DISPLAY=:$(<"$base/display")
export DISPLAY

export DBUS_SESSION_BUS_ADDRESS=unix:path=$base/run/bus
start dbus-daemon dbus-daemon --session --nofork --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS"
wait_for dbus-daemon test -S "$base/run/bus"
for launcher in /usr/libexec/at-spi-bus-launcher /usr/lib/at-spi2-core/at-spi-bus-launcher; do
    if [[ -x $launcher ]]; then
        start at-spi "$launcher" --launch-immediately
        break
    fi
done

start openbox openbox --sm-disable --startup "touch '$base/openbox-is-there'"
wait_for openbox test -e "$base/openbox-is-there"

export PULSE_SERVER=unix:$base/run/sound
start pulseaudio pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --disable-shm=yes \
    -L 'module-null-sink sink_name=earmark rate=44100 channels=1 format=s16le' \
    -L "module-native-protocol-unix socket=$base/run/sound auth-anonymous=1 auth-cookie-enabled=0"
wait_for pulseaudio pactl info

# In the background, so that a signal to this script is not put off until the program ends. The shell would have such
# a program, and all that it starts, ignore the signals of the keyboard: yt-dlp is stopped by one.
env --default-signal=INT,QUIT setpriv --pdeathsig TERM "$@" <&0 &
program=$!
status=0
wait "$program" || status=$?
program=
exit "$status"
