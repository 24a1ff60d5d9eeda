// SPDX-License-Identifier: GPL-3.0-or-later
// A whole as a strip of its parts: where a function's total goes.
#pragma once

#include "model/ids.h"
#include "views/theme.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace sundial
{

struct StripPart {
    QColor fill;
    QString label;   ///< Written if it fits.
    QString toolTip; ///< The whole text, also for assistive technology.
    double share = 0;
    FrameId function;       ///< What a click selects; may be none.
    bool isHatched = false; ///< Not one function: recursion, what the file does not tell.
};

class ShareStrip : public QWidget
{
    Q_OBJECT

public:
    explicit ShareStrip(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Shares add up to 1 at most.
    void setParts(std::vector<StripPart> parts);
    const std::vector<StripPart>& parts() const { return m_parts; }

    QSize sizeHint() const override;

signals:
    void activated(FrameId function);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    const StripPart* partAt(double x) const;

    const Theme* m_theme;
    std::vector<StripPart> m_parts;
};

} // namespace sundial
