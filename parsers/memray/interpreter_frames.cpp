// SPDX-License-Identifier: GPL-3.0-or-later
// Source of the rules: memray 1.20's reporters/frame_tools and hybrid stacks.
#include "parsers/memray/interpreter_frames.h"

#include "model/python_frames.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace sundial::memray
{

namespace
{

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != text.npos;
}

bool containsIgnoringCase(std::string_view text, std::string_view part)
{
    const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

} // namespace

bool isEvaluationLoop(std::string_view function)
{
    return contains(function, "_PyEval_EvalFrameDefault") || function.starts_with("_TAIL_CALL_");
}

bool isInterpreterFrame(std::string_view function, std::string_view file)
{
    constexpr std::array<std::string_view, 19> kCallers{
        "PyObject_Call",    "call_function", "classmethoddescr_call",  "cmpwrapper_call",     "do_call_core",
        "fast_function",    "function_call", "function_code_fastcall", "instance_call",       "instancemethod_call",
        "methoddescr_call", "proxy_call",    "slot_tp_call",           "trace_call_function", "type_call",
        "weakref_call",     "wrap_call",     "wrapper_call",           "wrapperdescr_call"};
    const bool callsFunctions =
        contains(function, "PyEval_EvalFrameEx") || contains(function, "_PyEval_EvalFrameDefault") ||
        (function.starts_with("_TAIL_CALL_") && contains(function, ".llvm.")) || function.starts_with("PyEval") ||
        function.starts_with("_Py") || containsIgnoringCase(function, "vectorcall") ||
        std::find(kCallers.begin(), kCallers.end(), function) != kCallers.end() || contains(file, "Objects/call.c");
    return callsFunctions && isSourceOfCPython(file);
}

} // namespace sundial::memray
