// SPDX-License-Identifier: GPL-3.0-or-later
// How long a frame of the icicle and of the sunburst takes while it is zoomed and panned, into an image of 1600 × 900.
// Prints one JSON object; times are milliseconds of the painting thread, so that a busy machine tells the same. Usage:
// bench_engine paint [nodes, 4,000,000 unless given]
#include "model/profile_builder.h"
#include "tests/bench/sections.h"
#include "views/icicle_paint.h"
#include "views/sunburst_paint.h"

#include <QGuiApplication>
#include <QImage>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <time.h>

using namespace sundial;

namespace
{

constexpr int kFrames = 240;
const QSize kSize(1600, 900);

/// A tree of `nodes` nodes over 3,000 functions, some 60 levels deep, its leaves of random weight: wide in its middle
/// rows, as sampled servers are.
ProfilePtr makeProfile(unsigned nodes)
{
    std::mt19937 engine(7);
    const auto random = [&engine] { return unsigned(engine()); };
    ProfileBuilder builder({{"time", "Time", Unit::Microseconds, NumberKind::Exact, {}}});
    std::vector<FrameId> frames;
    for (unsigned i = 0; i < 3000; ++i)
        frames.push_back(builder.internFrame("function_number_" + std::to_string(i),
                                             "/srv/package" + std::to_string(i % 40) + "/module.py", i + 1));
    std::vector<std::uint32_t> path;
    while (builder.nodeCount() < nodes) {
        path.resize(path.empty() ? 0 : random() % path.size());
        const unsigned depth = 20 + random() % 40;
        while (path.size() < depth) {
            const std::uint32_t parent = path.empty() ? 0 : path.back();
            path.push_back(builder.child(parent, frames[random() % (path.size() < 4 ? 5 : frames.size())]));
        }
        builder.addSample(path.back(), 1 + random() % 1000);
    }
    return std::make_shared<const Profile>(std::move(builder).build());
}

struct Quantiles {
    double p50, p99, worst;
};

double threadMs()
{
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

Quantiles measure(const std::function<void(QPainter&, double)>& paint)
{
    QImage image(kSize, QImage::Format_ARGB32_Premultiplied);
    std::vector<double> times;
    for (int frame = -5; frame < kFrames; ++frame) { // the first ones warm caches
        const double start = threadMs();
        QPainter painter(&image);
        painter.fillRect(image.rect(), Theme::light().surface.panel);
        paint(painter, std::max(0, frame) / double(kFrames));
        painter.end();
        if (frame >= 0)
            times.push_back(threadMs() - start);
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100], times.back()};
}

void print(const char* name, const Quantiles& q, bool isLast = false)
{
    std::printf("  \"%s\": {\"p50\": %.2f, \"p99\": %.2f, \"worst\": %.2f}%s\n", name, q.p50, q.p99, q.worst,
                isLast ? "" : ",");
}

} // namespace

int bench::paint(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    installApplicationFont();
    const ProfilePtr profile = makeProfile(argc > 1 ? unsigned(std::atol(argv[1])) : 4'000'000);
    Progress progress;
    const AnalysisPtr analysis = *analyse(profile, MetricId{0}, progress);
    const double start = threadMs();
    const IcicleLayout layout(analysis->tree, MetricId{0}, progress);
    const double layoutMs = threadMs() - start;
    const FramePalette palette(*analysis, Theme::light(), ColorBy::Module);
    const SearchResult noSearch;
    const TreeScene scene{*analysis, layout, palette, Theme::light(), noSearch, {}};

    Viewport viewport = icicleViewport(QRectF(QPointF(), QSizeF(kSize)), false);
    const auto paintAt = [&](QPainter& painter, const Viewport& at) { paintIcicle(painter, scene, at, at.area); };
    const Quantiles panning = measure([&](QPainter& painter, double t) {
        Viewport at = viewport;
        at.zoomAbout(0, 0.1);
        at.panBy(t * 9 * at.area.width());
        at.scroll = t * 20 * at.rowHeight;
        paintAt(painter, at);
    });
    const Quantiles zooming = measure([&](QPainter& painter, double t) {
        Viewport at = viewport;
        at.zoomAbout(610, std::pow(1e-6, t));
        paintAt(painter, at);
    });
    const Quantiles whole = measure([&](QPainter& painter, double t) {
        Viewport at = viewport;
        at.scroll = t * 25 * at.rowHeight;
        paintAt(painter, at);
    });
    const Quantiles sunburst = measure([&](QPainter& painter, double t) {
        // One level inwards after the other, as clicks on the largest callee do.
        const auto row = std::uint32_t(t * 6);
        const std::uint32_t box = layout.rowBegin(row);
        const Rings rings = ringsIn(QRectF(QPointF(), QSizeF(kSize)), layout, box, row, kGreatestDepth);
        paintSunburst(painter, scene, rings, layout.node(box));
    });
    std::printf("{\n  \"boxes\": %u,\n  \"rows\": %u,\n  \"layoutMs\": %.0f,\n", layout.size(), layout.rowCount(),
                layoutMs);
    print("icicleWhole", whole);
    print("iciclePan", panning);
    print("icicleZoom", zooming);
    print("sunburstDepth20", sunburst, true);
    std::printf("}\n");
    return 0;
}
