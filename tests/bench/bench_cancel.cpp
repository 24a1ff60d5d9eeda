// SPDX-License-Identifier: GPL-3.0-or-later
// How soon Cancel is felt while a large file is read: the real window opens FILE and its Cancel is clicked after so
// many milliseconds. bench_cancel FILE [MS…]. Prints a JSON object a line: when it was clicked, milliseconds until the
// window answers again, and until no other thread takes processor time any more (to 2 ms).
#include "tests/bench/real_window.h"

#include <QElapsedTimer>
#include <QTest>
#include <QToolButton>

#include <cstdio>
#include <ctime>

using namespace sundial;

namespace
{

constexpr int kStepMs = 2;
constexpr int kIdleMs = 300;     // so long without work means that all have stopped
constexpr double kNoiseMs = 0.3; // a step
constexpr int kLongestWorkMs = 10'000;

/// Processor time of all threads but this one, in milliseconds.
double othersMs()
{
    timespec process = {}, thread = {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &process);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &thread);
    return double(process.tv_sec - thread.tv_sec) * 1e3 + double(process.tv_nsec - thread.tv_nsec) / 1e6;
}

QToolButton* cancelButton(const QWidget& window)
{
    for (QToolButton* button : window.findChildren<QToolButton*>()) {
        if (button->isVisible() && button->text() == QStringLiteral("Cancel"))
            return button;
    }
    return nullptr;
}

/// Milliseconds from now until the others rest.
double untilRestMs(const QElapsedTimer& since)
{
    double last = double(since.nsecsElapsed()) / 1e6, before = othersMs();
    while (double(since.nsecsElapsed()) / 1e6 - last < kIdleMs && since.elapsed() < kLongestWorkMs) {
        QTest::qSleep(kStepMs);
        QCoreApplication::processEvents();
        const double now = othersMs();
        if (now - before > kNoiseMs)
            last = double(since.nsecsElapsed()) / 1e6;
        before = now;
    }
    return last;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_cancel FILE [MS…]\n", stderr);
        return 2;
    }
    bench::RealWindow<> real(argc, argv);
    MainWindow& window = real.window;
    std::vector<int> moments;
    for (int i = 2; i < argc; ++i)
        moments.push_back(std::atoi(argv[i]));
    if (moments.empty())
        moments = {500, 1000, 1500, 2000, 3000, 4000};
    for (const int moment : moments) {
        QTest::qWait(kIdleMs);
        QElapsedTimer opened;
        opened.start();
        window.open(QString::fromLocal8Bit(argv[1]));
        if (!QTest::qWaitFor([&] { return opened.elapsed() >= moment || !window.isBusy(); }, 60'000))
            return 1;
        QToolButton* const cancel = cancelButton(window);
        if (!cancel) {
            std::printf("{\"atMs\": %lld, \"note\": \"nothing to cancel\"}\n", (long long)opened.elapsed());
            QTest::keyClick(&window, Qt::Key_W, Qt::ControlModifier);
            continue;
        }
        const long long at = opened.elapsed();
        QElapsedTimer since;
        since.start();
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCoreApplication::processEvents();
        const double answered = double(since.nsecsElapsed()) / 1e6;
        const double rested = untilRestMs(since);
        std::printf("{\"atMs\": %lld, \"windowMs\": %.1f, \"workersMs\": %.1f}\n", at, answered, rested);
        std::fflush(stdout);
    }
    return 0;
}
