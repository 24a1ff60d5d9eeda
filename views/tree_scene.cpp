// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/tree_scene.h"

#include "model/frame_name.h"
#include "views/frame_card.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QCoreApplication>

#include <array>

namespace sundial
{

namespace
{

constexpr double kDimmed = 0.35;

QFont pillFont()
{
    return uiFont(11, QFont::DemiBold);
}

} // namespace

QColor mixed(const QColor& over, const QColor& under, double opacity)
{
    const auto mix = [opacity](int a, int b) { return int(b + (a - b) * opacity + 0.5); };
    return QColor(mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue()));
}

QColor frameFill(const FramePalette& palette, const SearchResult& search, const Theme& theme, FrameId frame)
{
    const QColor color = palette.color(frame);
    if (!search.isActive())
        return color;
    return search.contains(frame) ? theme.match.fill : mixed(color, theme.surface.panel, kDimmed);
}

QColor TreeScene::fill(FrameId frame) const
{
    return frameFill(palette, search, theme, frame);
}

std::optional<ChangeLook> TreeScene::change(NodeId node) const
{
    if (!palette.isChange() || isDimmed(node))
        return {};
    return changeLook(*analysis.comparison, tree(), node);
}

QString TreeScene::label(NodeId node) const
{
    const QString all = QCoreApplication::translate("TreeScene", "all");
    return nodeName(analysis, node, rootName.isEmpty() ? all : all + QStringLiteral("  ") + rootName);
}

QString TreeScene::tip(std::uint32_t box) const
{
    const NodeId node = layout.node(box);
    QString text = label(node);
    if (const FrameId frame = tree().frame(node); node.value != 0 && frame)
        text += QStringLiteral("  ") + displayText(shortLocation(analysis.frames(), frame));
    text += u'\n';
    if (!analysis.comparison)
        text += (isGuess(analysis, node) ? QStringLiteral("≈ ") : QString()) +
                valueText(tree().total(analysis.metric, node), analysis.metricInfo().unit) + QStringLiteral(" · ");
    return text + share(box);
}

QString TreeScene::share(std::uint32_t box) const
{
    const NodeId node = layout.node(box);
    if (side)
        return percentText(tree().total(side, node) / tree().total(side, NodeId{0}));
    if (analysis.comparison) { // over both sides: what changed says more than a share of either
        const double delta = analysis.comparison->deltaTotal(node);
        return delta == 0 ? QString()
                          : displayText(comparedDelta(*analysis.comparison->comparison, delta, localeStyle()));
    }
    const double ofRoot = layout.end(box) - layout.begin(box);
    const double fraction = ofRoot * tree().total(analysis.metric, NodeId{0}) / analysis.total;
    return (isGuess(analysis, node) ? QStringLiteral("≈ ") : QString()) + percentText(fraction);
}

QRectF pillAt(const QPointF& corner, bool atTop, const QString& text)
{
    const double margin = scaledF(4);
    const double height = scaledF(22);
    const double width = QFontMetricsF(pillFont()).horizontalAdvance(text) + scaledF(20);
    const double y = atTop ? corner.y() + margin : corner.y() - height - margin;
    return QRectF(corner.x() - width - margin, y, width, height).toAlignedRect();
}

QRectF paintPill(QPainter& painter, const QPointF& corner, bool atTop, const QString& text, const QColor& color,
                 const Theme& theme)
{
    const QRectF pill = pillAt(corner, atTop, text);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.line.strong, 1));
    painter.setBrush(theme.surface.raised);
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), pill.height() / 2, pill.height() / 2);
    painter.setFont(pillFont());
    painter.setPen(color);
    painter.drawText(pill, Qt::AlignCenter, text);
    painter.restore();
    return pill;
}

void paintSkeleton(QPainter& painter, const QRectF& area, const Theme& theme)
{
    constexpr std::array kWidths{1.0, 1.0, 0.86, 0.71, 0.52, 0.44, 0.31}; // of rows, as a call tree thins out
    const double height = scaledF(24);
    const double side = scaledF(16);
    double top = area.top();
    for (const double width : kWidths) {
        const QRectF row(area.left() + side, top, (area.width() - 2 * side) * width, height);
        if (row.bottom() > area.bottom())
            return;
        painter.fillRect(row, theme.surface.sunken);
        top += height + 1;
    }
}

void paintSentence(QPainter& painter, const QRectF& area, const QString& sentence, const Theme& theme)
{
    painter.setFont(uiFont(13));
    painter.setPen(theme.text.secondary);
    const double width = std::min(area.width(), scaledF(480));
    painter.drawText(QRectF(area.center().x() - width / 2, area.top(), width, area.height()),
                     Qt::AlignCenter | Qt::TextWordWrap, sentence);
}

} // namespace sundial
