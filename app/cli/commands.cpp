// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

namespace sundial::cli
{

#define SUNDIAL_COMMAND(name) extern const Command name##Command;
#include "commands.gen.inc"
#undef SUNDIAL_COMMAND

std::span<const Command* const> commands()
{
#define SUNDIAL_COMMAND(name) &name##Command,
    static constexpr const Command* kCommands[] = {
#include "commands.gen.inc"
    };
#undef SUNDIAL_COMMAND
    return kCommands;
}

} // namespace sundial::cli
