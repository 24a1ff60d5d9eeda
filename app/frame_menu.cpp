// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frame_menu.h"

#include "app/filter_actions.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>

namespace sundial
{

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("FrameMenu", text);
}

void copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

/// The stack down to `node`, outermost first, one frame a line.
QString stackText(const Analysis& analysis, NodeId node)
{
    QStringList lines;
    for (const NodeId n : pathTo(analysis.tree, node)) {
        if (analysis.tree.frame(n))
            lines << displayText(standardName(analysis.frames(), analysis.tree.frame(n)));
    }
    return lines.join(u'\n');
}

/// Cells of one function in the C locale, in the order of the table.
QStringList rowCells(const Analysis& analysis, FrameId frame)
{
    const FunctionTable& functions = analysis.functions();
    const std::uint32_t f = frame.value;
    return {QString::fromStdString(formatCalls(functions.calls[f], functions.primitiveCalls[f], {".", ""})),
            QString::fromStdString(formatExact(functions.self[f])),
            QString::fromStdString(formatExact(functions.total[f])), displayText(analysis.frames().name(frame)),
            displayText(frameLocation(analysis.frames(), frame))};
}

QString markdownRow(QStringList cells)
{
    for (QString& cell : cells)
        cell.replace(u'|', QStringLiteral("\\|")).replace(u'<', QStringLiteral("&lt;"));
    return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |");
}

QString csvRow(QStringList cells)
{
    for (QString& cell : cells)
        cell = u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return cells.join(u',');
}

} // namespace

void copySelectedName(const ViewContext& context)
{
    if (const FrameId selected = context.state().selected)
        copy(displayText(context.analysis()->frames().name(selected)));
}

QMenu* makeFrameMenu(ViewContext* context, Pipeline* pipeline, FrameId frame, NodeId node,
                     const FrameMenuHandlers& handlers, QWidget* parent)
{
    const AnalysisPtr analysis = context->analysis();
    auto* const menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const QString& text, auto&& handler) { return menu->addAction(text, menu, handler); };

    const bool inTree = bool(node);
    add(tr("Zoom here"), [=] {
        if (inTree)
            context->zoomTo(node);
        else
            handlers.zoomToFunction(frame);
    })->setEnabled(!analysis->tree.isEmpty() && (inTree || frame));
    add(tr("Go up"), [=] {
        context->zoomTo(analysis->tree.parent(context->state().zoomRoot));
    })->setEnabled(context->state().zoomRoot.value != 0);
    if (!frame)
        return menu; // the root, what is folded, and the ground are no functions
    menu->addSeparator();
    addFilterItems(menu, *context, pipeline, frame);
    add(tr("Show callers and callees"), [=] { handlers.showCallers(frame); });
    add(tr("Find in call graph"), [=] { handlers.findInGraph(frame); });
    add(tr("Set as root of the call graph"), [=] { handlers.setGraphRoot(frame); });
    add(tr("Show source"), [=] { handlers.showSource(frame); })->setEnabled(!analysis->comparison);
    menu->addSeparator();
    add(tr("Copy name"), [=] { copy(displayText(analysis->frames().name(frame))); });
    add(tr("Copy location"), [=] { copy(displayText(frameLocation(analysis->frames(), frame))); });
    add(tr("Copy stack"), [=] { copy(stackText(*analysis, node)); })->setEnabled(inTree);
    QMenu* const row = menu->addMenu(tr("Copy row as"));
    row->addAction(tr("Text"), row, [=] { copy(rowCells(*analysis, frame).join(u'\t')); });
    row->addAction(tr("Markdown"), row, [=] { copy(markdownRow(rowCells(*analysis, frame))); });
    row->addAction(tr("CSV"), row, [=] { copy(csvRow(rowCells(*analysis, frame))); });
    return menu;
}

} // namespace sundial
