#!/usr/bin/env bash
# Two minutes of fuzzing over all formats and archives, under the address and undefined-behaviour sanitizers:
#   tests/fuzz/smoke.sh [SECONDS]
# Starts from the fixtures and tests/fuzz/corpus, with the same seed each time: an unchanged program sees the same inputs
# again, and a longer run those of a shorter one first. campaign.py looks for what is new.
# Fails if anything breaks; the input is in build/fuzz/found/ then.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-120}
rm -rf build/fuzz/grown
mkdir -p build/fuzz/found build/fuzz/grown
seeds=(tests/fuzz/corpus/containers tests/fixtures/{pstats,memray,speedscope,collapsed,malformed})
[ ! -d tests/fuzz/corpus/found ] || seeds+=(tests/fuzz/corpus/found)
log=build/fuzz/smoke.log
status=0
build/fuzz/tests/fuzz/fuzz_parsers build/fuzz/grown "${seeds[@]}" -seed=1 -max_total_time="$seconds" -max_len=65536 \
    -timeout=60 -report_slow_units=60 -rss_limit_mb=2048 -dict=tests/fuzz/parsers.dict -artifact_prefix=build/fuzz/found/ \
    -print_final_stats=1 >"$log" 2>&1 || status=$?
grep -E 'stat::|ERROR|SUMMARY|broken|Test unit' "$log" || true
if [ "$status" != 0 ] || [ -n "$(ls -A build/fuzz/found)" ]; then
    tail -n 20 "$log"
    echo "The fuzzer ended with $status. Found: $(ls build/fuzz/found)"
    exit 1
fi
