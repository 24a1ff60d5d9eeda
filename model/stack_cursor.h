// SPDX-License-Identifier: GPL-3.0-or-later
// Stacks that follow each other and mostly agree: only what differs is looked up.
#pragma once

#include "model/profile_builder.h"

#include <cassert>

namespace sundial
{

/// Stands at a node of a builder's tree and moves with pop and push. It remembers the path it came from: pushing the
/// frame that was there before costs one comparison instead of a hash lookup. Valid until the builder's nodes move.
class StackCursor
{
public:
    explicit StackCursor(ProfileBuilder& builder) : m_builder(builder) {}

    std::size_t depth() const { return m_depth; }
    std::uint32_t node() const { return m_depth == 0 ? 0 : m_path[m_depth - 1].node; }
    FrameId top() const { return m_path[m_depth - 1].frame; }
    FrameId frame(std::size_t depth) const { return m_path[depth].frame; }

    /// Keeps the outer `depth` frames.
    void popTo(std::size_t depth)
    {
        assert(depth <= m_depth);
        m_depth = depth;
    }
    void push(FrameId frame)
    {
        if (m_depth < m_path.size() && m_path[m_depth].frame == frame) {
            ++m_depth;
            return;
        }
        const std::uint32_t child = m_builder.child(node(), frame);
        m_path.resize(m_depth); // what lay deeper belongs to another path
        m_path.push_back({frame, child});
        ++m_depth;
    }

private:
    struct Step {
        FrameId frame;
        std::uint32_t node;
    };
    ProfileBuilder& m_builder;
    std::vector<Step> m_path; ///< Its first m_depth steps are the stack, the rest is where it was before.
    std::size_t m_depth = 0;
};

} // namespace sundial
