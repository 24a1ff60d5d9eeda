// SPDX-License-Identifier: GPL-3.0-or-later
// Functions for the return addresses of a capture: from the programs and libraries where they are on this machine, else
// the name of the library and the offset in it.
#pragma once

#include "model/progress.h"
#include "model/string_table.h"
#include "parsers/memray/native_traces.h"

#include <functional>
#include <optional>
#include <vector>

namespace sundial::memray
{

struct NativeFrame {
    StringId function;
    StringId file;              ///< The source where it is known, else the program or library.
    std::uint32_t line = 0;     ///< 0: not known.
    bool isInterpreter = false; ///< Of Python's own program, library or sources.
};

class NativeNames
{
public:
    /// Strings go into `strings`. Nothing if cancelled. `between`, if given, is called now and then.
    static std::optional<NativeNames> resolve(const NativeTraces& traces, StringTable& strings, Progress& progress,
                                              const std::function<void()>& between = {});
    /// Without a look at any binary: the library and the offset in it.
    static NativeNames unresolved(const NativeTraces& traces, StringTable& strings);

    /// Whether it is of no capture.
    bool isEmpty() const { return m_runOf.empty(); }
    const std::vector<NativeFrame>& frames() const { return m_frames; }
    /// What runs at a node's return address: from the outermost function to the innermost inlined one, `count` frames
    /// from `first` on. None if the address lies in no program or library.
    struct Run {
        std::uint32_t first = 0, count = 0;
    };
    const Run& at(std::uint32_t node) const { return m_runs[m_runOf[node]]; }
    /// A loop of the interpreter that runs Python functions.
    bool isEvaluation(std::uint32_t frame) const { return m_kinds[frame] == Kind::Evaluation; }
    /// Another function of the interpreter that reports leave out.
    bool isHidden(std::uint32_t frame) const { return m_kinds[frame] == Kind::Hidden; }
    /// Whether the interpreter was found on this machine. Without it native and Python frames cannot be told apart.
    bool knowsInterpreter() const { return m_knowsInterpreter; }

private:
    enum class Kind : std::uint8_t { Shown, Evaluation, Hidden };

    /// `reader` as in addRun(). False if cancelled.
    bool addAll(const NativeTraces& traces, StringTable& strings, class SymbolReader* reader, Progress& progress,
                const std::function<void()>& between);
    /// Without a reader, nothing is looked up.
    void addRun(const NativePlace& place, const NativeImage& image, class SymbolReader* reader, StringTable& strings);

    std::vector<NativeFrame> m_frames;
    std::vector<Kind> m_kinds;          ///< By frame.
    std::vector<Run> m_runs;            ///< By distinct address; the first one is empty.
    std::vector<std::uint32_t> m_runOf; ///< By node.
    bool m_knowsInterpreter = false;
};

} // namespace sundial::memray
