// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/command_line.h"
#include "model/free_memory.h"

#include <csignal>
#include <cstdio>
#include <new>

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN); // `sundial top FILE | head` ends quietly
    std::signal(SIGXFSZ, SIG_IGN); // a limit on file sizes is a failed write with a message, as a full disk is
    sundial::mapLargeBlocks();
    try {
        return sundial::runCommandLine(argc, argv, sundial::runWindow);
    } catch (const std::bad_alloc&) {
        std::fputs("sundial: there is not enough memory for this\n", stderr);
        return sundial::cli::kInputError;
    }
}
