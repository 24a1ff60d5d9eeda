#!/usr/bin/env bash
# Builds Sundial and runs every test:  ./test.sh [PRESET] [ctest options…]
# PRESET is dev (default), asan, tsan or release. Installs what is missing (Debian 12 or newer).
set -euo pipefail
cd "$(dirname "$0")"
preset=dev
case "${1:-}" in
    dev | asan | tsan | release)
        preset=$1
        shift
        ;;
esac
. scripts/dependencies.sh
install_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
build_preset "$preset" all
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
export TSAN_OPTIONS=suppressions=$PWD/tests/tsan.supp
ctest --preset "$preset" -j "$(nproc)" "$@"
