// SPDX-License-Identifier: GPL-3.0-or-later
// How long a call graph takes from model to screen, step by step, at 50, 200 and 500 nodes and at gprof2dot's usual
// thresholds. Prints one JSON object; times are milliseconds of processor time (of the helper process for the layout),
// least of five after a warm-up. Usage: bench_engine graph PROFILE. Needs the helper beside it or in
// SUNDIAL_LAYOUT_HELPER.
#include "parsers/formats.h"
#include "tests/bench/sections.h"
#include "views/callgraph_paint.h"

#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <time.h>

using namespace sundial;

namespace
{

constexpr int kRounds = 5;
const QSize kScreen(1600, 900);

double ownMs()
{
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double helperMs()
{
    rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    const auto ms = [](const timeval& t) { return double(t.tv_sec) * 1e3 + double(t.tv_usec) / 1e3; };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

double least(const std::function<void()>& step, double (*clock)() = ownMs)
{
    double best = 1e9;
    for (int round = 0; round <= kRounds; ++round) {
        const double start = clock();
        step();
        if (round > 0)
            best = std::min(best, clock() - start);
    }
    return best;
}

void measure(const Analysis& analysis, const PruneOptions& options, bool isLast)
{
    PrunedGraph pruned;
    const double prune = least([&] { pruned = pruneGraph(analysis.graph, analysis.frames(), options); });
    CallGraphPicture picture;
    GraphLayoutRequest request;
    const double text = least([&] {
        picture = describeGraph(pruned, analysis.frames());
        request = layoutRequest(picture);
    });
    Result<GraphLayout> layout = Error{};
    const double layOut = least([&] { layout = layoutGraph(request, findLayoutHelper()); }, helperMs);
    if (!layout) {
        std::fprintf(stderr, "%s\n", layout.error().message.c_str());
        std::exit(1);
    }
    const double labels = least([&] { takeLayout(picture, *layout); });

    const FramePalette modules(analysis, Theme::light(), ColorBy::Module);
    const CallGraphLook look{.theme = &Theme::light(), .modules = &modules, .moduleTable = &analysis.modules};
    const auto paint = [&](double scale) {
        QImage image(kScreen, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillRect(image.rect(), look.theme->surface.panel);
        painter.scale(scale, scale);
        paintCallGraph(painter, picture, look, QRectF(QPointF(), QSizeF(kScreen) / scale));
    };
    const double fitted = std::min(1.0, kScreen.width() / picture.bounds.width());
    std::printf(
        "  {\"nodes\": %zu, \"edges\": %zu, \"width\": %.0f, \"height\": %.0f, \"prune\": %.2f, \"text\": %.2f, "
        "\"layout\": %.2f, \"labels\": %.2f, \"paint_all\": %.2f, \"paint_part\": %.2f}%s\n",
        pruned.nodes.size(), pruned.edges.size(), picture.bounds.width(), picture.bounds.height(), prune, text, layOut,
        labels, least([&] { paint(fitted); }), least([&] { paint(1); }), isLast ? "" : ",");
}

} // namespace

int bench::graph(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    installApplicationFont();
    QFile file(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString());
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "usage: bench_engine graph PROFILE\n");
        return 2;
    }
    const QByteArray bytes = file.readAll();
    Progress progress;
    Result<Profile> profile = parseAny({{bytes.constData(), std::size_t(bytes.size())}, argv[1]}, {}, progress);
    if (!profile) {
        std::fprintf(stderr, "%s\n", profile.error().message.c_str());
        return 1;
    }
    Analysis analysis;
    analysis.profile = std::make_shared<const Profile>(std::move(*profile));
    analysis.graph = callGraph(*analysis.profile, MetricId{0});
    analysis.modules = moduleTable(analysis.frames(), analysis.functions());
    std::printf("{\"file\": \"%s\", \"functions\": %u, \"edges\": %zu, \"graphs\": [\n", argv[1],
                analysis.functions().size(), analysis.graph.edges().size());
    for (const std::uint32_t nodes : {50u, 200u, 500u})
        measure(analysis, {.edgeThreshold = kUsualEdgeThreshold, .maxNodes = nodes}, false);
    measure(analysis, {.nodeThreshold = kUsualNodeThreshold, .edgeThreshold = kUsualEdgeThreshold}, true);
    std::printf("]}\n");
    return 0;
}
