// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/frame_card.h"

#include "model/frame_name.h"
#include "views/change_text.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QCoreApplication>

#include <algorithm>

namespace sundial
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("FrameCard", text);
}

QString locationText(const FrameTable& frames, FrameId frame)
{
    return displayText(shortLocation(frames, frame));
}

/// "≈ 1.24 ms" and "≈ 3.1 %". A cumtime may pass the sum of all tottime by a clock tick; a share does not pass 100 %.
CardRow amount(const QString& label, double value, const Analysis& analysis, bool guess)
{
    const QString mark = guess ? QStringLiteral("≈ ") : QString();
    return {label, mark + valueText(value, analysis.metricInfo().unit),
            mark + percentText(analysis.total > 0 ? std::min(1.0, value / analysis.total) : 0)};
}

QString interval(const TreeEstimate& estimate, NodeId node, Unit unit)
{
    return valueText(estimate.lo[node.value], unit) + QStringLiteral(" – ") + valueText(estimate.hi[node.value], unit);
}

} // namespace

QString nodeName(const Analysis& analysis, NodeId node, const QString& rootName)
{
    if (node.value == 0)
        return rootName;
    switch (analysis.tree.kind(node)) {
    case NodeKind::Folded:
        return tr("%1 smaller").arg(countText(analysis.tree.estimate()->foldedCount[node.value]));
    case NodeKind::Unattributed:
        return tr("(unattributed)");
    case NodeKind::Frame:
        break;
    }
    return displayText(frameName(analysis.frames(), analysis.tree.frame(node)));
}

bool isGuess(const Analysis& analysis, NodeId node)
{
    return node.value != 0 && analysis.isEstimated() && !analysis.tree.estimate()->exact[node.value];
}

FrameCard describeNode(const ViewContext& context, NodeId node)
{
    const Analysis& analysis = *context.analysis();
    return analysis.comparison ? describeNodeChange(context, node) : describeNode(context, analysis, node);
}

FrameCard describeNode(const ViewContext& context, const Analysis& analysis, NodeId node)
{
    const CallTree& tree = analysis.tree;
    const FrameId frame = tree.frame(node);
    const Unit unit = analysis.metricInfo().unit;
    const bool guess = isGuess(analysis, node);
    FrameCard card;
    card.swatch = context.theme().swatch(context.palette().color(frame));
    card.title = nodeName(analysis, node, tr("All"));
    if (frame) {
        card.title = displayText(analysis.frames().name(frame)); // in full: two C functions may share a short name
        card.location = locationText(analysis.frames(), frame);
    }
    if (tree.kind(node) == NodeKind::Frame)
        card.rows.push_back(amount(tr("Self"), tree.self(analysis.metric, node), analysis, guess));
    card.rows.push_back(amount(tr("Total"), tree.total(analysis.metric, node), analysis, guess));
    if (guess && tree.estimate()->hi[node.value] > 0)
        card.rows.push_back({tr("Could be"), interval(*tree.estimate(), node, unit), {}});
    if (tree.estimate() && tree.kind(node) == NodeKind::Frame && node.value != 0 &&
        tree.estimate()->calls[node.value] > 0) {
        const bool exact = tree.estimate()->callsExact[node.value];
        const QString calls = countText(std::max(1.0, double(qRound64(tree.estimate()->calls[node.value]))));
        card.rows.push_back(
            {tr("Calls"), exact ? calls : QStringLiteral("≈ ") + calls, exact ? tr("exact") : QString()});
    }
    if (node.value != 0 && tree.parent(node).value != 0) {
        const double parent = tree.total(analysis.metric, tree.parent(node));
        const QString mark = guess ? QStringLiteral("≈ ") : QString();
        card.rows.push_back(
            {tr("Of parent"), mark + percentText(parent > 0 ? tree.total(analysis.metric, node) / parent : 0), {}});
    }
    if (tree.kind(node) == NodeKind::Folded)
        card.footnote = tr("Too small to draw at this zoom. Zoom in to see them.");
    else if (tree.kind(node) == NodeKind::Unattributed)
        card.footnote = tr("Time that the file's callers do not account for.");
    else if (guess)
        card.footnote = tr("The file tells callers, not paths: this place's share is an estimate.");
    return card;
}

FrameCard describeFrame(const ViewContext& context, FrameId frame)
{
    const Analysis& analysis = *context.analysis();
    if (analysis.comparison)
        return describeFunctionChange(context, frame);
    const FunctionTable& functions = analysis.functions();
    const std::uint32_t f = frame.value;
    FrameCard card;
    card.swatch = context.theme().swatch(context.palette().color(frame));
    card.title = displayText(frameName(analysis.frames(), frame));
    card.location = locationText(analysis.frames(), frame);
    card.rows.push_back(amount(tr("Self"), functions.self[f], analysis, false));
    card.rows.push_back(amount(tr("Total"), functions.total[f], analysis, false));
    if (functions.calls[f] >= 0) {
        card.rows.push_back({tr("Calls"), callsText(functions.calls[f], functions.primitiveCalls[f]), {}});
        if (functions.primitiveCalls[f] > 0)
            card.rows.push_back(
                {tr("Per call"),
                 valueText(functions.total[f] / double(functions.primitiveCalls[f]), analysis.metricInfo().unit),
                 tr("total")});
    }
    return card;
}

QString oneLine(const FrameCard& card)
{
    QStringList parts{card.title};
    if (!card.location.isEmpty())
        parts << card.location;
    for (const CardRow& row : card.rows)
        parts << (row.label.toLower() + QLatin1Char(' ') + row.value +
                  (row.share.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(row.share)));
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace sundial
