#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one fuzzer again and again until it has had so much processor time, and adds up what it did.

    tests/fuzz/campaign.py build/fuzz/tests/fuzz/fuzz_pstats WORKDIR --hours 1 [--seeds DIR …] [-- libFuzzer options]

WORKDIR keeps the grown corpus, what broke something (crash-*, oom-*, timeout-*) and campaign.json: processor seconds,
executions, runs and findings so far. Stop it at any time; started again it goes on where it was."""

import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

RUN_SECONDS = 300  # one process; memory that the sanitizers keep is given back between two


def main():
    options = sys.argv[1:]
    extra = []
    if "--" in options:
        at = options.index("--")
        options, extra = options[:at], options[at + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fuzzer")
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--hours", type=float, default=1.0, help="of processor time, in all")
    parser.add_argument("--runs", type=int, default=0, help="processes, each of five minutes; 0: as many as it takes")
    parser.add_argument("--seeds", nargs="*", default=[])
    arguments = parser.parse_args(options)
    corpus = arguments.work / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    record = arguments.work / "campaign.json"
    total = {"cpu_seconds": 0.0, "executions": 0, "runs": 0, "findings": 0, "coverage": 0}
    if record.exists():
        total.update(json.loads(record.read_text()))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    last = total["runs"] + arguments.runs if arguments.runs else sys.maxsize
    while total["cpu_seconds"] < arguments.hours * 3600 and total["runs"] < last:
        command = [str(pathlib.Path(arguments.fuzzer).resolve()), str(corpus), *arguments.seeds]
        command += [f"-max_total_time={RUN_SECONDS}", "-print_final_stats=1", "-timeout=250", "-rss_limit_mb=3072"]
        command += ["-artifact_prefix=" + str(arguments.work.resolve()) + "/", *extra]
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
        log = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        executed = re.search(r"stat::number_of_executed_units:\s*(\d+)", log)
        covered = re.findall(r"cov: (\d+)", log)
        total["cpu_seconds"] += usage.ru_utime + usage.ru_stime
        total["executions"] += int(executed.group(1)) if executed else 0
        total["runs"] += 1
        total["coverage"] = int(covered[-1]) if covered else total["coverage"]
        if status != 0:
            total["findings"] += 1
            (arguments.work / f"finding-{total['runs']:04}.log").write_text(log[-20000:])
        record.write_text(json.dumps(total))
        print(f"{arguments.work.name}: {total} (last {time.monotonic() - start:.0f} s)", flush=True)
        if time.monotonic() - start < 1:
            time.sleep(1)


if __name__ == "__main__":
    main()
