// SPDX-License-Identifier: GPL-3.0-or-later
// From a file to a picture, step by step, as the window does it: load, analyse, lay out, paint at 1600 × 900. And many
// profiles at once: what each costs in memory, and what is given back when all are closed.
//
//   bench_engine open FILE [RUNS]      bench_engine many FILE [COUNT]
#include "app/loader.h"
#include "model/analysis.h"
#include "model/free_memory.h"
#include "tests/bench/sections.h"
#include "views/icicle_paint.h"

#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <unistd.h>
#include <vector>

using namespace sundial;

namespace
{

const QSize kPicture(1600, 900);

double clockMs(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double residentMiB()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    return statm.readAll().split(' ')[1].toDouble() * double(sysconf(_SC_PAGESIZE)) / 1024 / 1024;
}

double peakMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

Result<AnalysisPtr> openFile(const char* path)
{
    Progress progress;
    Result<ProfilePtr> profile = loadFile(QFile::decodeName(path), {}, progress);
    if (!profile)
        return profile.error();
    return analyse(*profile, MetricId{0}, progress);
}

void paintWhole(const AnalysisPtr& analysis, const IcicleLayout& layout)
{
    const FramePalette palette(*analysis, Theme::light(), ColorBy::Module);
    const SearchResult noSearch;
    const TreeScene scene{*analysis, layout, palette, Theme::light(), noSearch, {}};
    QImage image(kPicture, QImage::Format_RGB32);
    QPainter painter(&image);
    const Viewport viewport = icicleViewport(QRectF(QPointF(), QSizeF(kPicture)), false);
    paintIcicle(painter, scene, viewport, viewport.area);
}

int fail(const char* path, const Error& error)
{
    std::fprintf(stderr, "%s: %s\n", path, error.message.c_str());
    return 3;
}

} // namespace

int bench::open(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_engine open FILE [RUNS]\n", stderr);
        return 2;
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    installApplicationFont();
    const int runs = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    std::vector<double> load, analysing, layingOut, painting;
    QJsonObject report{{"file", argv[1]}, {"runs", runs}};
    for (int run = 0; run <= runs; ++run) {
        Progress progress;
        std::vector<double> at{clockMs(CLOCK_PROCESS_CPUTIME_ID)};
        const Result<ProfilePtr> profile = loadFile(QFile::decodeName(argv[1]), {}, progress);
        if (!profile)
            return fail(argv[1], profile.error());
        at.push_back(clockMs(CLOCK_PROCESS_CPUTIME_ID));
        const Result<AnalysisPtr> analysis = analyse(*profile, MetricId{0}, progress);
        if (!analysis)
            return fail(argv[1], analysis.error());
        at.push_back(clockMs(CLOCK_PROCESS_CPUTIME_ID));
        const IcicleLayout layout((*analysis)->tree, MetricId{0}, progress);
        at.push_back(clockMs(CLOCK_PROCESS_CPUTIME_ID));
        paintWhole(*analysis, layout);
        at.push_back(clockMs(CLOCK_PROCESS_CPUTIME_ID));
        if (run == 0) { // the warm-up
            report["functions"] = qint64((*profile)->frames.size());
            report["nodes"] = qint64((*analysis)->tree.size());
            report["total"] = (*analysis)->total;
            continue;
        }
        load.push_back(at[1] - at[0]);
        analysing.push_back(at[2] - at[1]);
        layingOut.push_back(at[3] - at[2]);
        painting.push_back(at[4] - at[3]);
    }
    report["loadCpuMs"] = median(load);
    report["analyseCpuMs"] = median(analysing);
    report["layoutCpuMs"] = median(layingOut);
    report["paintCpuMs"] = median(painting);
    report["peakMiB"] = peakMiB();
    std::puts(QJsonDocument(report).toJson().constData());
    return 0;
}

int bench::many(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_engine many FILE [COUNT]\n", stderr);
        return 2;
    }
    const int count = argc > 2 ? std::max(1, std::atoi(argv[2])) : 10;
    {
        const Result<AnalysisPtr> once = openFile(argv[1]); // what stays after the first one is not of the others
        if (!once)
            return fail(argv[1], once.error());
    }
    returnFreeMemory();
    const double before = residentMiB();
    const double start = clockMs(CLOCK_MONOTONIC);
    std::vector<AnalysisPtr> all;
    for (int i = 0; i < count; ++i) {
        Result<AnalysisPtr> analysis = openFile(argv[1]);
        if (!analysis)
            return fail(argv[1], analysis.error());
        all.push_back(*analysis);
    }
    const double wallMs = clockMs(CLOCK_MONOTONIC) - start;
    const double open = residentMiB();
    all.clear();
    returnFreeMemory();
    const QJsonObject report{{"file", argv[1]},
                             {"count", count},
                             {"wallMs", wallMs},
                             {"beforeMiB", before},
                             {"openMiB", open},
                             {"eachMiB", (open - before) / count},
                             {"closedMiB", residentMiB()},
                             {"peakMiB", peakMiB()}};
    std::puts(QJsonDocument(report).toJson().constData());
    return 0;
}
