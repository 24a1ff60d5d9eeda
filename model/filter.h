// SPDX-License-Identifier: GPL-3.0-or-later
// The filter pipeline as data: what a reader asked to focus on, hide or fold, in the order in which it was asked.
#pragma once

#include "model/call_tree.h"
#include "model/frame_table.h"
#include "model/modules.h"
#include "model/node_map.h"

#include <span>

namespace sundial
{

enum class FilterKind : std::uint8_t {
    Focus,         ///< Only the stacks with these functions.
    Exclude,       ///< Without the stacks with these functions.
    Hide,          ///< Without these functions: what they hold is their callers'.
    ShowFrom,      ///< The stacks from the outermost of these functions on.
    Collapse,      ///< Runs of these functions as one, the outermost.
    FoldRecursion, ///< Without calls of functions that already stand in the stack.
    OwnOnly,       ///< Without all that is not the user's own code: what it holds is its callers'.
    /// What memray's reports can hide: without the import system and all that runs below it, which is its importer's,
    /// and without runpy's frames, whose callees stay.
    HideImports,
    HideNative,      ///< Without machine code: what it holds is its callers'.
    HideInterpreter, ///< Without machine code of the Python interpreter itself: what it holds is its callers'.
};

/// Whether such a step is about a function, and not about the whole profile: those others are switches.
constexpr bool takesFrame(FilterKind kind)
{
    return kind < FilterKind::FoldRecursion;
}

/// Which functions a step means, told from one of them.
enum class FilterScope : std::uint8_t { Function, File, Module };

struct FilterStep {
    FilterKind kind = FilterKind::Focus;
    FilterScope scope = FilterScope::Function;
    FrameId frame{}; ///< None where the kind takes none.
    bool operator==(const FilterStep&) const = default;
};

/// Which of the switches that hide frames of Python itself find any.
struct HidableFrames {
    bool imports = false, native = false, interpreter = false;
};
HidableFrames hidableFrames(const FrameTable& frames); ///< O(frames).

/// The tree after all steps, in order. An estimated tree stays one: its folded nodes are kept apart, but no interval
/// and no count is known of what is left. O(steps · nodes). `map`, if given and the tree is exact: where its stacks
/// went.
CallTree filtered(const CallTree& tree, std::span<const FilterStep> steps, const FrameTable& frames,
                  const ModuleTable& modules, NodeMap* map = nullptr);

} // namespace sundial
