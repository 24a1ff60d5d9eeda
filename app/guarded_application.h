// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that runs out in the window's own thread: the event is given up, and whoever listens can free some.
#pragma once

#include <QApplication>

namespace sundial
{

class GuardedApplication : public QApplication
{
    Q_OBJECT

public:
    GuardedApplication(int& argc, char** argv);

    bool notify(QObject* receiver, QEvent* event) override;

signals:
    /// Comes with the next turn of the event loop, when the stack has been unwound.
    void outOfMemory();

private:
    bool m_isReported = false; ///< One message for what may be many events.
};

} // namespace sundial
