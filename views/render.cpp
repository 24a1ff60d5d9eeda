// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/render.h"

#include "views/svg_device.h"

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>

namespace sundial
{

namespace
{

constexpr double kLongestSide = 32'000; ///< QPainter's raster engine ends at 32,767.
constexpr double kMostPixels = 200e6;
constexpr double kPixelsPerInch = 96;
/// Fills of one colour compress well at any level; the lowest that compresses takes a fifth of the usual one's time.
constexpr int kPngQuality = 85;

QByteArray renderPng(const PictureRequest& request, const std::function<void(QPainter&)>& paint)
{
    const double width = std::max(1.0, request.size.width());
    const double height = std::max(1.0, request.size.height());
    const double scale =
        std::min({request.scale, kLongestSide / width, kLongestSide / height, std::sqrt(kMostPixels / width / height)});
    QImage image(int(std::lround(width * scale)), int(std::lround(height * scale)), QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paint(painter);
    painter.end();
    return pngOf(image);
}

QByteArray renderSvg(const PictureRequest& request, const std::function<void(QPainter&)>& paint)
{
    SvgDevice device(request.size * request.scale, request.title);
    QPainter painter(&device);
    painter.scale(request.scale, request.scale);
    paint(painter);
    painter.end();
    return device.take();
}

QByteArray renderPdf(const PictureRequest& request, const std::function<void(QPainter&)>& paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(request.title);
    writer.setCreator(QStringLiteral("Sundial"));
    // One page of the picture's size: a point is 1/72 inch.
    const QSizeF points = request.size * request.scale * 72 / kPixelsPerInch;
    writer.setPageSize(QPageSize(points, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins({});
    writer.setResolution(1200);
    QPainter painter(&writer);
    const double scale = request.scale * 1200 / kPixelsPerInch;
    painter.scale(scale, scale);
    paint(painter);
    painter.end();
    return bytes;
}

} // namespace

std::optional<PictureFormat> pictureFormatOf(const QString& path)
{
    if (path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
        return PictureFormat::Png;
    if (path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive))
        return PictureFormat::Svg;
    if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive))
        return PictureFormat::Pdf;
    return {};
}

QByteArray pngOf(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "png");
    writer.setQuality(kPngQuality);
    return writer.write(image) ? bytes : QByteArray();
}

QByteArray renderPicture(const PictureRequest& request, const std::function<void(QPainter&)>& paint)
{
    switch (request.format) {
    case PictureFormat::Svg:
        return renderSvg(request, paint);
    case PictureFormat::Pdf:
        return renderPdf(request, paint);
    case PictureFormat::Png:
        break;
    }
    return renderPng(request, paint);
}

} // namespace sundial
