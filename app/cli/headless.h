// SPDX-License-Identifier: GPL-3.0-or-later
// Qt without a display, for commands that paint.
#pragma once

#include <QGuiApplication>

#include <memory>

namespace sundial::cli
{

/// Fonts and images for as long as the value lives; no display is asked for, whatever the environment says.
std::unique_ptr<QGuiApplication> headlessApplication();

} // namespace sundial::cli
