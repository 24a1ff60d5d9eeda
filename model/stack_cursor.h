// SPDX-License-Identifier: GPL-3.0-or-later
// Stacks that follow each other and mostly agree: only what differs is looked up.
#pragma once

#include "model/profile_builder.h"

#include <cassert>

namespace sundial
{

/// Stands at a node of a builder's tree and moves with pop and push. It remembers the path it came from: pushing the
/// frame that was there before costs one comparison instead of a lookup. Valid until the builder's nodes move.
class StackCursor
{
public:
    explicit StackCursor(ProfileBuilder& builder) : m_builder(builder) {}

    std::size_t depth() const { return m_depth; }
    std::uint32_t node() const { return m_depth == 0 ? 0 : m_path[m_depth - 1].node; }
    FrameId top() const { return m_path[m_depth - 1].frame; }

    /// Keeps the outer `depth` frames.
    void popTo(std::size_t depth)
    {
        assert(depth <= m_depth);
        m_depth = depth;
    }
    void push(FrameId frame) { push({&frame, 1}); }
    /// Pushes the frames one after another; many at once are faster than each by itself.
    void push(std::span<const FrameId> frames)
    {
        std::size_t next = 0;
        while (next < frames.size() && m_depth < m_path.size() && m_path[m_depth].frame == frames[next]) {
            ++m_depth;
            ++next;
        }
        if (next == frames.size())
            return;
        frames = frames.subspan(next);
        m_path.resize(m_depth + frames.size()); // what lay deeper belongs to another path
        std::uint32_t hash = m_depth == 0 ? ChildIndex::kRootHash : m_path[m_depth - 1].hash;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            hash = ChildIndex::pathHash(hash, frames[i]);
            m_builder.m_children.prefetch(hash);
            m_path[m_depth + i] = {frames[i], 0, hash};
        }
        for (std::uint32_t parent = node(); m_depth < m_path.size(); ++m_depth) {
            Step& step = m_path[m_depth];
            parent = step.node = m_builder.childAt(step.hash, parent, step.frame);
        }
    }

private:
    struct Step {
        FrameId frame;
        std::uint32_t node = 0;
        std::uint32_t hash = 0;
    };
    ProfileBuilder& m_builder;
    std::vector<Step> m_path; ///< Its first m_depth steps are the stack, the rest is where it was before.
    std::size_t m_depth = 0;
};

} // namespace sundial
