// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace sundial
{

namespace
{

/// Paints from the SVG at whatever size is asked for, so that no pixel ratio is blurred.
class ThemedIconEngine : public QIconEngine
{
public:
    ThemedIconEngine(QString name, QColor color, QColor disabled)
        : m_name(std::move(name)), m_color(color), m_disabled(disabled)
    {
    }
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const int side = std::min(rect.width(), rect.height());
        const QPixmap pixmap = iconPixmap(m_name, colorFor(mode), side, painter->device()->devicePixelRatioF());
        painter->drawPixmap(rect.center().x() - side / 2 + 1, rect.center().y() - side / 2 + 1, pixmap);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return iconPixmap(m_name, colorFor(mode), std::min(size.width(), size.height()), 1);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        return iconPixmap(m_name, colorFor(mode), int(std::min(size.width(), size.height()) / scale), scale);
    }
    QIconEngine* clone() const override { return new ThemedIconEngine(*this); }

private:
    QColor colorFor(QIcon::Mode mode) const { return mode == QIcon::Disabled ? m_disabled : m_color; }

    QString m_name;
    QColor m_color, m_disabled;
};

} // namespace

QPixmap iconPixmap(const QString& name, const QColor& color, int size, double devicePixelRatio)
{
    const QString key = QStringLiteral("sundial/%1/%2/%3/%4").arg(name, color.name()).arg(size).arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("There is no icon %s.", qPrintable(name));
        return {};
    }
    // QtSvg reads currentColor as black.
    QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
    pixmap = QPixmap(QSize(size, size) * devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon themedIcon(const QString& name, const QColor& color, const QColor& disabledColor)
{
    return QIcon(new ThemedIconEngine(name, color, disabledColor));
}

} // namespace sundial
