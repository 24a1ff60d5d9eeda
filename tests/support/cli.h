// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the built program as a script would: no display, output and exit status.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace sundial::test
{

struct Finished {
    int status = -1;
    QString out, err;
    QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
};

/// Runs in tests/fixtures/<folder>.
inline Finished runSundial(const QStringList& arguments, const QString& folder = {})
{
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(SUNDIAL_FIXTURES "/") + folder);
    process.start(QStringLiteral(SUNDIAL_PROGRAM), arguments);
    constexpr int kTimeoutMs = 60'000;
    if (!process.waitForFinished(kTimeoutMs))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace sundial::test
