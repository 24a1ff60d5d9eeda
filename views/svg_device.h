// SPDX-License-Identifier: GPL-3.0-or-later
// SVG as a paint device. QSvgGenerator writes a group with every property of pen, brush and font around each shape and
// knows no tooltips; here a shape has the attributes that it needs, and what is painted as an item tells its name
// when a browser's pointer rests on it. As in the standard: https://www.w3.org/TR/SVG11/
#pragma once

#include <QByteArray>
#include <QPaintDevice>
#include <QSizeF>
#include <QString>

#include <memory>

class QPainter;

namespace sundial
{

class SvgEngine;

/// Paths, rectangles, lines and text with plain colours, and images; no gradients, no clipping. Paint once, then take
/// the text.
class SvgDevice : public QPaintDevice
{
public:
    SvgDevice(const QSizeF& size, const QString& title);
    ~SvgDevice() override;

    QPaintEngine* paintEngine() const override;
    /// The document, in UTF-8, once the painter has ended.
    QByteArray take();

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    QSizeF m_size;
    std::unique_ptr<SvgEngine> m_engine;
};

/// What is painted while it lives, by whatever painter, is one item with a tooltip, if the painter writes SVG.
class SvgItem
{
public:
    /// `makeTip` gives the text; it is only asked for one that is written.
    template <class MakeTip> SvgItem(QPainter& painter, MakeTip&& makeTip) : m_engine(engineOf(painter))
    {
        if (m_engine)
            begin(makeTip());
    }
    ~SvgItem()
    {
        if (m_engine)
            end();
    }
    SvgItem(const SvgItem&) = delete;

private:
    static SvgEngine* engineOf(const QPainter& painter);
    void begin(const QString& tip);
    void end();

    SvgEngine* m_engine;
};

} // namespace sundial
