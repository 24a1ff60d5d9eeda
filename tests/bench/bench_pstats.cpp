// SPDX-License-Identifier: GPL-3.0-or-later
// How long a pstats file takes from mapped bytes to a model that is ready, in turn with what Python's bare
// marshal.loads takes for the same bytes (objects only: pstats itself computes more after it): bench_engine pstats FILE
// [RUNS]. Prints JSON: processor time in milliseconds, memory in MiB. The first run of each warms up and is not
// counted.
#include "model/function_order.h"
#include "model/sort_words.h"
#include "parsers/formats.h"
#include "tests/bench/sections.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace sundial;

namespace
{

constexpr const char* kPython = "import marshal, sys, time, resource\n"
                                "data = open(sys.argv[1], 'rb').read()\n"
                                "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
                                "start = time.process_time()\n"
                                "profile = marshal.loads(data)\n"
                                "print((time.process_time() - start) * 1e3)\n"
                                "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)\n";

double processorMs()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double peakMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

QJsonObject summary(std::vector<double> times)
{
    times.erase(times.begin());
    std::sort(times.begin(), times.end());
    return {{"min", times.front()}, {"median", times[times.size() / 2]}};
}

} // namespace

int bench::pstats(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_engine pstats FILE [RUNS]\n", stderr);
        return 2;
    }
    const int runs = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    QFile file(QString::fromLocal8Bit(argv[1]));
    const uchar* const bytes = file.open(QIODevice::ReadOnly) ? file.map(0, file.size()) : nullptr;
    if (!bytes) {
        std::fprintf(stderr, "%s: cannot be mapped\n", argv[1]);
        return 3;
    }
    const std::string_view text(reinterpret_cast<const char*>(bytes), std::size_t(file.size()));
    QJsonObject report{{"file", argv[1]}, {"fileMiB", double(file.size()) / 1024 / 1024}, {"runs", runs}};
    std::vector<double> load, sort, python;
    for (int run = 0; run <= runs; ++run) {
        const double before = peakMiB();
        const double start = processorMs();
        Progress progress;
        const Result<Profile> profile = parseAny({text, argv[1]}, {}, progress, findFormat("pstats"));
        if (!profile) {
            std::fprintf(stderr, "%s: %s\n", argv[1], profile.error().message.c_str());
            return 3;
        }
        load.push_back(processorMs() - start);
        if (run == 0) {
            report["functions"] = qint64(profile->frames.size());
            report["edges"] = qint64(profile->arcs.edges().size());
            report["total"] = profile->arcs.functions().totalSelf;
            report["peakAddedMiB"] = peakMiB() - before;
        }
        const double sortStart = processorMs();
        FunctionOrder order(profile->frames, profile->arcs.functions());
        const std::vector<std::uint32_t> rows = order.sorted(parseSortOrder("stdname")->keys);
        sort.push_back(processorMs() - sortStart);

        QProcess interpreter;
        interpreter.start("python3", {"-c", kPython, argv[1]});
        if (interpreter.waitForFinished(600000) && interpreter.exitCode() == 0) {
            const QList<QByteArray> lines = interpreter.readAllStandardOutput().split('\n');
            python.push_back(lines[0].toDouble());
            report["pythonAddedMiB"] = lines[1].toDouble();
        }
    }
    report["load"] = summary(load);
    report["sortByName"] = summary(sort);
    if (int(python.size()) == runs + 1) {
        report["marshalLoads"] = summary(python);
        report["ratio"] = summary(load)["median"].toDouble() / summary(python)["median"].toDouble();
    }
    std::puts(QJsonDocument(report).toJson().constData());
    return 0;
}
