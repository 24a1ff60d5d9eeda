// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the cells of the function table.
#pragma once

#include "views/models/function_model.h"
#include "views/view_context.h"

#include <QStyledItemDelegate>

namespace sundial
{

class FunctionGrid;

/// Asks the model for texts directly, not through data(): a screen of cells is painted with every wheel step.
class FunctionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    FunctionDelegate(const ViewContext* context, const FunctionModel* model, FunctionGrid* grid);

    static int rowHeight();
    static int cellPadding();

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintNumber(QPainter& painter, const QRectF& rect, int row, FunctionColumn column, bool isSelected) const;
    void paintFunction(QPainter& painter, const QRectF& rect, int row) const;
    void paintGroup(QPainter& painter, const QRectF& rect, int row) const;
    void paintDetail(QPainter& painter, const QRectF& rect, int row, FunctionColumn column) const;

    const ViewContext* m_context;
    const FunctionModel* m_model;
    const FunctionGrid* m_grid;
};

} // namespace sundial
