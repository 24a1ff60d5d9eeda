// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/support/frame_kind.h"

namespace sundial
{

namespace
{

bool isSharedObject(std::string_view file)
{
    const std::size_t so = file.rfind(".so");
    return (so != file.npos && (so + 3 == file.size() || file[so + 3] == '.')) || file.ends_with(".dylib") ||
           file.ends_with(".dll") || file.ends_with(".pyd");
}

} // namespace

FrameKind guessFrameKind(std::string_view name, std::string_view file)
{
    if (file.empty() && (name.starts_with("thread (") || name.starts_with("process ")))
        return FrameKind::Other;
    if (name.starts_with("0x") || isSharedObject(file))
        return FrameKind::Native;
    if (file.empty() && name.size() > 2 && name.front() == '[' && name.back() == ']')
        return FrameKind::Native; // perf's "[unknown]" and "[libc.so.6]"
    return FrameKind::Python;
}

} // namespace sundial
