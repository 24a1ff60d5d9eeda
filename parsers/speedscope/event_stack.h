// SPDX-License-Identifier: GPL-3.0-or-later
// Open and close events of a speedscope file, as samples: one for each stretch of time in which the stack stood still.
#pragma once

#include "model/stack_cursor.h"

#include <vector>

namespace sundial::speedscope
{

/// Turns events into samples. A call without any duration becomes a sample of weight zero, so that it is not lost.
class EventStack
{
public:
    explicit EventStack(ProfileBuilder& builder) : m_cursor(builder) {}

    /// Lets time pass until `at`, which is not before now(). The first event only sets the clock.
    void advanceTo(double at);
    void open(FrameId frame) { m_cursor.push(frame); }
    void close(); ///< depth() must not be 0.

    bool hasStarted() const { return m_hasStarted; }
    double firstAt() const { return m_first; }
    double now() const { return m_now; }
    std::size_t depth() const { return m_cursor.depth(); }
    FrameId top() const { return m_cursor.top(); }

    std::vector<std::uint32_t> nodes;
    std::vector<double> weights;
    std::vector<std::uint32_t> continued;

private:
    void emit(double weight);

    StackCursor m_cursor;
    std::size_t m_sampledDepth = 0; ///< So many outer frames have been in a sample since they were opened.
    bool m_hasStarted = false;
    double m_first = 0, m_now = 0;
};

} // namespace sundial::speedscope
