// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of the artifact browser: headings of groups, numbers in columns of digits, changes as bars from an axis.
#pragma once

#include "app/artifact_model.h"
#include "views/theme.h"

#include <QStyledItemDelegate>

namespace sundial
{

class ArtifactDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    ArtifactDelegate(const ArtifactModel* model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}
    void setTheme(const Theme& theme) { m_theme = &theme; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintFold(QPainter& p, const QPointF& center, bool isFolded) const;
    void paintMark(QPainter& p, const QPointF& center) const;
    void paintChange(QPainter& p, const QRectF& cell, int row, const QString& text) const;

    const ArtifactModel* m_model;
    const Theme* m_theme = &Theme::light();
};

} // namespace sundial
