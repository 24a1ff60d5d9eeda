// SPDX-License-Identifier: GPL-3.0-or-later
// Which module a source file is of, by the folders that a capture's header lists (format 13).
#pragma once

#include "parsers/memray/header.h"

#include <string>
#include <string_view>

namespace sundial::memray
{

struct FileModule {
    std::string name; ///< Top-level: "numpy", "app".
    bool isStandardLibrary = false;
};

FileModule moduleOfFile(const Header& header, std::string_view file);

} // namespace sundial::memray
