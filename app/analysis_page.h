// SPDX-License-Identifier: GPL-3.0-or-later
// One open profile: the pictures above, the table below, the function card at the right.
#pragma once

#include "views/view.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QToolButton;
class QHBoxLayout;

namespace sundial
{

class CrumbBar;
class FunctionCard;
class FunctionTableView;

/// Lays the views of the view table out in tabs and passes on what they ask for. Which view is shown is its only state.
class AnalysisPage : public QWidget
{
    Q_OBJECT

public:
    explicit AnalysisPage(ViewContext* context, QWidget* parent = nullptr);

    View* currentView() const;
    QString currentViewId() const;
    void showView(const QString& id);
    void showViewAt(int index);
    int viewCount() const { return int(m_views.size()); }
    FunctionTableView* table() const { return m_table; }
    FunctionCard* card() const { return m_card; }
    void setCardVisible(bool visible);
    /// Moves the focus to the next pane: picture, table, card (F6).
    void focusNextPane(int direction);

    QByteArray saveSplitters() const;
    void restoreSplitters(const QByteArray& state);

signals:
    void viewChanged();
    void described(const QString& text);
    void contextMenuRequested(sundial::FrameId frame, sundial::NodeId node, const QPoint& globalPosition);
    void estimateExplained();

private:
    QWidget* makePanelHeader();
    void connectView(View* view);
    void refreshHeader();

    ViewContext* m_context;
    std::vector<View*> m_views;
    std::vector<QToolButton*> m_tabs;
    QStackedWidget* m_stack;
    CrumbBar* m_crumbs;
    QHBoxLayout* m_options = nullptr;
    QToolButton* m_estimated = nullptr;
    FunctionTableView* m_table;
    FunctionCard* m_card;
    QSplitter* m_vertical;
    QSplitter* m_horizontal;
};

} // namespace sundial
