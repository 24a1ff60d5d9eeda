#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs Sundial and its installed peers side by side on the same generated files, checks that their answers agree, and
writes docs/PERFORMANCE.md.

    cmake --preset release && cmake --build --preset release
    tests/bench/compare.py [--data DIR] [--sizes 1 10 100] [--runs 5] [--peers DIR …]

Inputs that are missing in DIR are made with gen/ (minutes, and gigabytes for 100). Peers are looked for in PATH and in
the folders of --peers; those that are not there are named in the table. Times are processor seconds, which other load
disturbs least; medians of runs in turn after a warm-up. Nothing in the file is typed by hand."""

import argparse
import datetime
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys

import goals
from measure import in_turn, json_of, load, machine

ROOT = pathlib.Path(__file__).resolve().parents[2]
GEN = pathlib.Path(__file__).resolve().parent / "gen"

# (kind, size) → file name and how it is made
INPUTS = {
    ("pstats", 1): ("p2k.prof", ["gen_pstats.py", "--functions", "2000"]),
    ("pstats", 10): ("p20k.prof", ["gen_pstats.py", "--functions", "20000", "--pair"]),
    ("pstats", 100): ("p200k.prof", ["gen_pstats.py", "--functions", "200000", "--edges", "500000"]),
    ("speedscope", 1): ("s100k.speedscope.json", ["gen_speedscope.py", "--samples", "100000"]),
    ("speedscope", 10): ("s1M.speedscope.json", ["gen_speedscope.py", "--samples", "1000000", "--pair"]),
    ("speedscope", 100): ("s8M.speedscope.json", ["gen_speedscope.py", "--samples", "8000000"]),
    ("collapsed", 1): ("c10k.collapsed.txt", ["gen_collapsed.py", "--lines", "10000"]),
    ("collapsed", 10): ("c100k.collapsed.txt", ["gen_collapsed.py", "--lines", "100000", "--pair"]),
    ("collapsed", 100): ("c1M.collapsed.txt", ["gen_collapsed.py", "--lines", "1000000"]),
    ("memray", 100): ("big.bin", ["gen_memray.py"]),
}


class Bench:
    """One run: where things are, and the rows so far."""

    def __init__(self, options):
        self.options = options
        self.data = options.data
        self.build = options.build
        self.sundial = str(self.build / "app/sundial")
        self.engine = str(self.build / "tests/bench/bench_engine")
        self.rows = []
        self.figures = {}
        self.windows = []
        self.missing = []
        os.environ["PATH"] = os.pathsep.join([*map(str, options.peers), os.environ["PATH"]])
        os.environ["QT_QPA_PLATFORM"] = "offscreen"

    def path(self, kind, size):
        name, how = INPUTS[kind, size]
        path = self.data / name
        if not path.exists() and not self.options.no_generate:
            subprocess.run([sys.executable, str(GEN / how[0]), str(path), *how[1:]], check=True)
        return path if path.exists() else None

    def after(self, path):
        stem, rest = path.name.split(".", 1)
        other = path.with_name(f"{stem}-after.{rest}")
        return other if other.exists() else None

    def peer(self, program):
        if shutil.which(program):
            return True
        if program not in self.missing:
            self.missing.append(program)
        return False

    def compare(self, workload, path, ours, theirs, peer, agrees):
        """One row: both commands in turn. `agrees(our output, their output)` says what was compared, or fails."""
        mine, other = in_turn([ours, theirs], self.options.runs)
        what = agrees(mine.output, other.output)
        self.rows.append(
            {
                "workload": workload,
                "input": path.name,
                "MiB": path.stat().st_size / 1048576,
                "peer": peer,
                "ours": mine.cpu,
                "theirs": other.cpu,
                "ourWall": mine.wall,
                "theirWall": other.wall,
                "ourMiB": mine.memory,
                "theirMiB": other.memory,
                "agree": what,
                "ourCommand": plain(ours, self),
                "theirCommand": plain(theirs, self),
                "load": load(),
            }
        )
        print(json.dumps(self.rows[-1]), flush=True)

    def figure(self, name, value):
        self.figures[name] = value
        print(f"{name}: {value}", flush=True)


def plain(command, bench):
    """A command as a reader would type it."""
    text = command if isinstance(command, str) else " ".join(command)
    return text.replace(str(bench.data) + "/", "").replace(str(bench.build) + "/app/", "").replace(str(bench.build) + "/", "")


def same_total(bench, path):
    expected = json.loads((bench.data / (path.name.split(".")[0] + ".expected.json")).read_text())
    info = json_of([bench.sundial, "info", "--json", "--quiet", str(path)])["profiles"][0]
    total = info["metrics"][0]["total"] * (1e6 if expected["format"] == "pstats" else 1)
    if not math.isclose(total, expected["total"], rel_tol=1e-6):
        raise RuntimeError(f"{path.name}: total {total}, expected {expected['total']}")
    return f"total {expected['total']:,}"


def print_rows(text):
    """The rows of a pstats table, as they are printed."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.lstrip().startswith("ncalls"))
    return [line.rstrip() for line in lines[start:] if line.strip()]


