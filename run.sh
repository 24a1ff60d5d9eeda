#!/usr/bin/env bash
# Builds Sundial and opens it:  ./run.sh [FILE…]
# Installs what is missing (Debian 12 or newer), builds the release preset, and opens the window. Without a FILE it
# shows the bundled before/after pair; without a display it paints the window to a PNG and says where.
set -euo pipefail
cd "$(dirname "$0")"
files=()
for file in "$@"; do
    case "$file" in
        -* | /*) files+=("$file") ;;
        *) files+=("$OLDPWD/$file") ;;
    esac
done
. scripts/dependencies.sh
install_packages "${build_packages[@]}" "${run_packages[@]}"
build_preset release sundial sundial-layout

program=build/release/app/sundial
[ ${#files[@]} -gt 0 ] || files=(--demo)
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    picture=${SUNDIAL_PICTURE:-$PWD/build/sundial.png}
    "$program" --screenshot "$picture" "${files[@]}"
    echo "There is no display, so the window was painted to $picture"
else
    exec "$program" "${files[@]}"
fi
