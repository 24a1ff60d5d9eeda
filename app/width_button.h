// SPDX-License-Identifier: GPL-3.0-or-later
// What gives the boxes of a comparison their width: "Width: larger ▾" above the pictures of both sides in one.
#pragma once

#include "model/compare_analysis.h"
#include "views/view_context.h"

#include <QToolButton>

namespace sundial
{

/// Shown for comparisons, in views that have one box for both sides.
class WidthButton : public QToolButton
{
    Q_OBJECT

public:
    explicit WidthButton(ViewContext* context, QWidget* parent = nullptr);

    /// The id of the view that is shown.
    void setView(const QString& id);

signals:
    void widthChosen(sundial::CompareWidth width);

private:
    void refresh();

    ViewContext* m_context;
    QString m_view;
};

} // namespace sundial
