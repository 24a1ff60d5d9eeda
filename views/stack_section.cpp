// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stack_section.h"

#include "model/frame_name.h"
#include "views/frame_card.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <algorithm>

namespace sundial
{

namespace
{

constexpr std::size_t kShownRows = 12;

} // namespace

StackSection::StackSection(QWidget* parent) : RankedSection(parent)
{
    hide();
}

void StackSection::showStack(const ViewContext& context, NodeId place)
{
    const AnalysisPtr& analysis = context.analysis();
    std::vector<NodeId> path;
    if (analysis && place && !analysis->tree.isEmpty())
        path = pathTo(analysis->tree, place);
    std::erase_if(path, [&](NodeId node) { return !analysis->tree.frame(node); });
    setVisible(!path.empty());
    if (path.empty())
        return;
    std::reverse(path.begin(), path.end());
    const FrameTable& frames = analysis->frames();
    const double largest = analysis->tree.total(analysis->metric, path.back());
    const DisplayUnit unit = columnUnit(largest, analysis->metricInfo().unit);
    std::vector<RankedRow> rows;
    rows.reserve(path.size());
    for (const NodeId node : path) {
        const FrameId frame = analysis->tree.frame(node);
        const double total = analysis->tree.total(analysis->metric, node);
        const QString guess = isGuess(*analysis, node) ? QStringLiteral("≈ ") : QString();
        RankedRow row;
        row.function = frame;
        row.place = node;
        row.swatch = context.theme().swatch(context.palette().color(frame));
        row.name = displayText(frameName(frames, frame));
        row.isOwn = context.palette().isOwn(frame);
        row.value = guess + QString::fromStdString(formatCell(total, unit, localeStyle()));
        row.share = analysis->total > 0 ? percentText(total / analysis->total) : QString();
        row.bar = analysis->total > 0 ? std::clamp(total / analysis->total, 0.0, 1.0) : 0;
        row.toolTip = displayText(frameLabel(frames, frame));
        rows.push_back(std::move(row));
    }
    const QString total = tr("total");
    head().setTexts(tr("Stack"), countText(double(rows.size())),
                    unit.symbol.empty() ? total : total + QStringLiteral("  ") + QString::fromStdString(unit.symbol),
                    tr("of total"));
    if (rows.size() <= kShownRows + 1) {
        list().setRows(std::move(rows));
        return;
    }
    RankedRow rest;
    rest.name = tr("%1 further callers").arg(countText(double(rows.size() - kShownRows)));
    rest.toolTip = tr("Show all");
    list().setRows(std::move(rows), kShownRows, std::move(rest));
}

} // namespace sundial
