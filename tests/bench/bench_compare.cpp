// SPDX-License-Identifier: GPL-3.0-or-later
// From two files to a table of changes and the picture of both sides, as the window does it, and one file to its
// picture for comparison; then what choosing other widths and colours costs. Wall clock in milliseconds, least of the
// runs: bench_engine compare BEFORE AFTER [RUNS]. Sides may be "random:1" and "random:2".
#include "app/loader.h"
#include "model/compare_analysis.h"
#include "tests/bench/sections.h"
#include "tests/support/generate.h"
#include "views/before_after_paint.h"
#include "views/icicle_paint.h"
#include "views/models/changes_model.h"
#include "views/sunburst_paint.h"

#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>

using namespace sundial;

namespace
{

const QSize kPicture(1600, 900);

class Stopwatch
{
public:
    /// Milliseconds since the last call, or since this was made.
    double lap()
    {
        const auto now = std::chrono::steady_clock::now();
        const double ms = std::chrono::duration<double, std::milli>(now - m_last).count();
        m_last = now;
        return ms;
    }

private:
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
};

/// A file, or a million samples by chance: "random:SEED", of some 745,000 nodes.
AnalysisPtr opened(const char* path)
{
    Progress progress;
    constexpr std::string_view kRandom = "random:";
    if (std::string_view(path).substr(0, kRandom.size()) == kRandom) {
        auto profile = test::randomPaths(unsigned(std::atoi(path + kRandom.size())), 1'000'000, 5000, 12);
        return *analyse(std::make_shared<const Profile>(std::move(profile)), MetricId{0}, progress);
    }
    const Result<ProfilePtr> profile = loadFile(QFile::decodeName(path), {}, progress);
    if (!profile) {
        std::fprintf(stderr, "%s: %s\n", path, profile.error().message.c_str());
        std::exit(3);
    }
    return *analyse(*profile, MetricId{0}, progress);
}

template <class Paint>
void paintTree(const AnalysisPtr& analysis, const IcicleLayout& layout, ColorBy colors, Paint&& paint)
{
    const FramePalette palette(*analysis, Theme::light(), colors);
    const SearchResult noSearch;
    QImage image(kPicture, QImage::Format_RGB32);
    QPainter painter(&image);
    paint(painter, TreeScene{*analysis, layout, palette, Theme::light(), noSearch, {}});
}

void paintOne(QPainter& painter, const TreeScene& scene)
{
    const Viewport viewport = icicleViewport(QRectF(QPointF(), QSizeF(kPicture)), false);
    paintIcicle(painter, scene, viewport, viewport.area);
}

void paintRings(QPainter& painter, const TreeScene& scene)
{
    paintSunburstPicture(painter, scene, NodeId{0}, 12, QSizeF(kPicture));
}

} // namespace

int bench::compare(int argc, char** argv)
{
    if (argc < 3) {
        std::fputs("usage: bench_engine compare BEFORE AFTER [RUNS]\n", stderr);
        return 2;
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    installApplicationFont();
    const int runs = argc > 3 ? std::max(1, std::atoi(argv[3])) : 3;
    QJsonObject report{{"before", argv[1]}, {"after", argv[2]}, {"runs", runs}};
    const auto note = [&report](const char* key, double ms) {
        const QLatin1String name(key);
        report[name] = std::min(ms, report[name].toDouble(ms));
    };
    Progress progress;
    for (int run = 0; run < runs; ++run) {
        Stopwatch whole, step;
        {
            const AnalysisPtr one = opened(argv[1]);
            const IcicleLayout layout(one->tree, MetricId{0}, progress);
            paintTree(one, layout, ColorBy::Module, paintOne);
        }
        note("oneFileMs", whole.lap());
        step.lap();
        auto second = std::async(std::launch::async, [&] { return opened(argv[2]); }); // as the window does it
        const ComparedSide before{{opened(argv[1])}, "before"};
        const ComparedSide after{{second.get()}, "after"};
        note("loadBothMs", step.lap());
        const AnalysisPtr both = *analyseComparison(before, after, {}, CompareWidth::Larger, progress);
        note("compareMs", step.lap());
        const SideLayouts sides = sideLayouts(both->tree);
        const IcicleLayout layout(both->tree, both->metric, progress);
        paintTree(both, layout, ColorBy::Change, [&](QPainter& painter, const TreeScene& scene) {
            paintBeforeAfter(painter, scene, {both->tree, sides, QRectF(QPointF(), QSizeF(kPicture))});
        });
        note("pictureMs", step.lap());
        ChangesModel table;
        table.setComparison(both->comparison);
        note("tableMs", step.lap());
        note("twoFilesMs", whole.lap());
        report["nodes"] = qint64(both->tree.size());
        report["rows"] = table.rowCount();

        step.lap();
        const AnalysisPtr moved = withWidth(both, CompareWidth::Change);
        note("widthMs", step.lap());
        const IcicleLayout movedLayout(moved->tree, moved->metric, progress);
        note("widthLayoutMs", step.lap());
        paintTree(moved, movedLayout, ColorBy::Change, paintOne);
        note("widthPaintMs", step.lap());
        paintTree(both, layout, ColorBy::Module, paintOne);
        note("colorMs", step.lap());
        paintTree(both, layout, ColorBy::Change, paintRings);
        note("sunburstMs", step.lap());
    }
    report["twoToOne"] = report["twoFilesMs"].toDouble() / report["oneFileMs"].toDouble();
    std::puts(QJsonDocument(report).toJson().constData());
    return 0;
}
