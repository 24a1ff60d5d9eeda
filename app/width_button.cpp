// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/width_button.h"

#include <QActionGroup>
#include <QMenu>

#include <array>

namespace sundial
{

namespace
{

struct Choice {
    CompareWidth width;
    const char* shortName;
    const char* text;
};
constexpr std::array kChoices{
    Choice{CompareWidth::Larger, QT_TRANSLATE_NOOP("WidthButton", "larger"),
           QT_TRANSLATE_NOOP("WidthButton", "The larger side: room for both")},
    Choice{CompareWidth::Before, QT_TRANSLATE_NOOP("WidthButton", "before"),
           QT_TRANSLATE_NOOP("WidthButton", "Before")},
    Choice{CompareWidth::After, QT_TRANSLATE_NOOP("WidthButton", "after"), QT_TRANSLATE_NOOP("WidthButton", "After")},
    Choice{CompareWidth::Change, QT_TRANSLATE_NOOP("WidthButton", "|Δ|"),
           QT_TRANSLATE_NOOP("WidthButton", "|Δ self|: only what changed")},
};

} // namespace

WidthButton::WidthButton(ViewContext* context, QWidget* parent) : QToolButton(parent), m_context(context)
{
    setObjectName(QStringLiteral("width"));
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setToolTip(tr("What the width of a box stands for"));
    setMenu(new QMenu(this));
    auto* const group = new QActionGroup(menu());
    for (const Choice& choice : kChoices) {
        QAction* const action =
            menu()->addAction(tr(choice.text), this, [this, width = choice.width] { emit widthChosen(width); });
        action->setCheckable(true);
        action->setData(int(choice.width));
        group->addAction(action);
    }
    connect(context, &ViewContext::analysisChanged, this, &WidthButton::refresh);
    refresh();
}

void WidthButton::setView(const QString& id)
{
    m_view = id;
    refresh();
}

void WidthButton::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    const bool isUnion = m_view == QLatin1String("icicle") || m_view == QLatin1String("sunburst");
    setVisible(analysis && analysis->comparison && isUnion);
    if (isHidden())
        return;
    const auto width = CompareWidth(analysis->metric.value);
    for (const Choice& choice : kChoices) {
        if (choice.width == width) {
            setText(tr("Width: %1").arg(tr(choice.shortName)));
            setAccessibleName(text());
        }
    }
    for (QAction* action : menu()->actions())
        action->setChecked(action->data().toInt() == int(width));
}

} // namespace sundial
