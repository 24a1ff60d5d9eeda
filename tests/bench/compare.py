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
import statistics
import subprocess
import sys

import goals
from measure import display, in_turn, json_of, load, machine, run_once

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
GEN = HERE / "gen"

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
    ("memray", 10): ("tenth.bin", ["gen_memray.py", "--rounds", "1"]),
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
        self.loads = {}  # workload → (bytes, milliseconds)
        self.last_output = ""
        self.windows = []
        self.starts = []
        self.missing = []
        self.failed = []
        os.environ["PATH"] = os.pathsep.join([*map(str, options.peers), os.environ["PATH"]])
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ["SUNDIAL_LAYOUT_HELPER"] = str(options.build / "app/sundial-layout")

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

    def compare(self, workload, path, ours, theirs, peer, agrees, runs=None):
        """One row: both commands in turn. `agrees(our output, their output)` says what was compared, or fails."""
        mine, other = in_turn([ours, theirs], runs or self.options.runs)
        self.last_output = mine.output
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

    def wall(self, workload, path, ours, theirs, peer, agreed):
        """One row of wall-clock seconds, where a command's processor time is not what a person waits for."""
        self.rows.append({"workload": workload + ", wall clock", "input": path.name, "MiB": path.stat().st_size / 1048576, "peer": peer,
                          "ours": ours, "theirs": theirs, "ourWall": ours, "theirWall": theirs, "agree": agreed, "load": load()})
        print(json.dumps(self.rows[-1]), flush=True)

    def slope(self, workload, path, milliseconds):
        self.loads.setdefault(workload, []).append((path.stat().st_size, milliseconds))

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
    bench.slope("pstats load", path, marshal["load"]["median"])
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
    first_icicle(bench, path, size, total)


def first_icicle(bench, path, size, total):
    """From process start to a painted window with icicle and table, against snakeviz in a browser that runs already."""
    if size > 10:  # no peer shows it within two minutes
        bench.figure(f"window painted {size}", painted(bench, path))
    elif bench.peer("snakeviz"):
        against_page(bench, "first icicle and table", path, "snakeviz", ["snakeviz_first_icicle.py"], total)


def first_chart(bench, path, total):
    """The same against speedscope's page."""
    if bench.peer("speedscope"):
        release = pathlib.Path(shutil.which("speedscope")).resolve().parent.parent / "dist/release"
        against_page(bench, "first chart", path, "speedscope", ["speedscope_first_chart.py", str(release)], total)


def against_page(bench, what, path, peer, script, total):
    """`script` opens the file in the peer's page. `selenium`, which it needs, comes with the Python of snakeviz."""
    if not all(map(bench.peer, ("snakeviz", "chromium", "chromedriver"))):
        return
    python = pathlib.Path(shutil.which("snakeviz")).parent / "python"
    theirs = json_of([str(python), str(HERE / script[0]), *script[1:], str(path)])["seconds"]
    if theirs is not None:
        bench.wall(what + ", from process start", path, painted(bench, path), theirs, peer + " in Chromium", total)


def painted(bench, path):
    """Seconds from process start to the painted window."""
    command = [bench.sundial, str(path), "--screenshot", str(bench.data / "out.png")]
    return statistics.median(run_once(command)[1] for _ in range(bench.options.runs))


def stack_rows(bench, kind, size):
    path = bench.path(kind, size)
    if not path:
        return
    total = same_total(bench, path)
    result = json_of([bench.engine, "stacks", str(path), str(bench.options.runs)])
    bench.figure(f"{kind} memory {size}", result["peakMiB"] / result["fileMiB"])
    bench.slope(f"{kind} load", path, result["load"]["median"])
    if "ratio" in result:
        bench.figure(f"simdjson ratio {size}", result["ratio"])
    opened = json_of([bench.engine, "open", str(path), str(bench.options.runs)])
    bench.figure(f"{kind} open {size}", sum(opened[k] for k in ("loadCpuMs", "analyseCpuMs", "layoutCpuMs", "paintCpuMs")))
    if kind == "speedscope" and size <= 10:  # larger files it does not open
        first_chart(bench, path, total)
    picture = bench.data / "out.svg"
    if kind != "collapsed" or not bench.peer("inferno-flamegraph"):
        return
    one_core = ["taskset", "-c", "0"]
    flame = [bench.sundial, "flame", "--quiet", str(path), "-o", str(picture)]
    inferno = f"inferno-flamegraph {path} > {picture}"
    bench.compare("picture, one core", path, one_core + flame, "taskset -c 0 " + inferno, "inferno-flamegraph", lambda ours, theirs: total)
    bench.compare("picture, two cores", path, flame, inferno, "inferno-flamegraph", lambda ours, theirs: total)
    after = bench.after(path)
    if after:
        bench.compare("comparison as a picture, one core", path,
                      one_core + [bench.sundial, "diff", "--quiet", str(path), str(after), "-o", str(picture)],
                      f"taskset -c 0 sh -c 'inferno-diff-folded {path} {after} | inferno-flamegraph > {picture}'",
                      "inferno-diff-folded, inferno-flamegraph", lambda ours, theirs: total)


