// SPDX-License-Identifier: GPL-3.0-or-later
// The call graph's widget, painted: the graph, its legend, and the notes over it.
#include "model/frame_name.h"
#include "views/callgraph_view.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QPaintEvent>
#include <QPainter>

namespace sundial
{

namespace
{

constexpr double kOldOpacity = 0.55; ///< Of a graph that is about to be replaced.

/// A rounded note over the picture; returns its box, whose right or left edge lies at `corner`.
QRectF paintNote(QPainter& painter, const QPointF& corner, bool toTheLeft, const QString& text, const QString& action,
                 const Theme& theme)
{
    painter.setFont(uiFont(12));
    const QFontMetricsF metrics(painter.font());
    const double textWidth = metrics.horizontalAdvance(text);
    const double width = textWidth + metrics.horizontalAdvance(action) + scaledF(36);
    const QRectF box(toTheLeft ? corner.x() - width : corner.x(), corner.y(), width, scaledF(26));
    painter.setPen(QPen(theme.line.strong, 1));
    painter.setBrush(theme.surface.raised);
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    painter.setPen(theme.text.secondary);
    const QRectF words = box.adjusted(scaledF(12), 0, -scaledF(12), 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    painter.setPen(theme.accent.text);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, action);
    return box;
}

} // namespace

CallGraphLook CallGraphView::look() const
{
    const bool hasRing = m_showsFocus && hasFocus() && m_focused != kNone;
    return {.theme = &context()->theme(),
            .modules = &m_modules,
            .moduleTable = &m_analysis->modules,
            .comparison = m_analysis->comparison.get(),
            .heatByTotal = m_heatByTotal,
            .selected = context()->state().selected,
            .focused = hasRing ? m_picture->graph.nodes[m_focused].frame : FrameId{},
            .search = &context()->searchResult()};
}

QString CallGraphView::emptySentence() const
{
    if (!m_error.isEmpty())
        return m_error;
    if (m_isStopped && !m_picture)
        return tr("The layout was stopped. Choose fewer nodes to try again.");
    if (!m_picture || !m_picture->graph.nodes.empty())
        return {};
    if (m_analysis && m_analysis->comparison)
        return tr("No function takes more or less than before.");
    return tr("This file tells no functions, so there is no graph to draw.");
}

QString CallGraphView::narrowingText() const
{
    if (m_narrowing.empty() || !m_analysis)
        return {};
    const Narrowing& last = m_narrowing.back();
    const QString name = displayText(frameName(m_analysis->frames(), last.frame));
    return last.toCallees ? tr("Only what %1 calls").arg(name) : tr("Only what leads to %1").arg(name);
}

void CallGraphView::paintNarrowing(QPainter& painter)
{
    const QString text = narrowingText();
    m_narrowingPill = {};
    if (!text.isEmpty())
        m_narrowingPill =
            paintNote(painter, {scaledF(12), scaledF(8)}, false,
                      elideMiddle(text, QFontMetricsF(uiFont(12)), width() * 0.4), tr("Back"), context()->theme());
}

void CallGraphView::paintProgress(QPainter& painter)
{
    m_stopPill = {};
    if (!m_loader.isRunning() || m_progressDelay.isActive())
        return;
    const std::size_t count = m_loader.nodeCount();
    const QString all = countText(m_analysis->functions().size());
    const QString text = count == 0 ? tr("Choosing among %1 functions…").arg(all)
                                    : tr("Laying out %1 of %2 functions…").arg(countText(double(count)), all);
    m_stopPill = paintNote(painter, {width() - scaledF(12), scaledF(8)}, true, text, tr("Stop"), context()->theme());
}

void CallGraphView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(event->rect(), context()->theme().surface.panel);
    m_leftOutPill = {};
    if (m_picture && !m_picture->graph.nodes.empty()) {
        const bool isOld = m_loader.isRunning() && !m_progressDelay.isActive();
        painter.save();
        painter.setClipRect(QRectF(0, 0, width(), legendArea().top()));
        painter.setTransform(m_viewport.transform(), true);
        paintCallGraph(painter, *m_picture, look(), m_viewport.toPicture(QRectF(event->rect())));
        painter.restore();
        m_leftOutPill = paintCallGraphLegend(painter, *m_picture, look(), legendArea());
        if (isOld) {
            QColor veil = context()->theme().surface.panel;
            veil.setAlphaF(float(1 - kOldOpacity));
            painter.fillRect(rect(), veil);
        }
    }
    if (const QString sentence = emptySentence(); !sentence.isEmpty()) {
        painter.setFont(uiFont(13));
        painter.setPen(context()->theme().text.secondary);
        painter.drawText(graphArea(), Qt::AlignCenter | Qt::TextWordWrap, sentence);
    }
    paintNarrowing(painter);
    paintProgress(painter);
}

void CallGraphView::resizeEvent(QResizeEvent*)
{
    if (m_isFitted)
        fit();
    else if (m_picture)
        m_viewport.keepInSight(m_picture->bounds, graphArea());
}

void CallGraphView::paintPicture(QPainter& painter, const QSize& size)
{
    if (m_picture)
        paintWholeCallGraph(painter, *m_picture, look(), size);
}

} // namespace sundial
