// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/svg_device.h"

#include <QBuffer>
#include <QFont>
#include <QImage>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace sundial
{

namespace
{

constexpr int kPixelsPerInch = 96; // a CSS pixel
constexpr int kUsualTextPx = 12;
constexpr double kMmPerInch = 25.4;

/// With two decimals, which is less than anybody sees, and no zeros behind them.
void appendNumber(std::string& out, double value)
{
    std::array<char, 24> text{};
    char* end = text.data();
    const auto hundredths = std::llround(std::clamp(value, -1e9, 1e9) * 100);
    if (hundredths < 0)
        *end++ = '-';
    const auto whole = std::abs(hundredths);
    end = std::to_chars(end, text.data() + text.size(), whole / 100).ptr;
    if (const auto rest = int(whole % 100); rest > 0) {
        *end++ = '.';
        *end++ = char('0' + rest / 10);
        if (rest % 10 > 0)
            *end++ = char('0' + rest % 10);
    }
    out.append(text.data(), end);
}

void appendAttribute(std::string& out, const char* name, double value)
{
    out += ' ';
    out += name;
    out += "=\"";
    appendNumber(out, value);
    out += '"';
}

void appendPoint(std::string& out, char command, const QPointF& point)
{
    out += command;
    appendNumber(out, point.x());
    out += ' ';
    appendNumber(out, point.y());
}

/// Text as it is: markup is escaped, and characters that XML does not allow become �.
std::string escaped(const QString& text)
{
    QString allowed = text;
    for (QChar& c : allowed) {
        if (c.unicode() < 0x20 && c != u'\t' && c != u'\n')
            c = QChar::ReplacementCharacter;
    }
    return allowed.toHtmlEscaped().toStdString();
}

/// "#0b6e7f"
void appendHex(std::string& out, const QColor& color)
{
    constexpr char kDigits[] = "0123456789abcdef";
    const QRgb rgb = color.rgb();
    out += '#';
    for (int shift = 20; shift >= 0; shift -= 4)
        out += kDigits[(rgb >> shift) & 0xf];
}

void appendColor(std::string& out, const char* property, const QColor& color)
{
    out += ' ';
    out += property;
    out += "=\"";
    appendHex(out, color);
    out += '"';
    if (color.alpha() < 255) {
        out += ' ';
        out += property;
        out += "-opacity=\"";
        appendNumber(out, color.alphaF());
        out += '"';
    }
}

/// The radius of its corners if a path is a rectangle with round ones, else 0.
double cornerRadius(const QPainterPath& path, const QRectF& bounds)
{
    constexpr int kElements = 17; // of QPainterPath::addRoundedRect()
    if (path.elementCount() != kElements)
        return 0;
    const double radius =
        path.elementAt(0).y == bounds.top() ? path.elementAt(0).x - bounds.left() : path.elementAt(0).y - bounds.top();
    if (radius <= 0)
        return 0;
    QPainterPath rounded;
    rounded.addRoundedRect(bounds, radius, radius);
    return path == rounded ? radius : 0;
}

} // namespace

class SvgEngine : public QPaintEngine
{
public:
    SvgEngine()
        : QPaintEngine(PrimitiveTransform | PixmapTransform | AlphaBlend | PainterPaths | ConstantOpacity |
                       Antialiasing | BrushStroke)
    {
    }

    void beginDocument(const QSizeF& size, const QString& title);
    void beginItem(const QString& tip);
    void endItem() { m_out += "</g>\n"; }
    QByteArray take();

    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }
    void updateState(const QPaintEngineState&) override {} // asked for when something is drawn
    void drawRects(const QRectF* rects, int count) override;
    void drawRects(const QRect* rects, int count) override { QPaintEngine::drawRects(rects, count); }
    void drawLines(const QLineF* lines, int count) override;
    void drawLines(const QLine* lines, int count) override { QPaintEngine::drawLines(lines, count); }
    void drawPath(const QPainterPath& path) override;
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override;
    void drawPolygon(const QPoint* points, int count, PolygonDrawMode mode) override
    {
        QPaintEngine::drawPolygon(points, count, mode);
    }
    void drawTextItem(const QPointF& at, const QTextItem& item) override;
    void drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) override;

private:
    bool isVisible(bool isFilled) const
    {
        return (isFilled && state->brush().style() != Qt::NoBrush) || state->pen().style() != Qt::NoPen;
    }
    void appendLook(bool isFilled);
    void appendPlace();

    std::string m_out;
};

