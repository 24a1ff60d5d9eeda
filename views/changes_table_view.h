// SPDX-License-Identifier: GPL-3.0-or-later
// The lower half of a comparison: which functions changed, by how much and why.
#pragma once

#include "views/models/changes_model.h"
#include "views/view_context.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QTableView;
class QToolButton;

namespace sundial
{

class ChangesTableView : public QWidget
{
    Q_OBJECT

public:
    explicit ChangesTableView(ViewContext* context, QWidget* parent = nullptr);

    QTableView* table() const { return m_table; }
    const ChangesModel& model() const { return *m_model; }
    /// The shown rows as a Markdown table; Ctrl+C copies it.
    QString markdown() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

signals:
    void zoomToFunctionRequested(sundial::FrameId frame);
    void contextMenuRequested(sundial::FrameId frame, const QPoint& globalPosition);

private:
    void refresh();
    void applyTheme();
    void showSelection();

    ViewContext* m_context;
    ChangesModel* m_model;
    QTableView* m_table;
    QLabel* m_title;
    QLabel* m_summary;
    QLineEdit* m_filter;
    QToolButton* m_weight;
    QToolButton* m_onlyBeyond;
};

} // namespace sundial
