// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frame_menu.h"

#include "app/filter_actions.h"
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
    if (!frame && !node) {
        menu->addActions(handlers.ofPicture);
        return menu;
    }
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
        return menu; // the root and what is folded are no functions
    menu->addSeparator();
    addFilterItems(menu, *context, pipeline, frame);
    add(tr("Show callers"), [=] { handlers.showCallers(frame); })->setEnabled(!analysis->comparison);
    add(tr("Show callees"), [=] { handlers.showCallees(frame); })->setEnabled(!analysis->comparison);
    add(tr("Find in call graph"), [=] { handlers.findInGraph(frame); });
    add(tr("Set as root of the call graph"), [=] { handlers.setGraphRoot(frame); });
    add(tr("Show source"), [=] { handlers.showSource(frame); })->setEnabled(!analysis->comparison);
    const bool hasFile =
        analysis->frames().kind(frame) != FrameKind::Builtin && !analysis->frames().file(frame).empty();
    add(tr("Open in editor"), [=] { handlers.openInEditor(frame); })->setEnabled(hasFile);
    menu->addSeparator();
    add(tr("Copy name"), [=] { copy(displayText(analysis->frames().name(frame))); });
    add(tr("Copy location"), [=] { copy(displayText(frameLocation(analysis->frames(), frame))); });
    add(tr("Copy stack"), [=] { copy(stackText(*analysis, node)); })->setEnabled(inTree);
    QMenu* const row = menu->addMenu(tr("Copy row as"));
    row->addAction(tr("Text"), row, [=] { handlers.copyRow(frame, RowsFormat::Text); });
    row->addAction(tr("Markdown"), row, [=] { handlers.copyRow(frame, RowsFormat::Markdown); });
    row->addAction(tr("CSV"), row, [=] { handlers.copyRow(frame, RowsFormat::Csv); });
    return menu;
}

} // namespace sundial
