// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/headless.h"

#include "views/theme.h"

#include <QFontMetricsF>
#include <QLoggingCategory>
#include <QThread>

namespace sundial::cli
{

void prepareHeadless()
{
    QThread::currentThread(); // Qt takes the first thread that it meets for the main one
    static constexpr char kVariable[] = "QT_QPA_PLATFORM";
    static constexpr char kOffscreen[] = "offscreen";
    if (qgetenv(kVariable) != kOffscreen)
        qputenv(kVariable, kOffscreen);
}

std::unique_ptr<QGuiApplication> headlessApplication()
{
    prepareHeadless();
    // Standard error is for one line of ours, not for Qt's remarks on a missing desktop session.
    QLoggingCategory::setFilterRules(QStringLiteral("*.warning=false\n*.debug=false"));
    // QGuiApplication keeps references to both for its whole life, and takes its own options out of them.
    static int count = 1;
    static char name[] = "sundial";
    static char* arguments[] = {name, nullptr};
    auto application = std::make_unique<QGuiApplication>(count, arguments);
    installApplicationFont();
    QFontMetricsF(uiFont(12)).horizontalAdvance(QLatin1Char('0')); // looks the file up and opens it
    return application;
}

} // namespace sundial::cli