def pstats_rows(bench, size):
    path = bench.path("pstats", size)
    if not path:
        return
    total = same_total(bench, path)

    def rows_agree(ours, theirs):
        if print_rows(ours) != print_rows(theirs):
            raise RuntimeError(f"{path.name}: the printed tables differ")
        return f"{total}; the printed 20 rows"

    python = "import pstats, sys; pstats.Stats(sys.argv[1]).sort_stats('cumulative').print_stats(20)"
    bench.compare("top 20", path, [bench.sundial, "top", "--quiet", str(path), "--sort", "cumulative"],
                  [sys.executable, "-c", python, str(path)], "pstats", rows_agree)
    marshal = json_of([bench.engine, "pstats", str(path), str(bench.options.runs)])
    bench.figure(f"marshal ratio {size}", marshal["ratio"])
    dot = bench.data / "out.png"
    if bench.peer("gprof2dot") and bench.peer("dot") and size <= 10:
        bench.compare("call graph to PNG, gprof2dot's thresholds", path,
                      [bench.sundial, "graph", "--quiet", str(path), "-o", str(dot), "--node-thres", "0.5", "--edge-thres", "0.1"],
                      f"gprof2dot -f pstats {path} | dot -Tpng -o {dot}", "gprof2dot and dot", lambda ours, theirs: total)
    after = bench.after(path)
    if after and bench.peer("gprof2dot"):
        bench.compare("comparison of two", path, [bench.sundial, "diff", "--quiet", str(path), str(after)],
                      f"gprof2dot -f pstats --compare {path} {after} > /dev/null", "gprof2dot --compare", lambda ours, theirs: total)
    if bench.peer("snakeviz") and size <= 10:
        page = "import sys, pstats, json; from snakeviz.stats import table_rows, json_stats; s = pstats.Stats(sys.argv[1]); table_rows(s); json_stats(s)"
        python_of = next(p for p in map(pathlib.Path, os.environ["PATH"].split(os.pathsep)) if (p / "snakeviz").exists()) / "python"
        bench.compare("open: window painted / page made", path, [bench.sundial, str(path), "--screenshot", str(bench.data / "out.png")],
                      [str(python_of), "-c", page, str(path)], "snakeviz, its server alone", lambda ours, theirs: total)


