# Sourced by ./start and ./check: installs Debian packages that are missing, asking first unless --yes was given, and knows what to do
# where the home folder cannot be written.
# shellcheck shell=sh

# What building needs.
build_packages="gcc libc6-dev meson ninja-build pkgconf gettext libglib2.0-dev libjson-glib-dev libsqlite3-dev
  libarchive-dev liblinear-dev libcairo2-dev libpango1.0-dev libgtk-4-dev libadwaita-1-dev"
# What the window needs besides, to be drawn as it is meant.
# shellcheck disable=SC2034
window_packages="adwaita-icon-theme librsvg2-common fonts-cantarell"

# install_missing YES PACKAGE…: YES is 1 where the user need not be asked.
install_missing ()
{
  yes=$1
  shift
  missing=
  for package in "$@"; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
      *" installed") ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -n "$missing" ] || return 0

  if ! command -v apt-get >/dev/null; then
    echo "These Debian packages, or what your system calls them, are needed:$missing" >&2
    return 1
  fi
  if [ "$yes" != 1 ]; then
    if ! [ -t 0 ]; then
      echo "Packages are missing:$missing" >&2
      echo "Run again with --yes to have them installed." >&2
      return 1
    fi
    printf 'Install these packages?%s [Y/n] ' "$missing"
    read -r answer
    case $answer in ""|[Yy]*) ;; *) return 1 ;; esac
  fi

  root=
  if [ "$(id -u)" != 0 ]; then
    root=sudo
    command -v sudo >/dev/null || { echo "Run as root, or install sudo: apt-get install$missing" >&2; return 1; }
  fi
  echo "Installing:$missing"
  # shellcheck disable=SC2086
  { $root apt-get update -q && DEBIAN_FRONTEND=noninteractive $root apt-get install -qy --no-install-recommends $missing; } >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    return 1
  }
}

# writable FOLDER: makes it if need be. Says nothing.
writable ()
{
  { mkdir -p "$1" && [ -w "$1" ]; } 2>/dev/null
}

# A compiler cache that cannot write its folder fails every compilation.
if command -v ccache >/dev/null && ! writable "${CCACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/ccache}"; then
  export CCACHE_DISABLE=1
fi
