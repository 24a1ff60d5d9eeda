# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings live on one INTERFACE target, so that a folder opts in by linking it. Only presets set SUNDIAL_WERROR:
# a packager with a newer compiler must not be stopped by a new warning.
option(SUNDIAL_WERROR "Treat warnings as errors" OFF)
add_library(sundial_warnings INTERFACE)
target_compile_options(sundial_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor
                       $<$<BOOL:${SUNDIAL_WERROR}>:-Werror>)
