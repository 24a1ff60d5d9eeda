// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/normalise_button.h"

#include "app/recompare.h"
#include "model/frame_name.h"
#include "views/text_fit.h"

#include <QActionGroup>
#include <QMenu>

namespace sundial
{

NormaliseButton::NormaliseButton(ViewContext* context, Recompare* recompare, QWidget* parent)
    : QToolButton(parent), m_context(context), m_recompare(recompare)
{
    setObjectName(QStringLiteral("normalise"));
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setToolTip(tr("What the numbers after are scaled by: nothing, the totals, or the calls of one function"));
    setMenu(new QMenu(this));
    connect(menu(), &QMenu::aboutToShow, this, &NormaliseButton::fillMenu);
    connect(context, &ViewContext::analysisChanged, this, &NormaliseButton::refresh);
    refresh();
}

void NormaliseButton::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    const bool isComparison = analysis && analysis->comparison;
    // Shares have one total already.
    setVisible(isComparison && !analysis->comparison->comparison->isShares);
    if (!isComparison)
        return;
    const CompareOptions& options = analysis->comparison->options;
    QString text = options.normalise == Normalise::None ? tr("As measured")
                   : options.normalise == Normalise::Total
                       ? tr("Same total")
                       : tr("Per call of %1").arg(displayText(options.callsOf.name));
    setText(elideMiddle(text, QFontMetricsF(font()), scaledF(170)));
    setAccessibleName(tr("Compared: %1").arg(text));
}

void NormaliseButton::fillMenu()
{
    menu()->clear();
    const CompareAnalysis& info = *m_context->analysis()->comparison;
    const Comparison& sides = *info.comparison;
    auto* const group = new QActionGroup(menu());
    const auto add = [&](const QString& text, Normalise by, FrameId callsOf, bool isPossible) {
        QAction* const action =
            menu()->addAction(text, m_recompare, [this, by, callsOf] { m_recompare->normalise(by, callsOf); });
        action->setCheckable(true);
        action->setChecked(
            info.options.normalise == by &&
            (by != Normalise::Calls ||
             (sides.match(callsOf).before &&
              functionName(sides.before.profile->frames, sides.match(callsOf).before) == info.options.callsOf)));
        action->setEnabled(isPossible);
        group->addAction(action);
    };
    add(tr("As measured"), Normalise::None, {}, true);
    add(tr("Scaled to the same total"), Normalise::Total, {}, sides.before.total > 0 && sides.after.total > 0);
    if (const FrameId row = m_context->state().selected)
        add(tr("Scaled to as many calls of %1")
                .arg(displayText(frameName(sides.frames.frames, row)).replace(u'&', QStringLiteral("&&"))),
            Normalise::Calls, row, sides.before.calls(row) > 0 && sides.after.calls(row) > 0);
    else
        menu()->addAction(tr("Select a function to scale by its calls"))->setEnabled(false);
}

} // namespace sundial
