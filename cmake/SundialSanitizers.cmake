# SPDX-License-Identifier: GPL-3.0-or-later
# SUNDIAL_SANITIZE=address,undefined or thread: for the whole build, since mixing sanitized and plain objects of one
# program reports nonsense.
set(SUNDIAL_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize, with commas")
if(SUNDIAL_SANITIZE)
    add_compile_options(-fsanitize=${SUNDIAL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-Wno-array-bounds -Wno-maybe-uninitialized -Wno-stringop-overflow) # wrong in what a sanitizer has rewritten
    endif()
    add_link_options(-fsanitize=${SUNDIAL_SANITIZE})
endif()
# libFuzzer is led by the branches that an input takes: the code under test has to count them, not only the target.
if(SUNDIAL_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
