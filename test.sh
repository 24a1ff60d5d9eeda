#!/usr/bin/env bash
# Builds Sundial and runs tests:  ./test.sh [PRESET] [ctest options…]
# PRESET is dev (default), asan, tsan, release or fuzz (asan by clang, with the fuzzers), each with every test.
#   ./test.sh ci    every test of dev; model and parsers under asan and ubsan, and two minutes of fuzzing
#   ./test.sh all   every test of dev and of fuzz, what runs workers under tsan, and the fuzzing
# Installs what is missing (Debian 12 or newer).
set -euo pipefail
cd "$(dirname "$0")"
. scripts/dependencies.sh
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
export TSAN_OPTIONS=suppressions=$PWD/tests/tsan.supp

# run_preset PRESET [ctest options…]
run_preset() {
    build_preset "$1" all
    ctest --preset "$1" -j "$(nproc)" "${@:2}"
}

what=${1:-dev}
case "$what" in
    dev | asan | tsan | release | fuzz | ci | all) shift || true ;;
    *) what=dev ;;
esac
install_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
case "$what" in
    fuzz | ci | all) install_packages "${fuzz_packages[@]}" ;;
esac
case "$what" in
    ci)
        run_preset dev "$@"
        build_preset fuzz tests/model/all tests/parsers/all tst_corpus fuzz_parsers
        for folder in model parsers; do
            ctest --test-dir "build/fuzz/tests/$folder" --output-on-failure -j "$(nproc)"
        done
        ctest --preset fuzz -R '^tst_corpus$'
        tests/fuzz/smoke.sh
        ;;
    all)
        run_preset dev "$@"
        run_preset fuzz "$@"
        build_preset tsan "${threaded_tests[@]}"
        ctest --preset tsan -j "$(nproc)" -R "^($(IFS='|' && echo "${threaded_tests[*]}"))\$"
        tests/fuzz/smoke.sh
        ;;
    *) run_preset "$what" "$@" ;;
esac
