// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guarded_application.h"

#include "app/kept_threads.h"

#include <QThreadPool>

#include <new>

namespace sundial
{

GuardedApplication::GuardedApplication(int& argc, char** argv) : QApplication(argc, argv)
{
    keepThreads(*QThreadPool::globalInstance());
}

bool GuardedApplication::notify(QObject* receiver, QEvent* event)
{
    try {
        return QApplication::notify(receiver, event);
    } catch (const std::bad_alloc&) {
        if (!m_isReported) {
            m_isReported = true;
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_isReported = false;
                    emit outOfMemory();
                },
                Qt::QueuedConnection);
        }
        return false;
    }
}

} // namespace sundial
