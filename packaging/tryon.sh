#!/usr/bin/env bash
# Tries README's two commands on a fresh, minimal Debian: packaging/tryon.sh SUITE [--keep] [ARGUMENT FOR CTEST…]
#
#   packaging/tryon.sh trixie            installs a minimal root of that suite, builds, runs the demo and all tests
#   packaging/tryon.sh sid -R tst_cli    … and only these tests
#   packaging/tryon.sh trixie --keep     leaves the root there for a closer look, and uses it the next time
#
# Needs root and debootstrap. The root lies in build/tryon/SUITE and is removed at the end. What is tried is the last
# commit. Mirror, keys, proxy and whether the mirror may lag behind (Check-Valid-Until) are the system's own.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root suite=${1:-}
shift || true

say() { printf 'tryon: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

[[ $suite =~ ^[a-z]+$ ]] || fail 'name a suite of Debian, for example trixie.'
((EUID == 0)) || fail 'this needs root: debootstrap makes a file system with its owners.'
type -P debootstrap unshare >/dev/null || fail 'install debootstrap first.'
keep=false
if [[ ${1:-} == --keep ]]; then
    keep=true
    shift
fi

# Mounts and processes inside live in name spaces of their own: they end with this script, whatever becomes of it.
if [[ -z ${EARMARK_TRYON:-} ]]; then
    again=("$suite")
    if $keep; then again+=(--keep); fi
    EARMARK_TRYON=inside exec unshare --mount --pid --fork --kill-child --propagation private -- \
        "${BASH_SOURCE[0]}" "${again[@]}" "$@"
fi

readonly place=$root/build/tryon/$suite
finish() {
    local status=$?
    if ! $keep; then
        umount -l "$place/proc" "$place/sys" "$place/dev/pts" "$place/dev/shm" "$place/dev" 2>/dev/null || true
        # Never across what could not be unmounted.
        rm -rf --one-file-system "$place"
    fi
    exit "$status"
}
trap finish EXIT

# shellcheck disable=SC2016 # apt-get expands this
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' | head -n 1)
[[ -n $mirror ]] || fail 'apt knows no mirror of Debian: run apt-get update.'
if [[ ! -x $place/usr/bin/apt-get ]]; then
    say "installing a minimal $suite in $place"
    mkdir -p "$place"
    debootstrap --variant=minbase "$suite" "$place" "$mirror" >"$root/build/tryon/$suite.debootstrap" ||
        fail "debootstrap failed; see build/tryon/$suite.debootstrap."
fi
mount -t proc proc "$place/proc"
mount --rbind /sys "$place/sys"
mount -t tmpfs tmpfs "$place/dev"
for node in null zero full random urandom tty; do
    touch "$place/dev/$node"
    mount --bind "/dev/$node" "$place/dev/$node"
done
mkdir -p "$place/dev/pts" "$place/dev/shm"
ln -sf /proc/self/fd "$place/dev/fd"
for stream in 0:stdin 1:stdout 2:stderr; do
    ln -sf "/proc/self/fd/${stream%:*}" "$place/dev/${stream#*:}"
done
ln -sf pts/ptmx "$place/dev/ptmx"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$place/dev/pts"
mount -t tmpfs tmpfs "$place/dev/shm"
cp /etc/resolv.conf "$place/etc/resolv.conf"
cp /etc/hosts "$place/etc/hosts"
apt-config dump | grep -E '^Acquire::(https?::Proxy|Check-Valid-Until)(::| )' >"$place/etc/apt/apt.conf.d/90system" || true

rm -rf "$place/srv/earmark"
mkdir -p "$place/srv/earmark"
git -C "$root" archive HEAD | tar -x -C "$place/srv/earmark"

inside() {
    say "$*"
    env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 TERM=dumb \
        ${http_proxy:+http_proxy="$http_proxy"} \
        chroot "$place" sh -c 'cd /srv/earmark && exec "$@"' sh "$@"
}
inside apt-get -q update
SECONDS=0
inside packaging/start.sh
say "packaging/start.sh: $SECONDS s"
SECONDS=0
inside tests/run.sh "$@"
say "tests/run.sh: $SECONDS s"
