// SPDX-License-Identifier: GPL-3.0-or-later
// From process start to a painted window: included by a program, it prints the milliseconds as JSON once the first
// window has been painted, and ends the program. Whoever starts the program puts the moment into SUNDIAL_BENCH_START:
// nanoseconds of CLOCK_MONOTONIC.
#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace sundial::bench
{

class FirstPaint : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject* receiver, QEvent* event) override
    {
        const auto* const widget = event->type() == QEvent::Paint ? qobject_cast<QWidget*>(receiver) : nullptr;
        if (!m_isPainted && widget && widget->isWindow()) {
            m_isPainted = true;
            QTimer::singleShot(0, this, [] { report(); }); // its children are painted and flushed in this turn
        }
        return false;
    }

private:
    static void report()
    {
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);
        const double start = std::atof(qgetenv("SUNDIAL_BENCH_START").constData());
        std::printf("{\"startToPaintMs\": %.2f}\n", (double(now.tv_sec) * 1e9 + double(now.tv_nsec) - start) / 1e6);
        std::fflush(stdout);
        std::_Exit(0);
    }

    bool m_isPainted = false;
};

inline void watchFirstPaint()
{
    QCoreApplication::instance()->installEventFilter(new FirstPaint(QCoreApplication::instance()));
}
Q_COREAPP_STARTUP_FUNCTION(watchFirstPaint)

} // namespace sundial::bench
