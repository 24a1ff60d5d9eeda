// SPDX-License-Identifier: GPL-3.0-or-later
// Sundial's own start, with the arguments of `sundial`, up to the painted window.
#include "app/command_line.h"
#include "tests/bench/first_paint.h"

int main(int argc, char** argv)
{
    return sundial::runCommandLine(argc, argv, sundial::runWindow);
}
