// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures as files: whatever paints through a QPainter, as PNG, SVG or PDF. Needs a QGuiApplication, but no window and
// no display.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSizeF>
#include <QString>

#include <functional>
#include <optional>

class QPainter;

namespace sundial
{

enum class PictureFormat : std::uint8_t { Png, Svg, Pdf };

/// By the file name's extension, in any letter case; none if it is another.
std::optional<PictureFormat> pictureFormatOf(const QString& path);

/// A picture as a file; empty if it cannot be written.
QByteArray pngOf(const QImage& image);

struct PictureRequest {
    PictureFormat format = PictureFormat::Png;
    QSizeF size; ///< In the painter's pixels.
    double scale =
        1;         ///< How many pixels of the file stand for one of `size`; for PNG reduced to what an image can hold.
    QString title; ///< Of the document, for SVG and PDF.
};

/// The file's bytes; empty if the image would not fit into memory. `paint` fills the rectangle from 0,0 to `size`.
QByteArray renderPicture(const PictureRequest& request, const std::function<void(QPainter&)>& paint);

} // namespace sundial
