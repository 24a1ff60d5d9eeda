// SPDX-License-Identifier: GPL-3.0-or-later
// One open profile: the pictures above, the table below, the function card at the right.
#pragma once

#include "views/view.h"

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QToolButton;
class QHBoxLayout;
class QVBoxLayout;

namespace sundial
{

class ChangesTableView;
class CrumbBar;
class FunctionCard;
class FunctionTableView;

/// Lays the views of the view table out in tabs and passes on what they ask for. A comparison has its own tabs, table
/// and card in the same places. Which view is shown is its only state.
class AnalysisPage : public QWidget
{
    Q_OBJECT

public:
    explicit AnalysisPage(ViewContext* context, QWidget* parent = nullptr);

    View* currentView() const;
    const std::vector<View*>& views() const { return m_views; }
    QString currentViewId() const;
    void showView(const QString& id);
    void showViewAt(int index);
    /// Whether a view has something to show of what is open.
    bool hasTab(int index) const;
    int viewCount() const { return int(m_views.size()); }
    /// The digit that goes to a view with Alt: its place among those of this mode, from 1; 0 if it is not among them.
    static int digitOf(int index, const Analysis* analysis);
    FunctionTableView* table() const { return m_table; }
    FunctionCard* card() const { return m_card; }
    /// The table that is shown: functions or changes.
    QWidget* currentTable() const;
    /// By the user's hand. In a narrow window the card closes by itself, and this opens it all the same.
    void setCardVisible(bool visible);
    /// Whether the user wants the card, shown or not.
    bool wantsCard() const { return m_wantsCard; }
    /// Below 1, what is shown is marked as a part: so much of its file has been read so far.
    void setReadShare(double share);
    /// What some kinds of profiles show above the pictures, beside the card.
    void addAbove(QWidget* panel);
    /// A control that belongs to all views, left of the current one's own.
    void addTool(QWidget* tool);
    /// Moves the focus to the next pane: picture, table, card (F6).
    void focusNextPane(int direction);
    void focusCard();
    /// The badge that says that the tree is an estimate: what explains it stands there.
    const QWidget* estimateBadge() const;

    QSize minimumSizeHint() const override;
    QByteArray saveSplitters() const;
    void restoreSplitters(const QByteArray& state);

signals:
    void viewChanged();
    void zoomToFunctionRequested(sundial::FrameId frame);
    void described(const QString& text);
    void contextMenuRequested(sundial::FrameId frame, sundial::NodeId node, const QPoint& globalPosition);
    void estimateExplained();
    void cardShown(bool shown);
    void matchMenuRequested(sundial::FrameId row, const QPoint& globalPosition);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void sharePictureHeight();
    void shareWidth();
    struct TabRoom {
        int others = 0, badges = 0, available = 0, view = -1;
        bool operator==(const TabRoom&) const = default;
    };
    TabRoom tabRoom() const;
    void fitTabs();
    void refitTabs();
    void setBadges(bool areShort);
    QWidget* makePanelHeader();
    void connectView(View* view);
    void refreshHeader();
    /// Tabs, table and card of one profile or of a comparison.
    void refreshMode();
    bool isComparison() const;
    int indexOf(const QString& id) const; ///< −1 if there is no such view.

    ViewContext* m_context;
    std::vector<View*> m_views;
    std::vector<QToolButton*> m_tabs;
    QStackedWidget* m_stack;
    CrumbBar* m_crumbs;
    QHBoxLayout* m_tools = nullptr;
    QHBoxLayout* m_options = nullptr;
    QToolButton* m_estimated = nullptr;
    QToolButton* m_exact = nullptr;
    QToolButton* m_soFar = nullptr; ///< Says how much of a file is shown while it is read.
    FunctionTableView* m_table;
    ChangesTableView* m_changes;
    QStackedWidget* m_tables;
    FunctionCard* m_card;
    QStackedWidget* m_cards;
    QVBoxLayout* m_main;
    QSplitter* m_vertical;
    QSplitter* m_horizontal;
    bool m_wasComparison = false;
    QString m_wanted; ///< The view that was asked for by its id: shown as soon as the mode has it.
    QWidget* m_panelHeader = nullptr;
    TabRoom m_fittedTo;
    bool m_wantsCard = true;
    bool m_opensNarrowCard = false; ///< The user has opened it in a narrow window.
    bool m_cardByHand = false;      ///< The user has given it a width.
    bool m_splitByHand = false;     ///< The user has moved the splitter: it stays where it is.
};

} // namespace sundial
