// SPDX-License-Identifier: GPL-3.0-or-later
// Qt without a display, for commands that paint.
#pragma once

#include <QGuiApplication>

#include <memory>

namespace sundial::cli
{

/// Sets the environment that headlessApplication() needs, and lets Qt see the main thread first: to be called on it
/// before others are started.
void prepareHeadless();
/// Fonts and images for as long as the value lives; no display is asked for, whatever the environment says. On the main
/// thread. Takes some 20 ms, most of them for the list of fonts and the first font: time to do something else beside
/// it.
std::unique_ptr<QGuiApplication> headlessApplication();

} // namespace sundial::cli
