// SPDX-License-Identifier: GPL-3.0-or-later
// The window's process: platform, style, and painting the window without showing it.
#include "app/cli/output.h"
#include "app/main_window.h"
#include "app/window_options.h"

#include <QApplication>
#include <QBuffer>
#include <QTimer>

#include <cstdio>

namespace sundial
{

namespace
{

constexpr int kSettleMs = 20; // between two looks whether the window is complete

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

/// The offscreen platform says on stderr what it cannot do for a real window; whoever only wants the picture has no use
/// for that.
void dropPlatformNotes(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    const bool isNote = text.startsWith(QLatin1String("This plugin does not support")) ||
                        text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR"));
    if (!isNote)
        std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, text)));
}

int paintWindow(MainWindow& window, const WindowOptions& options)
{
    window.show();
    QTimer settle;
    int idleLooks = 0;
    QObject::connect(&settle, &QTimer::timeout, &window, [&] {
        idleLooks = window.isBusy() ? 0 : idleLooks + 1;
        if (idleLooks == 3) // a finished load may have started a layout
            QCoreApplication::quit();
    });
    settle.start(kSettleMs);
    QCoreApplication::exec();
    if (window.failure())
        return cli::reportError(options.files.front(), *window.failure());
    QByteArray png;
    QBuffer buffer(&png);
    window.grab().save(&buffer, "PNG");
    return cli::writeFile(options.screenshot, png.toStdString());
}

} // namespace

int runWindow(int& argc, char** argv, const WindowOptions& options)
{
    const bool paintOnly = !options.screenshot.empty();
    if (paintOnly && !hasDisplay())
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (paintOnly)
        qInstallMessageHandler(dropPlatformNotes);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sundial"));
    QApplication::setOrganizationName(QStringLiteral("sundial"));
    QApplication::setApplicationVersion(QStringLiteral(SUNDIAL_VERSION));
    installApplicationFont();
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style); // owned by the application
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/sundial.svg")));

    Settings settings = paintOnly ? Settings() : Settings::load();
    if (options.dark)
        settings.theme = *options.dark ? ThemeChoice::Dark : ThemeChoice::Light;
    else if (paintOnly)
        settings.theme = ThemeChoice::Light;
    MainWindow window(style, settings, !paintOnly);
    if (settings.geometry.isEmpty())
        window.resize(options.width, options.height);
    if (!options.view.empty())
        window.showView(QString::fromStdString(options.view));
    QStringList paths;
    for (const std::string& file : options.files)
        paths << QString::fromStdString(file);
    if (options.demo)
        window.openDemo();
    else if (options.compare)
        window.compare({paths[0]}, {paths[1]});
    else if (!options.files.empty())
        window.openPaths(paths);
    if (paintOnly)
        return paintWindow(window, options);
    window.show();
    return QApplication::exec();
}

} // namespace sundial
