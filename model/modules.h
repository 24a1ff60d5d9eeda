// SPDX-License-Identifier: GPL-3.0-or-later
// Which module, library or package a frame belongs to, told from its path alone: what pictures colour by.
#pragma once

#include "model/frame_table.h"
#include "model/function_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace sundial
{

using ModuleId = Id<struct ModuleTag>; ///< Into ModuleTable::modules.

enum class ModuleKind : std::uint8_t {
    Own,     ///< The user's code: neither installed nor part of Python.
    Library, ///< Below site-packages or dist-packages, or of the standard library.
    Builtin, ///< C functions.
    None,    ///< No code: what names threads and processes, stacks that could not be read. Called "other".
};

struct Module {
    std::string name; ///< "rich", "json", "built-in", "shop".
    ModuleKind kind = ModuleKind::Library;
    double self = 0; ///< Σ self of its functions, in the metric's unit.
};

/// Modules by self time, descending (ties by name), so that a module's index is its rank.
struct ModuleTable {
    std::vector<Module> modules;
    std::vector<ModuleId> ofFrame; ///< By FrameId.

    const Module& of(FrameId f) const { return modules[ofFrame[f.value].value]; }
    bool isOwn(FrameId f) const { return of(f).kind == ModuleKind::Own; }
};

/// Where a path leads: the package below site-packages ("rich"), the module of the standard library ("json"), the
/// folder of own code ("shop"), "importlib" for "<frozen importlib._bootstrap>". Understands / and \ as separators.
struct ModuleName {
    std::string_view name;
    ModuleKind kind;
};
ModuleName moduleOf(std::string_view file, std::string_view function, FrameKind kind);

/// O(frames log frames).
ModuleTable moduleTable(const FrameTable& frames, const FunctionTable& functions);

/// Puts what these functions hold themselves in the place of the self of their modules; the ranks stay.
void refreshSelf(ModuleTable& table, const FunctionTable& functions);

/// The path without what is the same for every reader: site-packages, the standard library's folder, and for own code
/// all but the last two parts: "rich/text.py", "json/encoder.py", "shop/report.py".
std::string_view shortPath(std::string_view file);

} // namespace sundial
