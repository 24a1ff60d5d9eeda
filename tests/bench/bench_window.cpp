// SPDX-License-Identifier: GPL-3.0-or-later
// What a user waits for: the real window opens FILE and is driven by events from the platform. bench_window FILE.
// Paints into memory (offscreen) unless QT_QPA_PLATFORM says otherwise; under Xvfb it is the same program. Prints JSON:
// milliseconds to the first picture and until nothing is on its way, the longest gap between two turns of the event
// loop by the wall's clock and by processor time, each frame's processor time while zooming and panning (zooming also
// while the rest of the file is read), memory before, open and closed.
#include "app/analysis_page.h"
#include "tests/bench/event_loop_probe.h"
#include "tests/bench/real_window.h"

#include <QJsonDocument>
#include <QTemporaryFile>
#include <QTest>
#include <QWheelEvent>
#include <QWindow>

#include <sys/resource.h>

#include <cstdio>
#include <unistd.h>

using namespace sundial;

namespace
{

constexpr int kGiveUpMs = 300'000;
constexpr int kSteps = 60;  // of the wheel and of the hand, each
constexpr int kNotch = 120; // of the wheel

/// Processor time of the window's thread, frame by frame.
class FrameClock
{
public:
    /// One frame: all that the event loop does about an event until it has nothing more to do.
    template <class Fn> void frame(Fn&& event)
    {
        const double start = bench::threadMs();
        event();
        QCoreApplication::processEvents();
        m_frames.push_back(bench::threadMs() - start);
    }

    QJsonObject summary()
    {
        if (m_frames.empty())
            return {};
        std::sort(m_frames.begin(), m_frames.end());
        const auto at = [this](double part) { return m_frames[std::size_t(part * double(m_frames.size() - 1))]; };
        const QJsonObject result{
            {"frames", qint64(m_frames.size())}, {"p50Ms", at(0.5)}, {"p99Ms", at(0.99)}, {"worstMs", m_frames.back()}};
        m_frames.clear();
        return result;
    }

private:
    std::vector<double> m_frames;
};

double residentMiB()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    return statm.open(QIODevice::ReadOnly)
               ? statm.readAll().split(' ')[1].toDouble() * double(sysconf(_SC_PAGESIZE)) / 1024 / 1024
               : 0;
}

bool waitUntil(const std::function<bool()>& condition)
{
    return QTest::qWaitFor(condition, kGiveUpMs);
}

void turnWheel(QWidget* view, int delta, FrameClock& clock)
{
    const QPointF at(view->width() * 0.4, view->height() * 0.4);
    QWheelEvent wheel(at, view->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase,
                      false);
    clock.frame([&] { QApplication::sendEvent(view, &wheel); });
}

void zoomByWheel(QWidget* view, FrameClock& clock)
{
    for (int step = 0; step < kSteps; ++step)
        turnWheel(view, step < kSteps / 2 ? kNotch : -kNotch, clock);
}

/// Zooms in and out, frame after frame, until the file is complete.
void zoomWhileLoading(MainWindow& window, FrameClock& clock)
{
    constexpr int kFrameMs = 8, kTurn = 10; // notches in one direction
    for (int step = 0; window.isBusy(); ++step) {
        turnWheel(window.page()->currentView(), step % (2 * kTurn) < kTurn ? kNotch : -kNotch, clock);
        QTest::qSleep(kFrameMs);
    }
}

void panByHand(QWidget* view, FrameClock& clock)
{
    QWindow* const window = view->window()->windowHandle();
    const QPoint start = view->mapTo(view->window(), QPoint(view->width() / 2, view->height() / 2));
    QTest::mousePress(window, Qt::LeftButton, {}, start);
    for (int step = 1; step <= kSteps; ++step)
        clock.frame([&] { QTest::mouseMove(window, start + QPoint(-3 * step, step % 7)); });
    QTest::mouseRelease(window, Qt::LeftButton, {}, start + QPoint(-3 * kSteps, 0));
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_window FILE\n", stderr);
        return 2;
    }
    bench::RealWindow<bench::ProbedApplication> real(argc, argv);
    bench::ProbedApplication& application = real.application;
    MainWindow& window = real.window;
    if (!waitUntil([&] { return window.isActiveWindow() && !window.isBusy(); }))
        return 1;
    // Fonts, views and threads come with the first profile and stay: they are no part of what closing has to give back.
    QTemporaryFile small;
    if (!small.open() || small.write("main;parse 2\nmain;write 1\n") < 0 || !small.flush())
        return 1;
    window.open(small.fileName());
    if (!waitUntil([&] { return window.context()->analysis() && !window.isBusy(); }))
        return 1;
    QTest::keyClick(&window, Qt::Key_W, Qt::ControlModifier);
    waitUntil([&] { return !window.context()->analysis(); });
    QTest::qWait(1000);

    FrameClock clock;
    QJsonObject report{{"file", argv[1]}, {"platform", QGuiApplication::platformName()}, {"beforeMiB", residentMiB()}};

    bench::EventLoopProbe probe;
    QElapsedTimer wall;
    wall.start();
    window.open(QString::fromLocal8Bit(argv[1]));
    const bool isShown = waitUntil([&] { return window.context()->analysis() || window.failure(); });
    if (!isShown || window.failure()) {
        std::fprintf(stderr, "%s: %s\n", argv[1], window.failure() ? window.failure()->message.c_str() : "too slow");
        return 3;
    }
    window.repaint();
    report["firstPictureMs"] = double(wall.elapsed());
    zoomWhileLoading(window, clock);
    report["zoomWhileLoading"] = clock.summary();
    report["completeMs"] = double(wall.elapsed());
    report["loading"] = probe.summary();
    report["loadingSlowest"] = application.slowestEvents();
    report["openMiB"] = residentMiB();
    report["nodes"] = qint64(window.context()->analysis()->tree.size());

    window.showView(QStringLiteral("icicle"));
    waitUntil([&] { return !window.isBusy(); });
    QWidget* const view = window.page()->currentView();
    probe.reset();
    zoomByWheel(view, clock);
    report["zoom"] = clock.summary();
    panByHand(view, clock);
    report["pan"] = clock.summary();
    report["moving"] = probe.summary();

    QTest::keyClick(&window, Qt::Key_W, Qt::ControlModifier);
    waitUntil([&] { return !window.context()->analysis(); });
    QTest::qWait(1000); // memory goes back on a worker
    report["closedMiB"] = residentMiB();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    report["peakMiB"] = double(usage.ru_maxrss) / 1024;
    std::puts(QJsonDocument(report).toJson().constData());
    return 0;
}
