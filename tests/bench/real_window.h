// SPDX-License-Identifier: GPL-3.0-or-later
// The window as users get it, for benchmarks that drive it by events.
#pragma once

#include "app/main_window.h"
#include "model/free_memory.h"

#include <QApplication>

namespace sundial::bench
{

/// An application and its window, shown at 1440×900. Paints into memory (offscreen) unless QT_QPA_PLATFORM says
/// otherwise. Settings are neither read nor written.
template <class Application = QApplication> class RealWindow
{
public:
    RealWindow(int& argc, char** argv) : application((prepare(), argc), argv), window(installStyle(), {}, false)
    {
        window.resize(1440, 900);
        window.show();
        window.activateWindow(); // where no window manager does: keys would go nowhere
    }

private:
    static void prepare()
    {
        if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
            qputenv("QT_QPA_PLATFORM", "offscreen");
        mapLargeBlocks();
    }
    static SundialStyle* installStyle()
    {
        installApplicationFont();
        auto* const style = new SundialStyle(Theme::light());
        QApplication::setStyle(style); // owned by the application
        return style;
    }

public:
    Application application;
    MainWindow window;
};

} // namespace sundial::bench
