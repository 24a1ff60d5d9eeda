#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seeds that are no fixtures into corpus/: archives and compressed files around small profiles, and command
lines. The same bytes each time; Python's standard library only.  Run: tests/fuzz/make_seeds.py"""

import bz2
import gzip
import io
import lzma
import pathlib
import tarfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures"
PROFILE = (FIXTURES / "pstats/tiny-mutual-clock.prof").read_bytes()
STACKS = b"main;work;parse 12\nmain;work 3\nmain;idle 1\n"


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def tarred(members, link=None):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        if link:
            info = tarfile.TarInfo("link.prof")
            info.type, info.linkname = tarfile.SYMTYPE, link
            archive.addfile(info)
    return out.getvalue()


def containers():
    members = [("before/a.prof", PROFILE), ("notes.txt", b"no profile"), ("after/a.folded", STACKS)]
    yield "deflated.zip", zipped(members)
    yield "stored.zip", zipped(members, zipfile.ZIP_STORED)
    yield "nested.zip", zipped([("inner.zip", zipped(members)), ("t.tar", tarred(members)), ("g.gz", gzip.compress(STACKS, mtime=0))])
    yield "leads-out.zip", zipped([("../../x.prof", PROFILE), ("/abs.prof", PROFILE)])
    yield "plain.tar", tarred(members, "/etc/passwd")
    yield "tar.gz", gzip.compress(tarred(members), mtime=0)
    yield "prof.gz", gzip.compress(PROFILE, mtime=0)
    yield "two-members.gz", gzip.compress(STACKS[:20], mtime=0) + gzip.compress(STACKS[20:], mtime=0)
    yield "folded.bz2", bz2.compress(STACKS)
    yield "folded.xz", lzma.compress(STACKS)
    yield "empty.zip", zipped([])


COMMANDS = """
info file-a.prof --json
top file-a.prof -n 5 --sort time,name --reverse --strip-dirs
top file-c.folded --csv --filter ma.n --by-line
callers file-a.prof main --markdown
callees file-d.json work -n 3
graph file-a.prof -o g.dot --node-thres 0 --edge-thres 0.1 --root main --depth 2 --wrap
graph file-c.folded -o g.svg --max-nodes 3 --width 300
flame file-c.folded -o f.svg --inverted --size 200x100
flame file-d.json -o f.png --time-order --depth 2
sunburst file-a.prof -o s.svg --theme dark --size 100x100
diff file-a.prof file-b.prof -n 3 --sort ratio --target main
diff --before file-a.prof --after file-b.prof --json --normalize
check file-a.prof file-b.prof --fail-if total>+5% --junit j.xml --sarif s.json --github
convert file-a.prof -o o.json --to speedscope
convert file-c.folded -o o.prof --to pstats --lanes
file-a.prof --view icicle --window-size 800x600 --theme dark
--version
info file-z.zip!before_a.prof
"""

RULES = """fail-if = ["total>+5%", "self(parse)>200ms", "peak-bytes>+1MiB"]
[budget]
total = "+5%"
"calls(work)" = "10"
"""


def write(folder, name, content):
    path = HERE / "corpus" / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


for seed_name, seed in containers():
    write("containers", seed_name, seed)
for index, command in enumerate(COMMANDS.strip().splitlines()):
    write("options", f"command-{index:02}", "\n".join(command.split()).encode())
write("options", "rules-toml", ("rules:" + RULES).encode())
write("options", "rules-lines", b"rules:total>+5%\nself(f)<-10ms\ncalls(f)>3\npeak-bytes>1.5GiB\n")
