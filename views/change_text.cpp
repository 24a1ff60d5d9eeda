// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/change_text.h"

#include "model/frame_name.h"
#include "views/change_marks.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QCoreApplication>

#include <cmath>

namespace sundial
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("ChangeText", text);
}

CardRow sidesRow(const QString& label, const Comparison& comparison, double before, double after)
{
    const NumberStyle style = localeStyle();
    return {label,
            displayText(comparedValue(comparison, before, style) + " → " + comparedValue(comparison, after, style)),
            before > 0 ? displayText(formatPercentDelta((after - before) / before, style)) : QString()};
}

QString callsOf(std::int64_t calls)
{
    return calls < 0 ? QStringLiteral("—") : countText(double(calls));
}

} // namespace

QString callsChangeText(const Comparison& comparison, FrameId row)
{
    const auto side = [row](const ComparisonSide& s, bool present) {
        return present ? callsOf(s.calls(row)) : QStringLiteral("0");
    };
    const FrameMatch& match = comparison.match(row);
    const std::int64_t before = match.before ? comparison.before.calls(row) : 0;
    const std::int64_t after = match.after ? comparison.after.calls(row) : 0;
    if (before < 0 && after < 0)
        return QStringLiteral("—");
    if (before == after)
        return callsOf(after);
    return side(comparison.before, bool(match.before)) + QStringLiteral(" → ") +
           side(comparison.after, bool(match.after));
}

QString ratioText(const CompareAnalysis& comparison, FrameId row)
{
    const Comparison& sides = *comparison.comparison;
    const FrameMatch& match = sides.match(row);
    if (match.kind == MatchKind::New)
        return tr("new");
    if (match.kind == MatchKind::Removed)
        return tr("gone");
    const double before = sides.before.self(row);
    if (!(before > 0) || (comparison.noise.basis != NoiseBasis::None && !comparison.noise.isBeyond(row)))
        return before > 0 || sides.after.self(row) == 0 ? tr("same") : QStringLiteral("—");
    return QString::fromStdString(formatCell(sides.after.self(row) / before, {"", 1, 2}, localeStyle())) + u'×';
}

FrameCard describeFunctionChange(const ViewContext& context, FrameId row)
{
    const Analysis& analysis = *context.analysis();
    const CompareAnalysis& info = *analysis.comparison;
    const Comparison& sides = *info.comparison;
    const NumberStyle style = localeStyle();
    FrameCard card;
    card.swatch = changeFill(changeLook(info, row, Weight::Total), context.theme());
    card.title = displayText(frameName(analysis.frames(), row));
    card.location = displayText(shortLocation(analysis.frames(), row));
    card.rows.push_back(sidesRow(tr("Self"), sides, sides.before.self(row), sides.after.self(row)));
    card.rows.push_back(sidesRow(tr("Total"), sides, sides.before.totalOf(row), sides.after.totalOf(row)));
    card.rows.push_back({tr("Calls"), callsChangeText(sides, row), {}});
    if (const auto factors = changeFactors(sides, row, Weight::Self)) {
        card.rows.push_back({tr("By calls"), displayText(comparedDelta(sides, factors->byCalls, style)), {}});
        card.rows.push_back({tr("By cost a call"), displayText(comparedDelta(sides, factors->byCost, style)), {}});
    }
    card.footnote = displayText(matchReasonText(sides.match(row)));
    return card;
}

FrameCard describeNodeChange(const ViewContext& context, NodeId node)
{
    const Analysis& analysis = *context.analysis();
    const CompareAnalysis& info = *analysis.comparison;
    const Comparison& sides = *info.comparison;
    const std::uint32_t n = node.value;
    FrameCard card;
    card.swatch = changeFill(changeLook(info, analysis.tree, node), context.theme());
    card.title = nodeName(analysis, node, tr("All"));
    const FrameId row = analysis.tree.frame(node);
    if (row)
        card.location = displayText(shortLocation(analysis.frames(), row));
    card.rows.push_back(sidesRow(tr("Total here"), sides, info.before->total[n], info.after->total[n]));
    card.rows.push_back({tr("Change"), displayText(comparedDelta(sides, info.deltaTotal(node), localeStyle())),
                         sides.before.total > 0 ? displayText(formatPercentDelta(
                                                      info.deltaTotal(node) / sides.before.total, localeStyle()))
                                                : QString()});
    card.rows.push_back(sidesRow(tr("Self here"), sides, info.before->self[n], info.after->self[n]));
    if (row) {
        card.rows.push_back({tr("Calls in all"), callsChangeText(sides, row), {}});
        card.footnote = displayText(matchReasonText(sides.match(row)));
    }
    return card;
}

} // namespace sundial
