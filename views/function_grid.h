// SPDX-License-Identifier: GPL-3.0-or-later
// The rows and columns of the function table: painting, keys, columns to choose. The panel around it is
// function_table_view.h.
#pragma once

#include "views/models/function_model.h"
#include "views/models/function_rows_text.h"
#include "views/view_context.h"

#include <QElapsedTimer>
#include <QTableView>

namespace sundial
{

/// Shows a FunctionModel and keeps its current row and the context's selected function the same.
class FunctionGrid : public QTableView
{
    Q_OBJECT

public:
    FunctionGrid(ViewContext* context, FunctionModel* model, QWidget* parent = nullptr);

    /// Sorts, and shows it in the head.
    void sortBy(FunctionColumn column);
    /// Visible columns in their order on screen.
    std::vector<FunctionColumn> visibleColumns() const;
    /// Rows under the selection from top to bottom, in the given form.
    QString selectedText(RowsFormat format) const;
    bool isColumnShown(FunctionColumn column) const { return (m_hidden & bit(column)) == 0; }
    void setColumnShown(FunctionColumn column, bool shown);
    void resetColumns();
    /// Menu to hide, show, sort and reset columns; `clicked` is the one under the pointer. Deletes itself on closing.
    void showColumnMenu(FunctionColumn clicked, const QPoint& globalPosition);

    /// Hidden columns, widths and sort order, for the settings; an unknown version restores nothing.
    QByteArray saveState() const;
    bool restoreState(const QByteArray& state);

    /// Row under the pointer, or -1.
    int hoveredRow() const { return m_hoveredRow; }

    void keyboardSearch(const QString& search) override;

signals:
    /// A double click or Enter on a function.
    void zoomToFunctionRequested(FrameId frame);
    void contextMenuRequested(FrameId frame, const QPoint& globalPosition);
    /// What is under the pointer or has the focus, as one line; empty when nothing is.
    void described(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    static constexpr std::uint32_t bit(FunctionColumn column) { return std::uint32_t(1) << int(column); }
    void renewRowHeader();
    void takeReset();
    void applyTheme();
    void applyColumns();
    int neededWidth(FunctionColumn column) const;
    void fitColumns();
    void showSelection();
    void setHoveredRow(int row);
    void describeRow(int row);
    void toggle(int row);

    ViewContext* m_context;
    FunctionModel* m_model;
    std::uint32_t m_hidden;
    std::array<int, kFunctionColumns> m_widths{};      ///< Set by the user; 0: fitted.
    std::array<int, kFunctionColumns> m_columnWidth{}; ///< What each needs at least; 0: hidden or not available.
    bool m_isFitting = false;
    bool m_isShowingSelection = false;
    int m_hoveredRow = -1;
    QString m_typed;
    QElapsedTimer m_sinceTyped;
};

} // namespace sundial
