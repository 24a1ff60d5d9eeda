# SPDX-License-Identifier: GPL-3.0-or-later
# QScintilla for Qt 6, which comes without a CMake package. Defines the target QScintilla::Qt6.
find_path(QScintillaQt6_INCLUDE_DIR Qsci/qsciscintilla.h PATH_SUFFIXES qt6)
find_library(QScintillaQt6_LIBRARY qscintilla2_qt6)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(QScintillaQt6
    REQUIRED_VARS QScintillaQt6_LIBRARY QScintillaQt6_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "The source view needs QScintilla built with Qt 6: libqscintilla2-qt6-dev in Debian.")
mark_as_advanced(QScintillaQt6_INCLUDE_DIR QScintillaQt6_LIBRARY)
if(QScintillaQt6_FOUND AND NOT TARGET QScintilla::Qt6)
    add_library(QScintilla::Qt6 UNKNOWN IMPORTED)
    set_target_properties(QScintilla::Qt6 PROPERTIES
        IMPORTED_LOCATION "${QScintillaQt6_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${QScintillaQt6_INCLUDE_DIR}"
        INTERFACE_LINK_LIBRARIES Qt6::Widgets)
endif()
