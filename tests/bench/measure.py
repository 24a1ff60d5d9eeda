# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs commands in turn and says what they cost: processor and wall time, peak memory. Used by compare.py."""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time


class Cost:
    """What the runs of one command took: medians; memory is the largest of all its processes."""

    def __init__(self, cpu, wall, memory, output):
        self.cpu, self.wall, self.memory, self.output = cpu, wall, memory, output


def run_once(command, environment=None):
    """(processor seconds, wall seconds, peak MiB, standard output) of a shell line or a list of words."""
    shell = isinstance(command, str)
    with tempfile.TemporaryFile() as out:
        start = time.monotonic()
        variables = {**os.environ, "SUNDIAL_BENCH_START": str(time.monotonic_ns()), **(environment or {})}
        process = subprocess.Popen(command, shell=shell, stdout=out, stderr=subprocess.DEVNULL, env=variables)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode("utf-8", "replace")
    if process.returncode != 0:
        raise RuntimeError(f"exit status {process.returncode}: {command}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, text


def in_turn(commands, runs, environment=None):
    """Each command `runs` times after a warm-up, one after the other, so that what disturbs one disturbs all."""
    taken = [[] for _ in commands]
    for turn in range(runs + 1):
        for i, command in enumerate(commands):
            result = run_once(command, environment)
            if turn > 0:
                taken[i].append(result)
    return [
        Cost(
            statistics.median(r[0] for r in results),
            statistics.median(r[1] for r in results),
            max(r[2] for r in results),
            results[-1][3],
        )
        for results in taken
    ]


@contextlib.contextmanager
def display():
    """The environment of a program that is to show its window on an X server of its own; None where there is no Xvfb."""
    if not shutil.which("Xvfb"):
        yield None
        return
    number, told = os.pipe()
    words = ["Xvfb", "-displayfd", str(told), "-noreset", "-screen", "0", "1600x1000x24"]  # a reset would add to the next start
    server = subprocess.Popen(words, pass_fds=[told], stderr=subprocess.DEVNULL)
    os.close(told)
    try:
        with os.fdopen(number) as line:
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":" + line.readline().strip()}
    finally:
        server.terminate()
        server.wait()


def json_of(command, environment=None):
    return json.loads(run_once(command, environment)[3])


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    return f"{os.cpu_count()} cores ({model}), {memory / 1048576:.0f} GiB"


def load():
    return os.getloadavg()[0]
