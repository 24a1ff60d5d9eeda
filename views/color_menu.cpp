// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/color_menu.h"

#include "views/view_context.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QToolButton>

namespace sundial
{

namespace
{

struct Choice {
    ColorBy colorBy;
    const char* name;
};

constexpr Choice kChoices[] = {
    {ColorBy::Module, QT_TRANSLATE_NOOP("ColorMenu", "Colour: module")},
    {ColorBy::Self, QT_TRANSLATE_NOOP("ColorMenu", "Colour: self")},
    {ColorBy::Total, QT_TRANSLATE_NOOP("ColorMenu", "Colour: total")},
    {ColorBy::File, QT_TRANSLATE_NOOP("ColorMenu", "Colour: file")},
    {ColorBy::Kind, QT_TRANSLATE_NOOP("ColorMenu", "Colour: kind")},
    {ColorBy::Change, QT_TRANSLATE_NOOP("ColorMenu", "Colour: change")},
};

} // namespace

QToolButton* makeColorMenu(ViewContext* context, QWidget* parent)
{
    auto* const button = new QToolButton(parent);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setToolTip(QCoreApplication::translate("ColorMenu", "What the colour of a box tells"));
    auto* const menu = new QMenu(button);
    auto* const group = new QActionGroup(menu);
    for (const Choice& choice : kChoices) {
        QAction* const action = menu->addAction(QCoreApplication::translate("ColorMenu", choice.name));
        action->setCheckable(true);
        action->setData(int(choice.colorBy));
        group->addAction(action);
    }
    button->setMenu(menu);
    QObject::connect(group, &QActionGroup::triggered, context, [context](QAction* action) {
        ViewState next = context->state();
        next.colorBy = ColorBy(action->data().toInt());
        context->update(next);
    });
    const auto follow = [context, button, group] {
        for (QAction* const action : group->actions()) {
            if (action->data().toInt() == int(ColorBy::Change))
                action->setVisible(context->analysis() && context->analysis()->comparison);
            if (action->data().toInt() == int(context->state().colorBy)) {
                action->setChecked(true);
                button->setText(action->text());
                button->setAccessibleName(action->text());
            }
        }
    };
    QObject::connect(context, &ViewContext::stateChanged, button, follow);
    QObject::connect(context, &ViewContext::analysisChanged, button, follow);
    follow();
    return button;
}

} // namespace sundial
