// SPDX-License-Identifier: GPL-3.0-or-later
// Functions with a value each, largest first: callers, callees, the top of a profile.
#pragma once

#include "model/ids.h"
#include "views/theme.h"

#include <QAbstractListModel>
#include <QListView>

#include <vector>

namespace sundial
{

struct RankedRow {
    FrameId function; ///< None for the row that stands for the folded rest.
    NodeId place;     ///< Where it stands in the tree, if the row is about that place alone.
    QColor swatch;
    QString name;
    bool isOwn = false;
    QString value;  ///< In the list's one unit.
    QString share;  ///< "91.2 %", or "↻".
    double bar = 0; ///< 0 to 1.
    QString toolTip;
};

/// The rows, with texts for assistive technology.
class RankedModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<RankedRow> rows);
    const RankedRow& row(int index) const { return m_rows[std::size_t(index)]; }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<RankedRow> m_rows;
};

/// As high as its rows, so that whatever holds it scrolls. A click or Enter activates a row; the folded rest unfolds.
class RankedList : public QListView
{
    Q_OBJECT

public:
    explicit RankedList(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    const Theme& theme() const { return *m_theme; }
    /// Shows the first `visible` rows and `rest` (its `function` is none) in place of the others.
    void setRows(std::vector<RankedRow> rows, std::size_t visible, RankedRow rest);
    void setRows(std::vector<RankedRow> rows);
    const RankedModel& rankedModel() const { return m_rows; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void functionActivated(FrameId function);
    /// In place of functionActivated() for rows that have a place.
    void placeActivated(FrameId function, NodeId place);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void activate(int row);

    const Theme* m_theme;
    RankedModel m_rows;
    std::vector<RankedRow> m_all;
};

} // namespace sundial
