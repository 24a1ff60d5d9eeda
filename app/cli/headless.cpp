// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/headless.h"

#include "views/theme.h"

#include <QLoggingCategory>

namespace sundial::cli
{

std::unique_ptr<QGuiApplication> headlessApplication()
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // Standard error is for one line of ours, not for Qt's remarks on a missing desktop session.
    QLoggingCategory::setFilterRules(QStringLiteral("*.warning=false\n*.debug=false"));
    // QGuiApplication keeps references to both for its whole life, and takes its own options out of them.
    static int count = 1;
    static char name[] = "sundial";
    static char* arguments[] = {name, nullptr};
    auto application = std::make_unique<QGuiApplication>(count, arguments);
    installApplicationFont();
    return application;
}

} // namespace sundial::cli