void SvgEngine::beginDocument(const QSizeF& size, const QString& title)
{
    const auto number = [](double value) {
        std::string text;
        appendNumber(text, value);
        return text;
    };
    const double mm = kMmPerInch / kPixelsPerInch;
    m_out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" width=\"" +
            number(size.width() * mm) + "mm\" height=\"" + number(size.height() * mm) + "mm\" viewBox=\"0 0 " +
            number(size.width()) + ' ' + number(size.height()) + "\">\n<title>" + escaped(title) +
            "</title>\n<style>text{white-space:pre;pointer-events:none}</style>\n<g font-size=\"" +
            number(kUsualTextPx) + "\" font-family=\"";
    m_out += escaped(QFont().family()) + ", sans-serif\">\n";
}

QByteArray SvgEngine::take()
{
    m_out += "</g>\n</svg>\n";
    return QByteArray::fromStdString(std::exchange(m_out, {}));
}

void SvgEngine::beginItem(const QString& tip)
{
    m_out += "<g><title>";
    m_out += escaped(tip);
    m_out += "</title>";
}

/// Fill, stroke and transformation of the shape whose element has begun, and its end.
void SvgEngine::appendLook(bool isFilled)
{
    const QPen pen = state->pen();
    const QBrush brush = state->brush();
    if (!isFilled || brush.style() == Qt::NoBrush)
        m_out += " fill=\"none\"";
    else
        appendColor(m_out, "fill", brush.color());
    if (pen.style() != Qt::NoPen) {
        const double width = pen.widthF() > 0 ? pen.widthF() : 1;
        appendColor(m_out, "stroke", pen.color());
        if (width != 1)
            appendAttribute(m_out, "stroke-width", width);
        if (pen.capStyle() != Qt::FlatCap)
            m_out += pen.capStyle() == Qt::RoundCap ? " stroke-linecap=\"round\"" : " stroke-linecap=\"square\"";
        if (pen.joinStyle() == Qt::RoundJoin)
            m_out += " stroke-linejoin=\"round\"";
        if (pen.style() != Qt::SolidLine) {
            m_out += " stroke-dasharray=\"";
            for (const double part : pen.dashPattern()) { // in widths of the pen
                appendNumber(m_out, part * width);
                m_out += ' ';
            }
            m_out.back() = '"';
        }
    }
    appendPlace();
    m_out += "/>\n";
}

void SvgEngine::appendPlace()
{
    if (state->opacity() < 1)
        appendAttribute(m_out, "opacity", state->opacity());
    const QTransform t = state->transform();
    if (t.isIdentity())
        return;
    m_out += " transform=\"matrix(";
    for (const double part : {t.m11(), t.m12(), t.m21(), t.m22()}) {
        m_out += QByteArray::number(part, 'g', 6).constData();
        m_out += ' ';
    }
    appendNumber(m_out, t.dx());
    m_out += ' ';
    appendNumber(m_out, t.dy());
    m_out += ")\"";
}

void SvgEngine::drawRects(const QRectF* rects, int count)
{
    if (!isVisible(true))
        return;
    for (const QRectF* rect = rects; rect != rects + count; ++rect) {
        m_out += "<rect";
        appendAttribute(m_out, "x", rect->x());
        appendAttribute(m_out, "y", rect->y());
        appendAttribute(m_out, "width", rect->width());
        appendAttribute(m_out, "height", rect->height());
        appendLook(true);
    }
}

void SvgEngine::drawLines(const QLineF* lines, int count)
{
    if (!isVisible(false) || count == 0)
        return;
    m_out += "<path d=\"";
    for (const QLineF* line = lines; line != lines + count; ++line) {
        appendPoint(m_out, 'M', line->p1());
        appendPoint(m_out, 'L', line->p2());
    }
    m_out += '"';
    appendLook(false);
}

