# SPDX-License-Identifier: GPL-3.0-or-later
"""The goals of the project for speed and memory, and what a run of compare.py says about each."""

import dataclasses
from typing import Callable, Optional

# Limits in seconds were set on a machine on which inferno-flamegraph took so many seconds, on one core, for these files.
YARDSTICK = {"c100k": 0.35, "c1M": 3.9}


@dataclasses.dataclass
class Judged:
    text: str
    limit_text: str
    value_text: str
    at_goal_speed: str  # of a time; else empty
    verdict: str


@dataclasses.dataclass
class Goal:
    area: str
    text: str
    limit: float
    is_least: bool  # the value has to be at least the limit, else at most
    value: Callable[[list, dict], Optional[float]]
    unit: str = ""

    def judge(self, rows, figures, slowness):
        value = self.value(rows, figures)
        sign = "≥" if self.is_least else "≤"
        limit = f"{sign} {self.limit:g}{self.unit}"
        if value is None:
            return Judged(f"{self.area}: {self.text}", limit, "", "", "not measured")
        is_time = self.unit in (" ms", " s")
        scaled = value / slowness if is_time else value
        is_met, is_met_scaled = (v >= self.limit if self.is_least else v <= self.limit for v in (value, scaled))
        return Judged(f"{self.area}: {self.text}", limit, f"{value:.3g}{self.unit}", f"{scaled:.3g}{self.unit}" if is_time else "",
                      "met" if is_met else "met at that speed" if is_met_scaled else "**missed**")


def figure(name):
    return lambda rows, figures: figures.get(name)


def find(rows, workload, name):
    return next((r for r in rows if r["workload"] == workload and r["input"].startswith(name)), None)


def ratio(workload, name, key="ours", other="theirs"):
    """How often `key` of a row goes into `other`: as it stands, the peer's seconds against ours."""
    def value(rows, figures):
        row = find(rows, workload, name)
        return row and row[other] / row[key]

    return value


