// SPDX-License-Identifier: GPL-3.0-or-later
// The head of the function table: title and unit of each column, the sorted one marked.
#pragma once

#include "views/models/function_model.h"
#include "views/theme.h"

#include <QHeaderView>

namespace sundial
{

class FunctionHeader : public QHeaderView
{
    Q_OBJECT

public:
    FunctionHeader(const FunctionModel* model, QWidget* parent);

    void setTheme(const Theme& theme);
    /// Width that shows a section's title in full.
    int titleWidth(FunctionColumn column) const;
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    void paintEvent(QPaintEvent* event) override;

private:
    const FunctionModel* m_model;
    const Theme* m_theme;
};

} // namespace sundial
