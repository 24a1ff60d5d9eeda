// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of bench_engine. Each takes its arguments as a program does (argv[0] is its name), prints one JSON
// object and returns an exit status.
#pragma once

namespace sundial::bench
{

int pstats(int argc, char** argv);
int stacks(int argc, char** argv);
int memray(int argc, char** argv);
int open(int argc, char** argv);
int many(int argc, char** argv);
int compare(int argc, char** argv);
int diff(int argc, char** argv);
int graph(int argc, char** argv);
int table(int argc, char** argv);
int paint(int argc, char** argv);

} // namespace sundial::bench
