#!/bin/sh
# other-debian.sh SUITE COMMAND…: runs COMMAND in a clean copy of the committed tree on a minimal Debian SUITE, in a chroot made with
# debootstrap under the user's cache folder. Root only.
set -eu
suite=$1; shift
here=$(cd "$(dirname "$0")/.." && pwd)
mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' | grep '/debian/*$' | head -n 1)}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/hone-tests
root=$cache/$suite
mkdir -p "$cache"
if [ ! -e "$root/.made" ]; then
  script=$suite
  [ -e "/usr/share/debootstrap/scripts/$suite" ] || script=sid
  rm -rf "$root"
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" "$mirror" "$script"
  touch "$root/.made"
fi
rm -rf "$root/root/hone"
git clone -q "$here" "$root/root/hone"
cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
exec unshare --mount --pid --fork --kill-child --mount-proc="$root/proc" sh -c '
  mount --rbind /dev "$1/dev"
  root=$1; shift
  exec chroot "$root" /usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    sh -c "apt-get update -qq >/dev/null; cd /root/hone && exec \"\$@\"" sh "$@" </dev/null' sh "$root" "$@"
