// SPDX-License-Identifier: GPL-3.0-or-later
// How long the function table takes from a click or a key to painted rows. Prints one JSON object; times are
// milliseconds of the painting thread (of the first run, and median and worst of the others), so that a busy machine
// tells the same. Usage: bench_engine table [functions, 200,000 unless given]
#include "model/profile_builder.h"
#include "tests/bench/sections.h"
#include "views/function_table_view.h"
#include "views/style.h"

#include <QApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>
#include <time.h>

using namespace sundial;

namespace
{

constexpr int kRuns = 9;

ProfilePtr makeProfile(unsigned functions)
{
    std::mt19937 engine(7);
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    for (unsigned i = 0; i < functions; ++i) {
        const unsigned at = unsigned(engine());
        const double self = std::pow(double(engine() % 100'000) / 1e5, 4) * 1e-3;
        const std::string name = "process_number_" + std::to_string(at % (functions * 2));
        const std::string file = "/opt/python/lib/python3.11/site-packages/package" + std::to_string(at % 300) +
                                 "/module" + std::to_string(at % 5000) + ".py";
        const std::int64_t calls = 1 + std::int64_t(engine() % 1000);
        builder.addFunction(builder.internFrame(name, file, 1 + i), {calls, calls - calls % 2, self, self * 3});
    }
    builder.profile().formatId = "pstats";
    return std::make_shared<const Profile>(std::move(builder).build());
}

double threadMs()
{
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Runs `change` and paints what then has to be painted.
template <class Change> void measure(const char* name, FunctionTableView& view, Change change, bool isLast = false)
{
    std::vector<double> times;
    for (int run = -1; run < kRuns; ++run) {
        const double start = threadMs();
        change(run);
        QApplication::processEvents();
        view.grid()->viewport()->repaint();
        times.push_back(threadMs() - start);
    }
    const double first = times.front(); // has to rank names, to index them, to find the font
    times.erase(times.begin());
    std::sort(times.begin(), times.end());
    std::printf("  \"%s\": {\"first\": %.1f, \"median\": %.1f, \"worst\": %.1f}%s\n", name, first,
                times[times.size() / 2], times.back(), isLast ? "" : ",");
}

} // namespace

int bench::table(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    installApplicationFont();
    QApplication::setStyle(new SundialStyle(Theme::light()));
    const ProfilePtr profile = makeProfile(argc > 1 ? unsigned(std::atol(argv[1])) : 200'000);
    Progress progress;
    Result<AnalysisPtr> analysis = analyse(profile, MetricId{0}, progress);

    ViewContext context;
    FunctionTableView view(&context);
    view.resize(1072, 330);
    view.show();
    std::printf("{\n  \"functions\": %u,\n", (*analysis)->frames().size());
    measure("open", view, [&](int) { context.setAnalysis(*analysis); });
    const auto sortBy = [&](FunctionColumn column) {
        return [&view, column](int run) {
            view.grid()->sortByColumn(int(column), run % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        };
    };
    measure("sortByCalls", view, sortBy(FunctionColumn::Calls));
    measure("sortByPerCall", view, sortBy(FunctionColumn::TotalPerCall));
    measure("sortByName", view, sortBy(FunctionColumn::Function));
    measure("sortByLocation", view, sortBy(FunctionColumn::Location));
    measure("sortBySelf", view, sortBy(FunctionColumn::Self));
    auto& model = const_cast<FunctionModel&>(view.model());
    const auto filterBy = [&](const QStringList& texts, bool isExpression) {
        return [&model, texts, isExpression](int run) {
            FunctionFilter filter;
            filter.text = texts[(run + 1) % texts.size()];
            filter.isExpression = isExpression;
            model.setFilter(filter);
        };
    };
    measure("filterText", view, filterBy({"p", "pr", "process_number_12", "module42.py:", "no such text", ""}, false));
    measure("filterExpression", view, filterBy({"number_1.*7\\)$", "package(1|2)\\d/", "x{3}", ""}, true));
    model.setFilter({});
    const std::array groupings{GroupBy::File, GroupBy::Module, GroupBy::None};
    measure("group", view, [&](int run) { model.setGroupBy(groupings[std::size_t(run + 1) % groupings.size()]); });
    measure(
        "select", view, [&](int run) { context.select(FrameId{std::uint32_t(run + 1) * 17'001}); }, true);
    std::printf("}\n");
    return 0;
}
