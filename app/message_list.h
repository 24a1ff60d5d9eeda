// SPDX-License-Identifier: GPL-3.0-or-later
// Help › Messages: what toasts have said, after they are gone.
#pragma once

#include "app/toast.h"

#include <QDialog>

namespace sundial
{

class MessageList : public QDialog
{
    Q_OBJECT

public:
    MessageList(const QList<ToastMessage>& messages, const Theme& theme, QWidget* window);
};

} // namespace sundial
