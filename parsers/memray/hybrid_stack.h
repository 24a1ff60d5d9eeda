// SPDX-License-Identifier: GPL-3.0-or-later
// Python and native frames of one allocation as one stack, as memray merges them.
#pragma once

#include "parsers/memray/capture.h"
#include "parsers/memray/native_names.h"

#include <vector>

namespace sundial::memray
{

/// A frame of a merged stack.
struct StackFrame {
    std::uint32_t frame = 0; ///< In Frames::shown(), or in NativeNames::frames().
    bool isNative = false;
};

/// Merges the stacks of places of a capture with native traces. Every evaluation loop in the native stack stands for
/// the Python frames that run in it; the interpreter's other functions are left out. Where loops and frames do not
/// match, the stack is Python's alone. Where the interpreter is not here, its loops cannot be told, and what it called
/// last stands below the whole Python stack.
class HybridStacks
{
public:
    HybridStacks(const Capture& capture, const NativeNames& names) : m_capture(capture), m_names(names) {}

    /// Outermost first. Valid until the next call. O(frames of both).
    const std::vector<StackFrame>& at(std::uint32_t place);

private:
    struct PythonFrame {
        std::uint32_t frame = 0;
        bool isEntry = true;
    };

    void readPlace(std::uint32_t place);
    bool merge();
    void addCalledByInterpreter();

    const Capture& m_capture;
    const NativeNames& m_names;
    std::uint64_t m_skip = 0;            ///< Outermost Python frames that are memray's own.
    std::vector<PythonFrame> m_python;   ///< Outermost first, as the following.
    std::vector<std::uint32_t> m_native; ///< Nodes.
    std::vector<StackFrame> m_stack;
};

} // namespace sundial::memray
