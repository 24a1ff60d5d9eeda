// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lane_button.h"

#include "model/lanes.h"
#include "views/lane_paint.h"
#include "views/number_text.h"
#include "views/style.h"
#include "views/text_fit.h"

#include <QMenu>

namespace sundial
{

namespace
{

constexpr std::size_t kMostListed = 100; // a longer menu is no choice any more
constexpr int kNameWidth = 160;

/// A file's own words are no mnemonics and no shortcut columns.
QString menuText(QString text)
{
    return text.replace(u'&', QStringLiteral("&&")).replace(u'\t', u' ');
}

} // namespace

LaneButton::LaneButton(ViewContext* context, QWidget* parent) : QToolButton(parent), m_context(context)
{
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setToolTip(tr("Which threads are counted, in all views"));
    setMenu(new QMenu(this));
    connect(menu(), &QMenu::aboutToShow, this, &LaneButton::fillMenu);
    connect(context, &ViewContext::analysisChanged, this, &LaneButton::refresh);
    refresh();
}

void LaneButton::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    const bool hasChoice = analysis && !analysis->comparison && canChooseLanes(*analysis->profile);
    setVisible(hasChoice);
    if (!hasChoice)
        return;
    const std::vector<Lane>& lanes = analysis->profile->lanes;
    const std::vector<LaneId>& chosen = analysis->options.lanes;
    const QString name =
        chosen.empty() ? tr("All %1 threads").arg(lanes.size()) : laneName(*analysis->profile, chosen.front());
    setText(menuText(elideMiddle(name, QFontMetricsF(font()), scaledF(kNameWidth))));
    setAccessibleName(tr("Threads: %1").arg(name));
}

void LaneButton::fillMenu()
{
    menu()->clear();
    const AnalysisPtr analysis = m_context->analysis();
    const Profile& profile = *analysis->profile;
    const std::vector<LaneId>& chosen = analysis->options.lanes;
    const auto add = [&](const QString& name, double total, MetricId metric, std::vector<LaneId> lanes) {
        QAction* const action =
            menu()->addAction(menuText(name) + u'\t' + valueText(total, profile.metrics[metric.value].unit));
        action->setCheckable(true);
        action->setChecked(lanes == chosen);
        connect(action, &QAction::triggered, this, [this, lanes] { emit lanesChosen(lanes); });
    };
    add(tr("All threads"), profile.total(analysis->metric), analysis->metric, {});
    menu()->addSeparator();
    const std::vector<LaneId> order = lanesInOrder(profile);
    for (std::size_t i = 0; i < std::min(order.size(), kMostListed); ++i) {
        const Lane& lane = profile.lanes[order[i].value];
        add(laneName(profile, order[i]), lane.total, lane.metric, {order[i]});
    }
    if (order.size() > kMostListed)
        menu()->addAction(tr("%1 smaller ones").arg(order.size() - kMostListed))->setEnabled(false);
}

} // namespace sundial
