# Sourced by ./check --all: what takes long.
# shellcheck shell=bash disable=SC2154

if CC=clang build build-clang; then
  count "build with clang, warnings are errors" 0
  suites clang build-clang
else
  count "build with clang, warnings are errors" 1
fi

# The engine's threads are pthreads, which the thread sanitizer sees. GLib is not built for it, so that what GLib does between its own
# threads, with locks that the sanitizer does not know, would look like races.
if build build-tsan -Db_sanitize=thread -Db_lundef=false; then
  count "build with the thread sanitizer" 0
  TSAN_OPTIONS=halt_on_error=1:ignore_noninstrumented_modules=1 suites thread-sanitizer build-tsan --suite engine --timeout-multiplier 10
else
  count "build with the thread sanitizer" 1
fi

suites valgrind build --suite core --suite store --suite formats --timeout-multiplier 30 \
  --wrapper "valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite --error-exitcode=9 --suppressions=/usr/share/glib-2.0/valgrind/glib.supp --suppressions=$PWD/tests/support/valgrind.supp"

HONE_KILLS=200 suites kills build --suite faults --suite store --timeout-multiplier 20

# The window killed while one labels and while it trains; and its walks with sanitizers, leaks of the libraries below GTK left out.
HONE_WINDOW_KILLS=20 suites window-kills build --suite walks --timeout-multiplier 4
cat tests/support/lsan.supp ../shared/tools/lsan-gtk.supp >build-asan/lsan.supp 2>/dev/null
LSAN_OPTIONS=suppressions=$PWD/build-asan/lsan.supp:print_suppressions=0 \
  suites walks-sanitized build-asan --suite walks --timeout-multiplier 4

# The HTML report in a browser, light and dark: pictures to look at, and a page that is not blank.
sh tests/reports/picture.sh build/src/cli/hone-cli build/pictures
count "HTML report in chromium" $?

# Another Debian: a clean copy of this checkout in a minimal system.
if [ "$(id -u)" = 0 ] && command -v debootstrap >/dev/null; then
  sh tests/other-debian.sh trixie ./check --yes
  count "./check on Debian trixie" $?
else
  count "other Debian releases (needs root and debootstrap)" 77
fi

for peer in tests/bench/*-peers.sh; do
  [ -f "$peer" ] || continue
  sh "$peer"
  count "$(basename "$peer" .sh)" $?
done
