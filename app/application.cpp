// SPDX-License-Identifier: GPL-3.0-or-later
// The window's process: platform, style, and painting the window without showing it.
#include "app/cli/output.h"
#include "app/guarded_application.h"
#include "app/main_window.h"
#include "app/window_options.h"
#include "views/render.h"
#include "views/view_table.h"

#include <QDir>
#include <QFileInfo>
#include <QScreen>
#include <QTimer>

#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace sundial
{

namespace
{

constexpr const char* kNoDisplay =
    "there is no display to open a window on: use a command, as in 'sundial top FILE', or "
    "paint the window with --screenshot OUT.png";
constexpr QSize kFrame(8, 40); // what a window manager adds around a window, at least
constexpr int kSettleMs = 5;   // between two looks whether the window is complete
constexpr int kIconMs = 200;   // the window first, then its picture in the task bar: drawing that takes a while

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

/// Qt gives up by abort() and several lines where a display does not answer; a program says it in one and ends.
void endWithoutDisplay(QtMsgType type, const QMessageLogContext&, const QString&)
{
    if (type != QtFatalMsg)
        return;
    cli::reportUsage(kNoDisplay);
    std::_Exit(cli::kUsageError);
}

int paintWindow(MainWindow& window, const WindowOptions& options)
{
    window.show();
    QTimer settle;
    int idleLooks = 0;
    QObject::connect(&settle, &QTimer::timeout, &window, [&] {
        idleLooks = window.isBusy() ? 0 : idleLooks + 1;
        if (idleLooks == 3)           // a finished load may have started a layout
            QCoreApplication::exit(); // quit() closes the window, which is painted afterwards
    });
    settle.start(kSettleMs);
    QCoreApplication::exec();
    if (window.failure())
        return cli::reportError(options.files.front(), *window.failure());
    return cli::writeFile(options.screenshot, pngOf(window.grab().toImage()).toStdString());
}

/// One side of --compare: a file, or the files of a folder, which are runs of one program.
QStringList runsOf(const QString& path)
{
    if (!QFileInfo(path).isDir())
        return {path};
    QStringList runs;
    for (const QFileInfo& file : QDir(path).entryInfoList(QDir::Files, QDir::Name))
        runs << file.filePath();
    return runs;
}

} // namespace

int runWindow(int& argc, char** argv, const WindowOptions& options)
{
    const auto isAsked = [&options](const ViewType* type) { return type->id == options.view; };
    if (!options.view.empty() && std::none_of(viewTypes().begin(), viewTypes().end(), isAsked))
        return cli::reportUsage("there is no view '" + options.view + "': choose one of " + viewNames());
    for (const std::string& side : options.compare ? options.files : std::vector<std::string>()) {
        if (runsOf(QString::fromStdString(side)).isEmpty())
            return cli::reportUsage("--compare: the folder '" + side + "' holds no files");
    }
    const bool paintOnly = !options.screenshot.empty();
    if (paintOnly && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // a display that is named may not answer
    else if (!hasDisplay())
        return cli::reportUsage(kNoDisplay);
    std::jthread fonts([] { FcInit(); }); // reads its files while the display answers
    const QtMessageHandler usual = qInstallMessageHandler(endWithoutDisplay);
    GuardedApplication application(argc, argv);
    qInstallMessageHandler(paintOnly ? dropPlatformNotes : usual);
    QApplication::setApplicationName(QStringLiteral("sundial"));
    QApplication::setOrganizationName(QStringLiteral("sundial"));
    QApplication::setApplicationVersion(QStringLiteral(SUNDIAL_VERSION));
    fonts.join();
    installApplicationFont();
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style); // owned by the application
    QTimer::singleShot(kIconMs, &application,
                       [] { QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/sundial.svg"))); });

    Settings settings = paintOnly ? Settings() : Settings::load();
    if (options.dark)
        settings.theme = *options.dark ? ThemeChoice::Dark : ThemeChoice::Light;
    else if (paintOnly)
        settings.theme = ThemeChoice::Light;
    MainWindow window(style, settings, !paintOnly);
    QObject::connect(&application, &GuardedApplication::outOfMemory, &window, &MainWindow::giveUpProfile);
    if (settings.geometry.isEmpty()) {
        const QSize size(options.width, options.height);
        window.resize(paintOnly ? size : size.boundedTo(window.screen()->availableSize() - kFrame));
    }
    if (!options.view.empty())
        window.showView(QString::fromStdString(options.view));
    QStringList paths;
    for (const std::string& file : options.files)
        paths << QString::fromStdString(file);
    if (options.demo)
        window.openDemo();
    else if (options.compare)
        window.compare(runsOf(paths[0]), runsOf(paths[1]));
    else if (!options.files.empty())
        window.openPaths(paths);
    if (paintOnly)
        return paintWindow(window, options);
    window.show();
    return QApplication::exec();
}

} // namespace sundial