def stack_rows(bench, kind, size):
    path = bench.path(kind, size)
    if not path:
        return
    total = same_total(bench, path)
    result = json_of([bench.engine, "stacks", str(path), str(bench.options.runs)])
    bench.figure(f"{kind} memory {size}", result["peakMiB"] / result["fileMiB"])
    if "ratio" in result:
        bench.figure(f"simdjson ratio {size}", result["ratio"])
    opened = json_of([bench.engine, "open", str(path), str(bench.options.runs)])
    bench.figure(f"{kind} open {size}", sum(opened[k] for k in ("loadCpuMs", "analyseCpuMs", "layoutCpuMs", "paintCpuMs")))
    picture = bench.data / "out.svg"
    if kind != "collapsed" or not bench.peer("inferno-flamegraph"):
        return
    bench.compare("picture", path, [bench.sundial, "flame", "--quiet", str(path), "-o", str(picture)],
                  f"inferno-flamegraph {path} > {picture}", "inferno-flamegraph", lambda ours, theirs: total)
    after = bench.after(path)
    if after:
        bench.compare("comparison as a picture", path, [bench.sundial, "diff", "--quiet", str(path), str(after), "-o", str(picture)],
                      f"inferno-diff-folded {path} {after} | inferno-flamegraph > {picture}", "inferno-diff-folded, inferno-flamegraph",
                      lambda ours, theirs: total)


def memray_rows(bench, size):
    path = bench.path("memray", size)
    if not path or not bench.peer("memray"):
        return
    html = bench.data / "out.html"
    mine = [bench.engine, "memray", "--runs", "1", str(path)]
    bench.compare("all metrics, statistics, time / one report", path, mine,
                  f"rm -f {html}; memray flamegraph -o {html} {path}", "memray flamegraph", lambda ours, theirs: "see tst_memray")


def engine_figures(bench):
    paint = json_of([bench.engine, "paint"])
    for name in ("icicleZoom", "iciclePan", "sunburstDepth20"):
        for key in ("p50", "p99"):
            bench.figure(f"{name} {key}", paint[name][key])
    diff = json_of([bench.engine, "diff"])
    bench.figure("diff of two 1M-sample profiles", diff["functions_and_edges_ms"] + diff["compare_ms"] + diff["union_tree_ms"])
    big = bench.path("collapsed", 10)
    if big:
        many = json_of([bench.engine, "many", str(big), "10"])
        bench.figure("ten profiles, MiB each", many["eachMiB"])
        bench.figure("ten profiles, seconds", many["wallMs"] / 1e3)
        bench.figure("closed / before", many["closedMiB"] / many["beforeMiB"])
    table = json_of([bench.engine, "table"])
    for name in ("sortByCalls", "sortByName", "sortByLocation", "filterText"):
        bench.figure(f"table {name}", table[name]["worst"])
    start, bare = in_turn([[str(bench.build / "tests/bench/bench_start")], [str(bench.build / "tests/bench/bare_window")]],
                          max(bench.options.runs, 9))
    bench.figure("start ms", json.loads(start.output)["startToPaintMs"])
    bench.figure("start cpu / bare cpu", start.cpu / bare.cpu)


def window_rows(bench, size):
    """The real window on each kind of input, painting into memory and on an X server without a screen."""
    program = str(bench.build / "tests/bench/bench_window")
    ways = [([], {"QT_QPA_PLATFORM": "offscreen"})]
    if bench.peer("xvfb-run"):
        ways.append((["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"], {"QT_QPA_PLATFORM": "xcb"}))
    for kind in ("pstats", "speedscope", "collapsed"):
        path = bench.path(kind, size)
        for before, environment in ways if path else []:
            row = json_of([*before, program, str(path)], environment)
            row["load"] = load()
            bench.windows.append(row)
            print(json.dumps(row), flush=True)
            if environment["QT_QPA_PLATFORM"] == "offscreen":
                bench.figure(f"load block {kind} {size}", row["loading"]["longestGapCpuMs"])
                bench.figure(f"frame p99 {kind} {size}", max(row["zoom"]["p99Ms"], row["pan"]["p99Ms"]))
                bench.figure(f"memory closed / before {kind} {size}", row["closedMiB"] / row["beforeMiB"])


