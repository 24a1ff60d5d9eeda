#!/usr/bin/env bash
# Builds Sundial and runs tests:  ./test.sh [PRESET] [ctest options…]
# PRESET is dev (default), asan, tsan, release or fuzz (asan by clang, with the fuzzers), each with every test.
#   ./test.sh ci         every test of dev, then of the next two what CI_MINUTES (24) leave time for; it says what it left out
#   ./test.sh fuzzed     model, parsers and the corpora under asan and ubsan; two minutes of fuzzing
#   ./test.sh threads    what runs workers, under tsan
#   ./test.sh all        every test of dev and of fuzz, what runs workers under tsan, and the fuzzing
# Installs what is missing (Debian 12 or newer).
set -euo pipefail
cd "$(dirname "$0")"
. scripts/dependencies.sh
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
export TSAN_OPTIONS=suppressions=$PWD/tests/tsan.supp:die_after_fork=0 # helpers are started while workers run

# run_preset PRESET [ctest options…]
run_preset() {
    build_preset "$1" all
    ctest --preset "$1" -j "$(nproc)" "${@:2}"
}

# run_fuzzed: what reads files, under the address and undefined-behaviour sanitizers
run_fuzzed() {
    build_preset fuzz tests/model/all tests/parsers/all tst_corpus fuzz_parsers
    for folder in model parsers; do
        ctest --test-dir "build/fuzz/tests/$folder" --output-on-failure -j "$(nproc)"
    done
    ctest --preset fuzz -R '^tst_corpus$'
    tests/fuzz/smoke.sh
}

run_threads() {
    build_preset tsan "${threaded_tests[@]}"
    ctest --preset tsan -j "$(nproc)" -R "^($(IFS='|' && echo "${threaded_tests[*]}"))\$"
}

# in_time_left PART: ./test.sh PART, ended when the time is over; only what it finds is a failure
in_time_left() {
    local left=$((${CI_MINUTES:-24} * 60 - SECONDS)) status=124
    if [ "$left" -gt 0 ]; then
        status=0
        timeout "$left" ./test.sh "$1" || status=$?
    fi
    [ "$status" != 124 ] || { status=0 && echo "No time was left for all of ./test.sh $1."; }
    return "$status"
}

what=${1:-dev}
case "$what" in
    dev | asan | tsan | release | fuzz | ci | fuzzed | threads | all) shift || true ;;
    *) what=dev ;;
esac
install_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
case "$what" in
    fuzz | fuzzed | ci | all) install_packages "${fuzz_packages[@]}" ;;
esac
case "$what" in
    ci)
        run_preset dev "$@"
        in_time_left fuzzed
        in_time_left threads
        ;;
    fuzzed) run_fuzzed ;;
    threads) run_threads ;;
    all)
        run_preset dev "$@"
        run_preset fuzz "$@"
        run_threads
        tests/fuzz/smoke.sh
        ;;
    *) run_preset "$what" "$@" ;;
esac