void SvgEngine::drawPath(const QPainterPath& path)
{
    if (!isVisible(true) || path.isEmpty())
        return;
    const QRectF bounds = path.controlPointRect();
    if (const double radius = cornerRadius(path, bounds); radius > 0) {
        m_out += "<rect";
        appendAttribute(m_out, "x", bounds.x());
        appendAttribute(m_out, "y", bounds.y());
        appendAttribute(m_out, "width", bounds.width());
        appendAttribute(m_out, "height", bounds.height());
        appendAttribute(m_out, "rx", radius);
        appendLook(true);
        return;
    }
    m_out += "<path d=\"";
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element& element = path.elementAt(i);
        switch (element.type) {
        case QPainterPath::MoveToElement:
            appendPoint(m_out, 'M', element);
            break;
        case QPainterPath::LineToElement:
            appendPoint(m_out, 'L', element);
            break;
        case QPainterPath::CurveToElement:
            appendPoint(m_out, 'C', element);
            break;
        case QPainterPath::CurveToDataElement:
            appendPoint(m_out, ' ', element);
            break;
        }
    }
    m_out += path.fillRule() == Qt::OddEvenFill ? "\" fill-rule=\"evenodd\"" : "\"";
    appendLook(true);
}

void SvgEngine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode)
{
    const bool isFilled = mode != PolylineMode;
    if (!isVisible(isFilled) || count == 0)
        return;
    m_out += isFilled ? "<polygon points=\"" : "<polyline points=\"";
    for (const QPointF* point = points; point != points + count; ++point) {
        appendNumber(m_out, point->x());
        m_out += ',';
        appendNumber(m_out, point->y());
        m_out += ' ';
    }
    m_out.back() = '"';
    if (mode == OddEvenMode)
        m_out += " fill-rule=\"evenodd\"";
    appendLook(isFilled);
}

void SvgEngine::drawTextItem(const QPointF& at, const QTextItem& item)
{
    const QFont font = item.font();
    const double px = font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * kPixelsPerInch / 72;
    m_out += "<text";
    appendAttribute(m_out, "x", at.x());
    appendAttribute(m_out, "y", at.y());
    if (px != kUsualTextPx)
        appendAttribute(m_out, "font-size", px);
    if (font.weight() != QFont::Normal)
        appendAttribute(m_out, "font-weight", font.weight());
    if (font.italic())
        m_out += " font-style=\"italic\"";
    if (const QString family = font.family(); family != QFont().family())
        m_out += " font-family=\"" + escaped(family) + '"';
    appendColor(m_out, "fill", state->pen().color());
    appendPlace();
    m_out += '>';
    m_out += escaped(item.text());
    m_out += "</text>\n";
}

void SvgEngine::drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source)
{
    QByteArray png;
    QBuffer buffer(&png);
    pixmap.copy(source.toRect()).save(&buffer, "PNG");
    m_out += "<image";
    appendAttribute(m_out, "x", target.x());
    appendAttribute(m_out, "y", target.y());
    appendAttribute(m_out, "width", target.width());
    appendAttribute(m_out, "height", target.height());
    appendPlace();
    m_out += " preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,";
    m_out += png.toBase64().toStdString();
    m_out += "\"/>\n";
}

SvgDevice::SvgDevice(const QSizeF& size, const QString& title) : m_size(size), m_engine(std::make_unique<SvgEngine>())
{
    m_engine->beginDocument(size, title);
}

SvgDevice::~SvgDevice() = default;

QPaintEngine* SvgDevice::paintEngine() const
{
    return m_engine.get();
}

QByteArray SvgDevice::take()
{
    return m_engine->take();
}

int SvgDevice::metric(PaintDeviceMetric metric) const
{
    switch (metric) {
    case PdmWidth:
        return int(std::ceil(m_size.width()));
    case PdmHeight:
        return int(std::ceil(m_size.height()));
    case PdmWidthMM:
        return int(m_size.width() * kMmPerInch / kPixelsPerInch);
    case PdmHeightMM:
        return int(m_size.height() * kMmPerInch / kPixelsPerInch);
    case PdmNumColors:
        return INT_MAX;
    case PdmDepth:
        return 32;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return int(devicePixelRatioFScale());
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return kPixelsPerInch;
    default:
        return QPaintDevice::metric(metric);
    }
}

SvgEngine* SvgItem::engineOf(const QPainter& painter)
{
    QPaintEngine* const engine = painter.paintEngine();
    return engine && engine->type() == QPaintEngine::User ? dynamic_cast<SvgEngine*>(engine) : nullptr;
}

void SvgItem::begin(const QString& tip)
{
    m_engine->beginItem(tip);
}

void SvgItem::end()
{
    m_engine->endItem();
}

} // namespace sundial
