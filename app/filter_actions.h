// SPDX-License-Identifier: GPL-3.0-or-later
// The filters as actions: on the selected function, for menu and letter keys, and on a given one, for its own menu.
#pragma once

#include "app/pipeline.h"

class QAction;
class QMenu;

namespace sundial
{

/// Keeps the actions' texts and whether they are enabled up to date. The letters act where addTo() put them: in
/// pictures, since in tables letters look for a name.
class FilterActions : public QObject
{
    Q_OBJECT

public:
    FilterActions(ViewContext* context, Pipeline* pipeline, QObject* parent);

    /// In the order of menus.
    const QList<QAction*>& all() const { return m_actions; }
    void addTo(QWidget* picture) const;

private:
    void refresh();
    void trigger(int index);

    ViewContext* m_context;
    Pipeline* m_pipeline;
    QList<QAction*> m_actions;
    QAction* m_invert;
    QAction* m_timeOrder;
};

/// Adds what a filter can do with `frame` to a menu; nothing if there is no tree to filter.
void addFilterItems(QMenu* menu, const ViewContext& context, Pipeline* pipeline, FrameId frame);

} // namespace sundial
