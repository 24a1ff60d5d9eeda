// SPDX-License-Identifier: GPL-3.0-or-later
// The line over a picture: the path to the zoom root, what it holds, and what the mouse does.
#pragma once

#include "views/view_context.h"

#include <QWidget>

#include <vector>

namespace sundial
{

/// "All › main › render   0.55 s · 23.6 % of total            Click zooms · Backspace goes up". Each part of the path
/// is a link; a long path keeps its ends. Searching adds how much matches.
class CrumbBar : public QWidget
{
    Q_OBJECT

public:
    explicit CrumbBar(ViewContext* context, QWidget* parent = nullptr);
    /// Whether the figures are marked as those of a part of the file.
    void setSoFar(bool isSoFar);
    void setHint(const QString& hint);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Crumb {
        NodeId node;
        QString text;
        QRectF rect;
    };
    void layOut();
    const Crumb* crumbAt(const QPointF& position) const;

    ViewContext* m_context;
    QString m_hint, m_value;
    bool m_isSoFar = false;
    std::vector<Crumb> m_crumbs;
};

} // namespace sundial
