// SPDX-License-Identifier: GPL-3.0-or-later
// The lower half of the window: which functions exactly, with their numbers.
#pragma once

#include "views/function_grid.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QToolButton;

namespace sundial
{

/// A head with filter, grouping and presets over the FunctionGrid. Follows the context's analysis and selection.
class FunctionTableView : public QWidget
{
    Q_OBJECT

public:
    explicit FunctionTableView(ViewContext* context, QWidget* parent = nullptr);

    FunctionGrid* grid() const { return m_grid; }
    const FunctionModel& model() const { return *m_model; }
    /// Ctrl+Shift+F: moves the focus into the filter field. For the window's menu; its shortcut works without it.
    /// Puts the cursor into the field of the filter.
    void editFilter();
    /// Copies a function's row as the table shows it, filtered out or not. Its selected rows the table copies itself.
    void copyFunction(FrameId function, RowsFormat format) const;

    QByteArray saveState() const { return m_grid->saveState(); }
    bool restoreState(const QByteArray& state) { return m_grid->restoreState(state); }

signals:
    void zoomToFunctionRequested(FrameId frame);
    /// The window makes the menu of a frame, the same everywhere.
    void contextMenuRequested(FrameId frame, const QPoint& globalPosition);
    void described(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeHead();
    QToolButton* makeGroupButton();
    QToolButton* makePresetButton();
    void applyTheme();
    void applyFonts();
    void applyFilter();
    void showPreset(const QString& title, FunctionColumn column, SortKey key, int limit);
    void showAll();
    void updateTexts();
    void placeEmptyNote();
    QString emptyText() const;
    QString nearestName(const QString& text) const;

    ViewContext* m_context;
    FunctionModel* m_model;
    FunctionGrid* m_grid = nullptr;
    QAction* m_searchIcon = nullptr;
    QWidget* m_head = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_count = nullptr;
    QLineEdit* m_field = nullptr;
    QToolButton* m_expression = nullptr;
    QToolButton* m_group = nullptr;
    QToolButton* m_ownOnly = nullptr;
    QToolButton* m_preset = nullptr;
    QLabel* m_hint = nullptr;
    QLabel* m_empty = nullptr;
};

} // namespace sundial