def slopes(rows):
    """log(time) over log(bytes) between two sizes of one workload, process start taken off."""
    for row in rows:
        smaller = [r for r in rows if r["workload"] == row["workload"] and r["peer"] == row["peer"] and r["MiB"] < row["MiB"] / 3]
        if smaller:
            last = max(smaller, key=lambda r: r["MiB"])
            row["slope"] = math.log(row["ours"] / last["ours"]) / math.log(row["MiB"] / last["MiB"])


def markdown(bench):
    now = datetime.date.today().isoformat()
    text = [
        "# Performance", "",
        "Written by `tests/bench/compare.py`; nothing here is typed by hand. " + now + ", " + machine() + f", load {load():.1f}. "
        f"Processor seconds of each command and its children, medians of {bench.options.runs} runs in turn after a warm-up; "
        "memory is the peak of the largest process. A row stands only if both gave the same answer on what it names.", "",
        "| workload | input | MiB | Sundial s | peer s | ratio | Sundial MiB | peer MiB | slope | peer | agreed on |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for r in bench.rows:
        slope = f"{r['slope']:.2f}" if "slope" in r else ""
        text.append(f"| {r['workload']} | {r['input']} | {r['MiB']:.1f} | {r['ours']:.3f} | {r['theirs']:.3f} | {r['theirs'] / r['ours']:.1f}× | "
                    f"{r['ourMiB']:.0f} | {r['theirMiB']:.0f} | {slope} | {r['peer']} | {r['agree']} |")
    if bench.windows:
        text += ["", "## The window", "",
                 "`bench_window FILE`: the real window, driven by events. Gaps are the longest time between two turns of the event loop, "
                 "by the wall's clock and in processor time of the window's thread; frames in processor time.", "",
                 "| input | platform | first picture ms | complete ms | gap, wall ms | gap, cpu ms | zoom p50 / p99 ms | pan p50 / p99 ms | "
                 "MiB before / open / closed | load |", "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
        for w in bench.windows:
            text.append(f"| {pathlib.Path(w['file']).name} | {w['platform']} | {w['firstPictureMs']:.0f} | {w['completeMs']:.0f} | "
                        f"{w['loading']['longestGapMs']:.0f} | {w['loading']['longestGapCpuMs']:.1f} | "
                        f"{w['zoom']['p50Ms']:.1f} / {w['zoom']['p99Ms']:.1f} | {w['pan']['p50Ms']:.1f} / {w['pan']['p99Ms']:.1f} | "
                        f"{w['beforeMiB']:.0f} / {w['openMiB']:.0f} / {w['closedMiB']:.0f} | {w['load']:.1f} |")
    text += ["", "## Goals", "", "| goal | limit | measured | |", "| --- | ---: | ---: | --- |"]
    for goal in goals.judge(bench.rows, bench.figures):
        text.append(f"| {goal.text} | {goal.limit_text} | {goal.value_text} | {goal.verdict} |")
    text += ["", "## Commands", ""]
    for r in bench.rows:
        text += [f"- {r['workload']}, {r['input']} (load {r['load']:.1f}): `{r['ourCommand']}` against `{r['theirCommand']}`"]
    text += ["- goals without a peer: `bench_engine paint`, `diff`, `many`, `open`, `stacks`, `pstats`; `bench_start` and `bare_window`"]
    if bench.missing:
        text += ["", "Not installed where this ran, so not compared: " + ", ".join(bench.missing) + "."]
    return "\n".join(text) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "build/bench-data")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1, 10])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--no-generate", action="store_true", help="leave out inputs that are missing")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs/PERFORMANCE.md")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    bench = Bench(options)
    for size in options.sizes:
        pstats_rows(bench, size)
        stack_rows(bench, "speedscope", size)
        stack_rows(bench, "collapsed", size)
    memray_rows(bench, 100)
    window_rows(bench, 10)
    engine_figures(bench)
    slopes(bench.rows)
    options.out.write_text(markdown(bench))


if __name__ == "__main__":
    main()
