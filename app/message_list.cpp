// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/message_list.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QLocale>
#include <QVBoxLayout>

namespace sundial
{

namespace
{

constexpr int kWidth = 560;
constexpr int kHeight = 320;

} // namespace

MessageList::MessageList(const QList<ToastMessage>& messages, const Theme& theme, QWidget* window) : QDialog(window)
{
    setWindowTitle(tr("Messages"));
    setPalette(theme.palette());
    resize(scaled(kWidth), scaled(kHeight));
    auto* const list = new QListWidget(this);
    list->setWordWrap(true);
    list->setAccessibleName(windowTitle());
    list->setFrameShape(QFrame::NoFrame);
    for (auto message = messages.rbegin(); message != messages.rend(); ++message)
        list->addItem(QLocale().toString(message->time, QLocale::ShortFormat) + QStringLiteral("   ") + message->text);
    if (messages.isEmpty())
        list->addItem(tr("None so far."));
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* const column = new QVBoxLayout(this);
    column->addWidget(list);
    column->addWidget(buttons);
}

} // namespace sundial
