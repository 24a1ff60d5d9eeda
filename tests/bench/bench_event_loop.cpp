// SPDX-License-Identifier: GPL-3.0-or-later
// The longest block of the event loop while the real window loads a file, shows it in each view, searches, filters and
// sorts: bench_event_loop FILE [OPENFILE]. With a second file, that one is open while FILE loads. Prints
// JSON: for each step the longest gap between two turns of the loop, by the wall's clock and by processor time, and the
// events that took longest. Paints into memory (offscreen) unless QT_QPA_PLATFORM says otherwise.
#include "app/analysis_page.h"
#include "tests/bench/event_loop_probe.h"
#include "tests/bench/real_window.h"
#include "views/function_table_view.h"

#include <QJsonDocument>
#include <QTimer>

#include <cstdio>
#include <functional>

using namespace sundial;

namespace
{

constexpr int kLookMs = 20;   // between two looks whether the window is idle
constexpr int kIdleLooks = 5; // in a row mean that a step is over
constexpr int kGiveUpMs = 300'000;

/// Turns the loop until the window has nothing on its way to the screen.
void settle(const MainWindow& window)
{
    QEventLoop loop;
    QTimer look;
    int idleLooks = 0;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        idleLooks = window.isBusy() ? 0 : idleLooks + 1;
        if (idleLooks == kIdleLooks)
            loop.quit();
    });
    QTimer::singleShot(kGiveUpMs, &loop, &QEventLoop::quit);
    look.start(kLookMs);
    loop.exec();
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_event_loop FILE [OPENFILE]\n", stderr);
        return 2;
    }
    bench::RealWindow<bench::ProbedApplication> real(argc, argv);
    bench::ProbedApplication& application = real.application;
    MainWindow& window = real.window;
    settle(window);

    bench::EventLoopProbe probe;
    QJsonObject report{{"file", argv[1]}};
    bool isFine = true;
    const auto measure = [&](const char* step, const std::function<void()>& action) {
        settle(window);
        application.forgetEvents();
        probe.reset();
        QElapsedTimer clock;
        clock.start();
        const double start = bench::threadMs();
        action();
        const double direct = bench::threadMs() - start; // in one turn of the loop, as a click would be
        settle(window);
        QJsonObject result = probe.summary();
        result["ms"] = double(clock.elapsed());
        result["actionCpuMs"] = direct;
        result["slowest"] = application.slowestEvents();
        isFine &= probe.beats() > 0;
        report[step] = result;
    };
    if (argc > 2) {
        window.open(QString::fromLocal8Bit(argv[2]));
        settle(window);
    }
    measure("load", [&] { window.open(QString::fromLocal8Bit(argv[1])); });
    if (window.failure()) {
        std::fprintf(stderr, "%s: %s\n", argv[1], window.failure()->message.c_str());
        return 3;
    }
    report["functions"] = qint64(window.context()->analysis()->frames().size());
    report["nodes"] = qint64(window.context()->analysis()->tree.size());
    FunctionGrid* const grid = window.page()->table()->grid();
    auto& table = const_cast<FunctionModel&>(window.page()->table()->model());
    measure("filterFirst", [&] { table.setFilter({.text = QStringLiteral("run")}); });
    measure("filterAgain", [&] { table.setFilter({.text = QStringLiteral("rune")}); });
    measure("filterOff", [&] { table.setFilter({}); });
    measure("sortByNameFirst", [&] { grid->sortByColumn(int(FunctionColumn::Function), Qt::AscendingOrder); });
    measure("sortByLocationFirst", [&] { grid->sortByColumn(int(FunctionColumn::Location), Qt::AscendingOrder); });
    measure("sortByTotal", [&] { grid->sortByColumn(int(FunctionColumn::Total), Qt::DescendingOrder); });
    measure("searchFirst", [&] { window.context()->search(QStringLiteral("get")); });
    measure("searchAgain", [&] { window.context()->search(QStringLiteral("get_")); });
    measure("searchNothing", [&] { window.context()->search(QStringLiteral("qzqzqz")); });
    measure("searchOff", [&] { window.context()->search({}); });
    for (const char* const view : {"sunburst", "callgraph", "source", "icicle"})
        measure(view, [&] { window.showView(QLatin1String(view)); });
    measure("selectLargest", [&] {
        const FrameId frame = table.frameAt(0);
        window.context()->select(frame);
    });
    measure("zoom", [&] { window.context()->zoomTo(NodeId{1}); });
    measure("colourByFile", [&] {
        ViewState next = window.context()->state();
        next.colorBy = ColorBy::File;
        window.context()->update(next);
    });
    measure("darkTheme", [&] { window.setThemeChoice(ThemeChoice::Dark); });
    std::puts(QJsonDocument(report).toJson().constData());
    return isFine ? 0 : 1;
}
