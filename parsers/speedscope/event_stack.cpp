// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/speedscope/event_stack.h"

#include <algorithm>

namespace sundial::speedscope
{

void EventStack::emit(double weight)
{
    nodes.push_back(m_cursor.node());
    weights.push_back(weight);
    continued.push_back(std::uint32_t(m_sampledDepth));
    m_sampledDepth = m_cursor.depth();
}

void EventStack::advanceTo(double at)
{
    if (!m_hasStarted)
        m_first = at;
    else if (at > m_now)
        emit(at - m_now);
    m_hasStarted = true;
    m_now = at;
}

void EventStack::close()
{
    if (m_sampledDepth < m_cursor.depth())
        emit(0);
    m_cursor.popTo(m_cursor.depth() - 1);
    m_sampledDepth = std::min(m_sampledDepth, m_cursor.depth());
}

} // namespace sundial::speedscope
