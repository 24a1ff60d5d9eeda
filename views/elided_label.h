// SPDX-License-Identifier: GPL-3.0-or-later
// One line of text that gives way in its middle, keeps its full text as tooltip and for copying, and may be a link.
#pragma once

#include <QAbstractButton>

namespace sundial
{

class ElidedLabel : public QAbstractButton
{
    Q_OBJECT

public:
    enum class Kind { Text, Link };
    explicit ElidedLabel(Kind kind, QWidget* parent = nullptr);

    /// Paths lose their front first, names their middle.
    void setFullText(const QString& text, bool isPath = false);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind;
    bool m_isPath = false;
};

} // namespace sundial
