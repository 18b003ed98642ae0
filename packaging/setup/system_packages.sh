#!/bin/sh
# Installs the system libraries named in the given list files (Debian, Ubuntu); without root or sudo it prints the one
# command that does it and fails. Elsewhere than on Debian and its kin it changes nothing.
set -eu

command -v dpkg-query >/dev/null 2>&1 || exit 0

installed() {
    for name in "$1" "$1t64"; do
        if dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed'; then return 0; fi
    done
    # A Python that brings its own venv module does not need Debian's.
    [ "$1" = python3-venv ] && "${PYTHON:-python3}" -c 'import ensurepip' >/dev/null 2>&1
}

here=$(dirname "$0")
missing=""
for package in $(cat "$@"); do
    installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then as_root="sudo"
else
    echo "Vernissage needs system libraries that are not installed. Please run this, then the same make command again:" >&2
    echo >&2
    echo "    apt-get update && apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi

# The servers among the packages are for tests, which start their own: installing them starts none.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
    trap '$as_root rm -f "$policy"' EXIT
fi

echo "Installing system libraries:$missing"
$as_root apt-get update -q
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing

for server in haproxy postgresql redis-server; do
    case "$missing " in *" $server "*)
        if command -v systemctl >/dev/null 2>&1; then $as_root systemctl disable --quiet "$server" 2>/dev/null || true; fi
    esac
done

# A finer typeface and a second way to render without a display: welcome, but not every release has them.
for package in $(cat "$here/optional-packages.txt"); do
    installed "$package" || $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        "$package" >/dev/null 2>&1 || echo "Going on without $package."
done
