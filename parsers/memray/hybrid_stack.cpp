// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/hybrid_stack.h"

#include <algorithm>

namespace sundial::memray
{

const std::vector<StackFrame>& HybridStacks::at(std::uint32_t place)
{
    readPlace(place);
    m_stack.clear();
    if (m_names.knowsInterpreter() && merge())
        return m_stack;
    m_stack.clear();
    for (std::uint64_t i = m_skip; i < m_python.size(); ++i)
        m_stack.push_back({m_python[i].frame, false});
    if (!m_names.knowsInterpreter() && !m_names.isEmpty())
        addCalledByInterpreter();
    return m_stack;
}

/// The innermost native frames, up to the interpreter's own. Where there are Python frames but none of the interpreter,
/// it is part of another program, and nothing can be said.
void HybridStacks::addCalledByInterpreter()
{
    const std::size_t end = m_stack.size();
    for (auto node = m_native.rbegin(); node != m_native.rend(); ++node) {
        const NativeNames::Run& run = m_names.at(*node);
        for (std::uint32_t i = run.count; i-- > 0;) {
            if (m_names.frames()[run.first + i].isInterpreter) {
                std::reverse(m_stack.begin() + std::ptrdiff_t(end), m_stack.end());
                return;
            }
            m_stack.push_back({run.first + i, true});
        }
    }
    if (m_python.empty())
        std::reverse(m_stack.begin() + std::ptrdiff_t(end), m_stack.end());
    else
        m_stack.resize(end);
}

void HybridStacks::readPlace(std::uint32_t place)
{
    const Stacks& stacks = m_capture.stacks;
    m_python.clear();
    m_native.clear();
    m_skip = m_capture.threads[Owner::thread(stacks[place].owner)].framesToSkip;
    std::uint32_t node = stacks.nodeOf(place);
    if (stacks.isNative(node)) {
        for (std::uint32_t n = stacks[node].frame & ~Stacks::kNativeMark; n != 0; n = m_capture.native.parent(n))
            m_native.push_back(n);
        node = stacks[node].parent;
    }
    for (; node != Stacks::kRoot; node = stacks[node].parent) {
        const std::uint32_t frame = stacks[node].frame;
        m_python.push_back({frame & ~Stacks::kEntryMark, (frame & Stacks::kEntryMark) != 0});
    }
    std::reverse(m_python.begin(), m_python.end());
    std::reverse(m_native.begin(), m_native.end());
}

/// False if Python frames are left over.
bool HybridStacks::merge()
{
    std::size_t next = 0; // of the Python frames
    const auto put = [&] {
        if (next == m_skip && m_skip > 0) // what stands further out belongs to memray
            m_stack.clear();
        m_stack.push_back({m_python[next].frame, false});
        ++next;
    };
    for (const std::uint32_t node : m_native) {
        const NativeNames::Run& run = m_names.at(node);
        for (std::uint32_t frame = run.first; frame < run.first + run.count; ++frame) {
            if (m_names.isEvaluation(frame) && next < m_python.size()) {
                put();
                while (next < m_python.size() && !m_python[next].isEntry)
                    put();
            } else if (!m_names.isEvaluation(frame) && !m_names.isHidden(frame)) {
                m_stack.push_back({frame, true});
            }
        }
    }
    return next == m_python.size();
}

} // namespace sundial::memray
