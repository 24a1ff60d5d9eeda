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

/// Disables `action` unless it `may` be used; its tool tip then says why not.
void allow(QAction* action, bool may, const QString& whyNot)
{
    action->setEnabled(may);
    if (!may)
        action->setToolTip(whyNot);
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
    menu->setToolTipsVisible(true);
    if (!frame && !node) {
        menu->addActions(handlers.ofPicture);
        return menu;
    }
    const auto add = [menu](const QString& text, auto&& handler) { return menu->addAction(text, menu, handler); };

    const bool inTree = bool(node);
    QAction* const zoom = add(tr("Zoom here"), [=] {
        if (inTree)
            context->zoomTo(node);
        else
            handlers.zoomToFunction(frame);
    });
    allow(zoom, !analysis->tree.isEmpty() && (inTree || frame), tr("There is no tree to zoom into"));
    QAction* const up =
        add(tr("Go up"), [=] { context->zoomTo(analysis->tree.parent(context->state().zoomRoot)); });
    allow(up, context->state().zoomRoot.value != 0, tr("The whole profile shows already"));
    if (!frame)
        return menu; // the root and what is folded are no functions
    menu->addSeparator();
    addFilterItems(menu, *context, pipeline, frame);
    const bool isAlone = !analysis->comparison;
    const QString whyAlone = tr("Not in a comparison: open one of the two by itself");
    allow(add(tr("Show callers"), [=] { handlers.showCallers(frame); }), isAlone, whyAlone);
    allow(add(tr("Show callees"), [=] { handlers.showCallees(frame); }), isAlone, whyAlone);
    add(tr("Find in call graph"), [=] { handlers.findInGraph(frame); });
    add(tr("Set as root of the call graph"), [=] { handlers.setGraphRoot(frame); });
    allow(add(tr("Show source"), [=] { handlers.showSource(frame); }), isAlone, whyAlone);
    const bool hasFile =
        analysis->frames().kind(frame) != FrameKind::Builtin && !analysis->frames().file(frame).empty();
    allow(add(tr("Open in editor"), [=] { handlers.openInEditor(frame); }), hasFile, tr("It has no source file"));
    menu->addSeparator();
    add(tr("Copy name"), [=] { copy(displayText(analysis->frames().name(frame))); });
    add(tr("Copy location"), [=] { copy(displayText(frameLocation(analysis->frames(), frame))); });
    allow(add(tr("Copy stack"), [=] { copy(stackText(*analysis, node)); }), inTree,
          tr("A function may stand on several stacks: ask a box of the icicle or the sunburst"));
    QMenu* const row = menu->addMenu(tr("Copy row as"));
    row->addAction(tr("Text"), row, [=] { handlers.copyRow(frame, RowsFormat::Text); });
    row->addAction(tr("Markdown"), row, [=] { handlers.copyRow(frame, RowsFormat::Markdown); });
    row->addAction(tr("CSV"), row, [=] { handlers.copyRow(frame, RowsFormat::Csv); });
    return menu;
}

} // namespace sundial
