// SPDX-License-Identifier: GPL-3.0-or-later
// The line that a frame of a capture was on.
#pragma once

#include "parsers/memray/capture.h"
#include "parsers/memray/line_table.h"

namespace sundial::memray
{

/// Decodes each line table once, when it is first asked for.
class FrameLines
{
public:
    explicit FrameLines(const Capture& capture) : m_capture(capture) {}

    /// The line of a node of the capture's stacks; 0: not known.
    std::uint32_t lineOf(const StackNode& node);
    /// The code of a node; null if the capture does not have it.
    const Code* codeOf(const StackNode& node) const;

private:
    const Capture& m_capture;
    tsl::robin_map<std::uint32_t, LineTable> m_tables;
};

} // namespace sundial::memray