def memray_rows(bench, size):
    path = bench.path("memray", size)
    if not path or not bench.peer("memray"):
        return
    html = bench.data / "out.html"
    mine = [bench.engine, "memray", "--runs", "1", str(path)]
    stats = [bench.sundial, "info", "--quiet", "--json", str(path)]
    profile = json_of(stats)["profiles"][0]
    ours = {metric["id"]: metric["total"] for metric in profile["metrics"]}
    run_once(f"memray stats --json -f -o {bench.data / 'stats.json'} {path}")
    theirs = json.loads((bench.data / "stats.json").read_text())
    if theirs["total_num_allocations"] != ours["total-count"] or theirs["metadata"]["peak_memory"] != ours["peak-bytes"]:
        raise RuntimeError(f"{path.name}: memray counts otherwise")
    agreed = f"{ours['total-count']:,} allocations, peak {ours['peak-bytes']:,} bytes"
    bench.compare("all metrics, statistics, time, a range / one report", path, mine,
                  f"memray flamegraph -f -o {html} {path}", "memray flamegraph", lambda ours, theirs: agreed, runs=3)
    figures = json.loads(bench.last_output)
    bench.figure("memray range s", figures["range_s"])
    bench.figure("memray load MiB", figures["peak_mib"])
    # Of each the best of three: what else runs on the machine takes part in all, but seldom in every one.
    best = [[bench.engine, "memray", "--runs", "3", str(bench.path("memray", s))] for s in (size, size // 10)]
    both = [[json_of(command)["records_per_s"] for command in best] for _ in range(3)]
    whole, part = (statistics.median(side) for side in zip(*both))
    bench.figure("memray records/s against a tenth", whole / part)


def engine_figures(bench):
    paint = json_of([bench.engine, "paint"])
    for name in ("icicleZoom", "iciclePan", "sunburstDepth20"):
        for key in ("p50", "p99"):
            bench.figure(f"{name} {key}", paint[name][key])
    diff = json_of([bench.engine, "diff"])
    bench.figure("diff of two 1M-sample profiles", diff["functions_and_edges_ms"] + diff["compare_ms"] + diff["union_tree_ms"])
    pair = bench.path("speedscope", 10)
    if pair and bench.after(pair):
        both = json_of([bench.engine, "compare", str(pair), str(bench.after(pair))])
        bench.figure("two files to picture / one", both["twoToOne"])
    for profile in sorted((ROOT / "tests/fixtures/pstats").glob("large-*.prof"))[:1]:
        graph_on_screen(bench, profile)
    time_order = bench.path("speedscope", 100)
    if time_order:
        frames = json_of([str(bench.build / "tests/bench/bench_time"), str(time_order)])
        moves = {name: q for name, q in frames.items() if isinstance(q, dict)}
        bench.figure("time order p99", max(q["p99"] for q in moves.values()))
    big = bench.path("collapsed", 10)
    if big:
        many = json_of([bench.engine, "many", str(big), "10"])
        bench.figure("ten profiles, MiB each", many["eachMiB"])
        bench.figure("ten profiles, seconds", many["wallMs"] / 1e3)
        bench.figure("closed / before", many["closedMiB"] / many["beforeMiB"])
    table = json_of([bench.engine, "table"])
    for name in ("sortByCalls", "sortByName", "sortByLocation", "filterText"):
        bench.figure(f"table {name}", table[name]["worst"])


def starts(bench):
    """From process start to the painted window: on a display by the wall's clock, which is what one waits for, and into memory
    in processor time."""
    programs = {"an empty QMainWindow": ["bare_window"], "the same with one word in it": ["bare_window", "Sundial"],
                "the same, empty, loading the libraries that Sundial loads": ["bare_window_linked"],
                "both": ["bare_window_linked", "Sundial"], "Sundial without a file": ["bench_start"]}
    commands = [[str(bench.build / "tests/bench" / name), *words] for name, *words in programs.values()]
    runs = max(bench.options.runs, 15)
    in_memory = in_turn(commands, runs)
    with display() as environment:
        shown = in_turn(commands, runs, environment) if environment else [None] * len(commands)
    bench.starts = list(zip(programs, shown, in_memory))
    bench.figure("start ms", json.loads(in_memory[-1].output)["startToPaintMs"])
    bench.figure("start cpu / bare cpu", in_memory[-1].cpu / in_memory[0].cpu)
    if shown[0]:
        bench.figure("start wall / bare wall", shown[-1].wall / shown[0].wall)


def graph_on_screen(bench, path):
    """Prune, describe, lay out, label and paint the graph of gprof2dot's thresholds, against its pipe to dot."""
    if not bench.peer("gprof2dot") or not bench.peer("dot"):
        return
    graph = json_of([bench.engine, "graph", str(path)])["graphs"][-1]
    ours = sum(graph[step] for step in ("prune", "text", "layout", "labels", "paint_part")) / 1e3
    theirs = statistics.median(run_once(f"gprof2dot -f pstats {path} | dot -Tpng -o {bench.data / 'out.png'}")[1]
                               for _ in range(bench.options.runs))
    bench.wall("call graph on screen", path, ours, theirs, "gprof2dot and dot -Tpng", f"{graph['nodes']} functions")


def window_rows(bench, size):
    """The real window on each kind of input, painting into memory, of which the goals are, and on a display."""
    program = str(bench.build / "tests/bench/bench_window")
    with display() as shown:
        for kind in ("pstats", "speedscope", "collapsed"):
            path = bench.path(kind, size)
            if not path:
                continue
            row = window_row(bench, [program, str(path)], {"QT_QPA_PLATFORM": "offscreen"})
            bench.figure(f"load block {kind} {size}", row["loading"]["longestGapCpuMs"])
            bench.figure(f"first picture {kind} {size}", row["firstPictureMs"])
            bench.figure(f"complete {kind} {size}", row["completeMs"])
            bench.figure(f"frame p99 {kind} {size}", max(row["zoom"]["p99Ms"], row["pan"]["p99Ms"]))
            if row["zoomWhileLoading"]:
                bench.figure(f"frame p99 while loading {kind} {size}", row["zoomWhileLoading"]["p99Ms"])
            bench.figure(f"memory closed / before {kind} {size}", row["closedMiB"] / row["beforeMiB"])
            if shown:
                window_row(bench, [program, str(path)], shown)


def window_row(bench, command, environment):
    row = json_of(command, environment)
    row["load"] = load()
    bench.windows.append(row)
    print(json.dumps(row), flush=True)
    return row


def slopes(bench):
    """log(time) over log(bytes) from one size of a workload to the next: of loads alone, without a process' start."""
    for workload, points in bench.loads.items():
        points.sort()
        for (bytes_before, before), (bytes_after, after) in zip(points, points[1:]):
            yield workload, bytes_before, bytes_after, math.log(after / before) / math.log(bytes_after / bytes_before)


def markdown(bench):
    now = datetime.date.today().isoformat()
    text = [
        "# Performance", "",
        "Written by `tests/bench/compare.py`; nothing here is typed by hand. " + now + ", " + machine() + f", load {load():.1f}. "
        f"Processor seconds of each command and its children, medians of {bench.options.runs} runs in turn after a warm-up, and "
        "seconds of the wall's clock where a row says so; memory is the peak of the largest process. What both gave the same "
        "answer on stands in the last column; where it names a total alone, it is our total against the generator's.", "",
        "| workload | input | MiB | Sundial s | peer s | ratio | Sundial MiB | peer MiB | peer | agreed on |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for r in bench.rows:
        memory = f"{r['ourMiB']:.0f} | {r['theirMiB']:.0f}" if "ourMiB" in r else " | "
        text.append(f"| {r['workload']} | {r['input']} | {r['MiB']:.1f} | {r['ours']:.3f} | {r['theirs']:.3f} | {r['theirs'] / r['ours']:.1f}× | "
                    f"{memory} | {r['peer']} | {r['agree']} |")
    text += ["", "## Growth", "", "Slope of log(processor time) over log(size) from one size to the next; 1 is linear.", "",
             "| workload | MiB | slope |", "| --- | --- | ---: |"]
    for workload, before, after, slope in slopes(bench):
        text.append(f"| {workload} | {before / 1048576:.1f} → {after / 1048576:.1f} | {slope:.2f} |")
        bench.figures["slope"] = max(slope, bench.figures.get("slope", slope))
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
    if bench.starts:
        text += ["", "## The start", "", "From process start to the painted window: on a display (Xvfb), by the wall's clock, and "
                 "into memory, in processor time. What the second to fourth program cost, no program with these libraries and "
                 "with text in its window can do without.", "",
                 "| program | on a display, ms | against the empty one | into memory, ms | against the empty one |",
                 "| --- | ---: | ---: | ---: | ---: |"]
        _, bare_shown, bare_in_memory = bench.starts[0]
        for name, shown, in_memory in bench.starts:
            wall = f"{shown.wall * 1e3:.1f} | {shown.wall / bare_shown.wall:.2f}×" if shown else " | "
            text.append(f"| {name} | {wall} | {in_memory.cpu * 1e3:.1f} | {in_memory.cpu / bare_in_memory.cpu:.2f}× |")
    text += ["", "## Goals", "",
             "Limits in seconds were set on a machine on which inferno-flamegraph took "
             + " and ".join(f"{seconds} s ({name})" for name, seconds in goals.YARDSTICK.items())
             + f"; here it took {goals.slowness(bench.rows):.2f} times as long. What a time comes to at that machine's speed stands "
             "beside it. Ratios are of one run and need no such thing.", "",
             "| goal | limit | measured | at the goals' speed | |", "| --- | ---: | ---: | ---: | --- |"]
    for goal in goals.judge(bench.rows, bench.figures):
        text.append(f"| {goal.text} | {goal.limit_text} | {goal.value_text} | {goal.at_goal_speed} | {goal.verdict} |")
    text += ["", "## Commands", ""]
    for r in bench.rows:
        if "ourCommand" in r:
            text += [f"- {r['workload']}, {r['input']} (load {r['load']:.1f}): `{r['ourCommand']}` against `{r['theirCommand']}`"]
    text += ["- first icicle: `sundial FILE --screenshot out.png` against `snakeviz_first_icicle.py FILE`",
             "- first chart: `sundial FILE --screenshot out.png` against `speedscope_first_chart.py RELEASE FILE`",
             "- goals without a peer: `bench_engine paint`, `table`, `diff`, `compare`, `many`, `open`, `stacks`, `pstats`, `graph`, "
             "`memray`; `bench_time`, `bench_start` and `bare_window`"]
    for failure in bench.failed:
        text += ["", "Not measured: " + failure]
    if bench.missing:
        text += ["", "Not installed where this ran, so not compared: " + ", ".join(bench.missing) + "."]
    return "\n".join(text) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "build/bench-data")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1, 10, 100])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", type=pathlib.Path, nargs="*", default=[])
    parser.add_argument("--no-generate", action="store_true", help="leave out inputs that are missing")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs/PERFORMANCE.md")
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    bench = Bench(options)
    parts = [(starts,), (engine_figures,)]
    for size in options.sizes:
        parts += [(pstats_rows, size), (stack_rows, "speedscope", size), (stack_rows, "collapsed", size)]
    parts += [(window_rows, size) for size in options.sizes if size > 1] + [(memray_rows, 100)]
    for measure, *arguments in parts:
        try:
            measure(bench, *arguments)
        except (RuntimeError, KeyError, ValueError) as error:  # the others are worth having; its goals are "not measured"
            bench.failed.append(f"{measure.__name__} {arguments}: {error}")
            print(bench.failed[-1], flush=True)
        options.out.write_text(markdown(bench))


if __name__ == "__main__":
    main()
