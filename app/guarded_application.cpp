// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guarded_application.h"

#include <new>

namespace sundial
{

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
