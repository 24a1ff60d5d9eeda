// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/share_strip.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace sundial
{

namespace
{

constexpr int kHeight = 18;
constexpr double kGap = 1;
constexpr double kRadius = 2;

} // namespace

ShareStrip::ShareStrip(QWidget* parent) : QWidget(parent), m_theme(&Theme::light())
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareStrip::setTheme(const Theme& theme)
{
    m_theme = &theme;
    updateGeometry();
    update();
}

void ShareStrip::setParts(std::vector<StripPart> parts)
{
    m_parts = std::move(parts);
    QStringList texts;
    for (const StripPart& part : m_parts)
        texts << part.toolTip;
    setAccessibleDescription(texts.join(QStringLiteral("; ")));
    update();
}

QSize ShareStrip::sizeHint() const
{
    return {scaled(200), scaled(kHeight)};
}

void ShareStrip::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setFont(uiFont(11, QFont::DemiBold));
    const QFontMetricsF metrics(p.font());
    const double inset = scaledF(6);
    double x = 0;
    for (const StripPart& part : m_parts) {
        const double width = part.share * this->width();
        // Parts thinner than the gap still show as a line; the next one starts where it should.
        const QRectF box(x, 0, std::max(0.5, width - kGap), height());
        x += width;
        p.setPen(Qt::NoPen);
        p.setBrush(part.fill);
        p.drawRoundedRect(box, kRadius, kRadius);
        if (part.isHatched) {
            QColor line = m_theme->text.primary;
            line.setAlphaF(0.17f);
            p.setBrush(QBrush(line, Qt::BDiagPattern));
            p.drawRoundedRect(box, kRadius, kRadius);
        }
        if (metrics.horizontalAdvance(part.label) + 2 * inset <= box.width()) {
            p.setPen(m_theme->text.primary);
            p.drawText(box.adjusted(inset, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, part.label);
        }
    }
}

const StripPart* ShareStrip::partAt(double x) const
{
    double end = 0;
    for (const StripPart& part : m_parts) {
        end += part.share * width();
        if (x < end)
            return &part;
    }
    return nullptr;
}

void ShareStrip::mouseReleaseEvent(QMouseEvent* event)
{
    const StripPart* const part = partAt(event->position().x());
    if (part && part->function && event->button() == Qt::LeftButton)
        emit activated(part->function);
}

bool ShareStrip::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const StripPart* const part = partAt(help->pos().x());
        QToolTip::showText(help->globalPos(), part ? part->toolTip : QString(), this);
        return true;
    }
    if (event->type() == QEvent::MouseButtonPress)
        return true; // the press is ours, so that the release is
    return QWidget::event(event);
}

} // namespace sundial