GOALS = [
    Goal("pstats", "load against Python's marshal.loads, 20k functions", 1, False, figure("marshal ratio 10")),
    Goal("pstats", "load against Python's marshal.loads, 200k functions", 1, False, figure("marshal ratio 100")),
    Goal("pstats", "`sundial top` against pstats, 20k functions", 8, True, ratio("top 20", "p20k"), "×"),
    Goal("pstats", "`sundial top` against pstats, 200k functions", 12, True, ratio("top 20", "p200k"), "×"),
    Goal("pstats", "memory of it, part of pstats', 200k functions", 0.25, False, ratio("top 20", "p200k", "theirMiB", "ourMiB")),
    Goal("pstats", "call graph to PNG against gprof2dot and dot, 20k functions", 3, True,
         ratio("call graph to PNG, gprof2dot's thresholds", "p20k"), "×"),
    Goal("pstats", "process start to first icicle and table against snakeviz in a browser, 20k functions", 30, True,
         ratio("first icicle and table, from process start, wall clock", "p20k"), "×"),
    Goal("pstats", "the same at 200k functions", 1, False, figure("window painted 100"), " s"),
    Goal("pstats", "a call graph on screen against gprof2dot and dot", 10, True, ratio("call graph on screen, wall clock", "large-"), "×"),
    Goal("views", "icicle of 4M boxes, zooming, p50", 4, False, figure("icicleZoom p50"), " ms"),
    Goal("views", "icicle of 4M boxes, zooming, p99", 8, False, figure("icicleZoom p99"), " ms"),
    Goal("views", "icicle of 4M boxes, panning, p50", 4, False, figure("iciclePan p50"), " ms"),
    Goal("views", "icicle of 4M boxes, panning, p99", 8, False, figure("iciclePan p99"), " ms"),
    Goal("views", "sunburst of 4M boxes, p99", 16, False, figure("sunburstDepth20 p99"), " ms"),
    Goal("views", "200k rows sorted by calls and shown, worst", 40, False, figure("table sortByCalls"), " ms"),
    Goal("views", "200k rows sorted by location and shown, worst", 40, False, figure("table sortByLocation"), " ms"),
    Goal("views", "200k rows filtered and shown, worst", 100, False, figure("table filterText"), " ms"),
    Goal("views", "longest block of the event loop while 20k functions load", 50, False, figure("load block pstats 10"), " ms"),
    Goal("views", "longest block of the event loop while 1M samples load", 50, False, figure("load block speedscope 10"), " ms"),
    Goal("stacks", "speedscope load against simdjson's walk, 1M samples", 1.5, False, figure("simdjson ratio 10"), "×"),
    Goal("stacks", "speedscope load against simdjson's walk, 8M samples", 1.5, False, figure("simdjson ratio 100"), "×"),
    Goal("stacks", "process start to first chart against speedscope in a browser, 100k samples", 8, True,
         ratio("first chart, from process start, wall clock", "s100k"), "×"),
    Goal("stacks", "process start to first chart against speedscope in a browser, 1M samples", 50, True,
         ratio("first chart, from process start, wall clock", "s1M"), "×"),
    Goal("stacks", "speedscope memory against the file, 1M samples", 2, False, figure("speedscope memory 10"), "×"),
    Goal("stacks", "1.1 GB speedscope to picture, processor time", 3000, False, figure("speedscope open 100"), " ms"),
    Goal("stacks", "1.1 GB speedscope, memory against the file", 2, False, figure("speedscope memory 100"), "×"),
    Goal("stacks", "1.1 GB speedscope in the window, complete", 3000, False, figure("complete speedscope 100"), " ms"),
    Goal("stacks", "1.1 GB speedscope in the window, first picture", 500, False, figure("first picture speedscope 100"), " ms"),
    Goal("stacks", "longest block of the event loop while it loads", 50, False, figure("load block speedscope 100"), " ms"),
    Goal("stacks", "frames while it loads, zoomed by the wheel, p99", 8, False, figure("frame p99 while loading speedscope 100"), " ms"),
    Goal("stacks", "time order of 8M samples, zoom and pan, p99", 8, False, figure("time order p99"), " ms"),
    Goal("stacks", "collapsed to picture against inferno on one core, 100k lines", 1.9, True, ratio("picture, one core", "c100k"), "×"),
    Goal("stacks", "the same on two cores, wall clock, 100k lines", 3, True, ratio("picture, two cores", "c100k", "ourWall", "theirWall"), "×"),
    Goal("stacks", "collapsed to picture against inferno on one core, 1M lines", 1.9, True, ratio("picture, one core", "c1M"), "×"),
    Goal("stacks", "the same on two cores, wall clock, 1M lines", 3, True, ratio("picture, two cores", "c1M", "ourWall", "theirWall"), "×"),
    Goal("stacks", "collapsed, 1.2 GB: memory against the file", 1, False, ratio("picture, two cores", "c1M", "MiB", "ourMiB"), "×"),
    Goal("memray", "everything against `memray flamegraph` alone, 59M allocations", 5, True,
         ratio("all metrics, statistics, time, a range / one report", "big"), "×"),
    Goal("memray", "memory of all metrics, statistics and memory over time (with a range beside it: see above)", 700, False,
         figure("memray load MiB"), " MiB"),
    Goal("memray", "what lived, leaked and was temporary in a range of 59M allocations", 1, False, figure("memray range s"), " s"),
    Goal("memray", "records a second at 59M allocations against a tenth of them", 1, True, figure("memray records/s against a tenth"), "×"),
    Goal("comparison", "two 1M-sample profiles: matching, union tree, verdict", 300, False,
         figure("diff of two 1M-sample profiles"), " ms"),
    Goal("comparison", "`sundial diff` against gprof2dot --compare, 20k functions", 10, True,
         ratio("comparison of two", "p20k"), "×"),
    Goal("comparison", "two files to table and picture against one file", 2.3, False, figure("two files to picture / one"), "×"),
    Goal("comparison", "a pair of 100 MB to a picture against inferno's two programs", 2, True,
         ratio("comparison as a picture, one core", "c100k"), "×"),
    Goal("window", "start to a painted empty window on a display, wall clock against a bare QMainWindow", 1.3, False,
         figure("start wall / bare wall"), "×"),
    Goal("window", "the same into memory, processor time", 1.3, False, figure("start cpu / bare cpu"), "×"),
    Goal("window", "start to a painted empty window", 300, False, figure("start ms"), " ms"),
    Goal("window", "frames while 1M samples are zoomed and panned, p99", 8, False, figure("frame p99 speedscope 10"), " ms"),
    Goal("window", "memory after closing 1M samples, against before", 1.1, False,
         figure("memory closed / before speedscope 10"), "×"),
    Goal("window", "memory after closing ten profiles, against before", 1.1, False, figure("closed / before"), "×"),
    Goal("all", "growth over a decade of size, steepest", 1.25, False, figure("slope")),
]


def slowness(rows):
    """How many times as long inferno-flamegraph took here as on the machine of the goals: the least of the files; 1 if it was
    not run or was faster."""
    found = [(find(rows, "picture, one core", name), there) for name, there in YARDSTICK.items()]
    return max(1, min((row["theirs"] / there for row, there in found if row), default=1))


def judge(rows, figures):
    return [goal.judge(rows, figures, slowness(rows)) for goal in GOALS]
