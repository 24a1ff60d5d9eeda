// SPDX-License-Identifier: GPL-3.0-or-later
// How long the event loop goes without a turn, and which events keep it. For benchmarks of the window.
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QMetaEnum>
#include <QTimerEvent>

#include <algorithm>
#include <ctime>
#include <vector>

namespace sundial::bench
{

/// Processor time of the calling thread in milliseconds: what a block would take if nothing else ran on the machine.
inline double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Beats every millisecond in the thread that made it and keeps the longest gaps between two beats. A gap is counted by
/// the wall's clock, which a busy machine stretches, and by the processor time that the thread spent in it.
class EventLoopProbe : public QObject
{
public:
    explicit EventLoopProbe(QObject* parent = nullptr) : QObject(parent)
    {
        startTimer(1, Qt::PreciseTimer);
        reset();
    }

    /// Starts a new measurement.
    void reset()
    {
        m_wall.start();
        m_lastCpu = threadMs();
        m_longestWall = m_longestCpu = 0;
        m_beats = 0;
    }

    double longestWallMs() const { return m_longestWall; }
    double longestCpuMs() const { return m_longestCpu; }
    /// None means that the loop never turned: then there is nothing to say about gaps.
    int beats() const { return m_beats; }

    QJsonObject summary() const
    {
        return {{"longestGapMs", m_longestWall}, {"longestGapCpuMs", m_longestCpu}, {"beats", m_beats}};
    }

protected:
    void timerEvent(QTimerEvent*) override
    {
        const double cpu = threadMs();
        m_longestWall = std::max(m_longestWall, double(m_wall.nsecsElapsed()) / 1e6);
        m_longestCpu = std::max(m_longestCpu, cpu - m_lastCpu);
        m_wall.start();
        m_lastCpu = cpu;
        ++m_beats;
    }

private:
    QElapsedTimer m_wall;
    double m_lastCpu = 0;
    double m_longestWall = 0, m_longestCpu = 0;
    int m_beats = 0;
};

/// An application that remembers which events took longest, by processor time, so that a gap has a name. Only the
/// outermost event counts: what it sends on is part of it.
class ProbedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_isInside)
            return QApplication::notify(receiver, event);
        const char* const name = receiver->metaObject()->className(); // the receiver may be gone afterwards
        const int type = event->type();
        m_isInside = true;
        const double start = threadMs();
        const bool result = QApplication::notify(receiver, event);
        keep({name, type, threadMs() - start});
        m_isInside = false;
        return result;
    }

    void forgetEvents() { m_slowest.clear(); }

    QJsonArray slowestEvents() const
    {
        QJsonArray events;
        for (const Slow& slow : m_slowest) {
            const char* const key = QMetaEnum::fromType<QEvent::Type>().valueToKey(slow.type);
            events.append(QJsonObject{{"receiver", slow.receiver},
                                      {"event", key ? QString(key) : QString::number(slow.type)},
                                      {"ms", slow.ms}});
        }
        return events;
    }

private:
    struct Slow {
        const char* receiver;
        int type;
        double ms;
    };
    static constexpr std::size_t kKept = 6;

    void keep(const Slow& slow)
    {
        const auto place =
            std::find_if(m_slowest.begin(), m_slowest.end(), [&](const Slow& s) { return s.ms < slow.ms; });
        m_slowest.insert(place, slow);
        if (m_slowest.size() > kKept)
            m_slowest.pop_back();
    }

    std::vector<Slow> m_slowest; ///< Slowest first.
    bool m_isInside = false;
};

} // namespace sundial::bench
