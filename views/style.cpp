// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/style.h"

#include "views/icons.h"

#include <QAbstractScrollArea>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>
#include <QToolButton>

namespace sundial
{

namespace
{

constexpr double kRadius = 6;
constexpr int kControlHeight = 32;
constexpr int kIcon = 16;
constexpr int kChevron = 14;
constexpr int kSide = 11;
constexpr int kGap = 8;
constexpr int kScrollBar = 12;

bool is(const QWidget* widget, const char* property)
{
    return widget && widget->property(property).toBool();
}

bool hasMenu(const QStyleOptionToolButton& option)
{
    return option.features.testFlag(QStyleOptionToolButton::HasMenu) || option.arrowType == Qt::DownArrow;
}

bool showsText(const QStyleOptionToolButton& option)
{
    return option.toolButtonStyle != Qt::ToolButtonIconOnly && !option.text.isEmpty();
}

} // namespace

SundialStyle::SundialStyle(const Theme& theme) : QProxyStyle(QStringLiteral("Fusion")), m_theme(&theme) {}

void SundialStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (auto* const label = qobject_cast<QLabel*>(widget); label && label->textFormat() == Qt::AutoText)
        label->setTextFormat(Qt::PlainText);
}

void SundialStyle::drawFocusRing(QPainter* painter, const QRectF& rect, double radius) const
{
    painter->setPen(QPen(m_theme->focus, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
}

void SundialStyle::drawButtonPanel(const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const Theme& t = *m_theme;
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool hovered = enabled && option->state.testFlag(State_MouseOver);
    const bool pressed = enabled && option->state.testFlag(State_Sunken);
    const bool checked = option->state.testFlag(State_On);
    const double radius = is(widget, "chip") ? option->rect.height() / 2.0 : kRadius;
    QColor fill = pressed ? t.surface.sunken : hovered ? t.surface.hover : t.surface.panel;
    QColor edge = t.line.strong;
    if (is(widget, "primary")) {
        fill = !enabled ? t.line.strong : hovered ? t.accent.hover : t.accent.base;
        edge = fill;
    } else if (is(widget, "segment")) {
        fill = checked ? t.surface.raised : hovered ? t.surface.hover : QColor(Qt::transparent);
        edge = checked ? t.line.strong : QColor(Qt::transparent);
    } else if (is(widget, "warn")) {
        fill = t.status.warnSoft;
        edge = hovered ? t.status.warnText : t.status.warnSoft;
    } else if (is(widget, "badge")) {
        fill = t.surface.sunken;
        edge = fill;
    } else if (checked) {
        fill = t.accent.soft;
        edge = t.accent.base;
    } else if (is(widget, "quiet")) {
        fill = hovered || pressed ? fill : QColor(Qt::transparent);
        edge = Qt::transparent;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF rect = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->setPen(QPen(edge, 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(rect, radius, radius);
    if (option->state.testFlag(State_HasFocus) && option->state.testFlag(State_KeyboardFocusChange))
        drawFocusRing(painter, rect, radius);
    painter->restore();
}

void SundialStyle::drawToolButton(const QStyleOptionToolButton& option, QPainter* painter, const QWidget* widget) const
{
    drawButtonPanel(&option, painter, widget);
    const Theme& t = *m_theme;
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool checked = option.state.testFlag(State_On) && !is(widget, "segment");
    const QColor color = !enabled                                                    ? t.text.disabled
                         : is(widget, "primary")                                     ? t.text.onAccent
                         : is(widget, "warn")                                        ? t.status.warnText
                         : checked                                                   ? t.accent.text
                         : is(widget, "badge")                                       ? t.text.secondary
                         : is(widget, "segment") && !option.state.testFlag(State_On) ? t.text.secondary
                                                                                     : t.text.primary;
    const bool withText = showsText(option);
    const bool withIcon = !option.icon.isNull() && option.toolButtonStyle != Qt::ToolButtonTextOnly;
    const bool withMenu = hasMenu(option);
    const double dpr = painter->device()->devicePixelRatioF();
    QRect content = option.rect.adjusted(scaled(kSide), 0, -scaled(kSide), 0);
    if (!withText)
        content = option.rect;
    if (withMenu && withText) {
        const int size = scaled(kChevron);
        painter->drawPixmap(content.right() - size + 2, content.center().y() - size / 2 + 1,
                            iconPixmap(QStringLiteral("chevron-down"), t.text.secondary, size, dpr));
        content.setRight(content.right() - size - scaled(4));
    }
    if (withIcon) {
        const int size = scaled(kIcon);
        const QRect place = withText ? QRect(content.left(), content.center().y() - size / 2 + 1, size, size)
                                     : QRect(content.center() - QPoint(size / 2 - 1, size / 2 - 1), QSize(size, size));
        option.icon.paint(painter, place, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        content.setLeft(place.right() + 1 + scaled(kGap));
    }
    if (withText) {
        painter->setFont(widget ? widget->font() : option.font);
        painter->setPen(color);
        const int alignment = withIcon || withMenu ? Qt::AlignLeft : Qt::AlignHCenter;
        painter->drawText(content, int(alignment | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextShowMnemonic),
                          option.text);
    }
}

void SundialStyle::drawScrollBar(const QStyleOptionSlider& option, QPainter* painter) const
{
    const QRect handle = proxy()->subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, nullptr);
    painter->fillRect(option.rect, m_theme->surface.panel);
    if (option.maximum <= option.minimum)
        return;
    const bool active = option.state.testFlag(State_MouseOver) || option.state.testFlag(State_Sunken);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(active ? m_theme->line.control : m_theme->line.strong);
    const QRectF inner = QRectF(handle).adjusted(3, 3, -3, -3);
    const double radius = std::min(inner.width(), inner.height()) / 2;
    painter->drawRoundedRect(inner, radius, radius);
    painter->restore();
}

void SundialStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
        drawButtonPanel(option, painter, widget);
        return;
    case PE_PanelLineEdit: {
        const bool focused = option->state.testFlag(State_HasFocus);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(focused ? m_theme->focus : m_theme->line.strong, focused ? 2 : 1));
        painter->setBrush(m_theme->surface.panel);
        const double inset = focused ? 1 : 0.5;
        painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
        painter->restore();
        return;
    }
    case PE_FrameFocusRect:
        if (option->state.testFlag(State_KeyboardFocusChange) && !qobject_cast<const QAbstractButton*>(widget)) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            drawFocusRing(painter, option->rect, 2);
            painter->restore();
        }
        return;
    case PE_FrameMenu:
        painter->setPen(m_theme->line.strong);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, m_theme->surface.raised);
        return;
    case PE_IndicatorHeaderArrow: {
        const auto* const header = qstyleoption_cast<const QStyleOptionHeader*>(option);
        const int size = scaled(kChevron);
        painter->save();
        painter->translate(option->rect.center());
        if (header && header->sortIndicator == QStyleOptionHeader::SortDown) // Fusion's "down" is ascending
            painter->rotate(180);
        painter->drawPixmap(QPointF(-size / 2.0, -size / 2.0),
                            iconPixmap(QStringLiteral("chevron-down"), m_theme->text.secondary, size,
                                       painter->device()->devicePixelRatioF()));
        painter->restore();
        return;
    }
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void SundialStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const
{
    if (element == CE_Splitter) {
        const bool horizontal = option->state.testFlag(State_Horizontal);
        const QPoint c = option->rect.center();
        painter->fillRect(option->rect, m_theme->surface.panel);
        painter->fillRect(horizontal ? QRect(c.x(), option->rect.top(), 1, option->rect.height())
                                     : QRect(option->rect.left(), c.y(), option->rect.width(), 1),
                          option->state.testFlag(State_MouseOver) ? m_theme->accent.base : m_theme->line.hair);
        return;
    }
    if (element == CE_HeaderSection || element == CE_HeaderEmptyArea) {
        painter->fillRect(option->rect, m_theme->surface.sunken);
        return;
    }
    if (element == CE_HeaderLabel) {
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            const bool isSorted = header->sortIndicator != QStyleOptionHeader::None;
            painter->setFont(uiFont(12, isSorted ? QFont::DemiBold : QFont::Normal));
            painter->setPen(isSorted ? m_theme->text.primary : m_theme->text.secondary);
            const int padding = scaled(10);
            painter->drawText(header->rect.adjusted(padding, 0, -padding, 0),
                              int(header->textAlignment | Qt::AlignVCenter | Qt::TextSingleLine), header->text);
            return;
        }
    }
    if (element == CE_PushButtonLabel) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            QStyleOptionButton copy = *button;
            const bool enabled = option->state.testFlag(State_Enabled);
            copy.palette.setColor(QPalette::ButtonText, !enabled                           ? m_theme->text.disabled
                                                        : is(widget, "primary")            ? m_theme->text.onAccent
                                                        : option->state.testFlag(State_On) ? m_theme->accent.text
                                                                                           : m_theme->text.primary);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
    }
    if (element == CE_MenuBarEmptyArea) {
        painter->fillRect(option->rect, m_theme->surface.header);
        return;
    }
    if (element == CE_MenuBarItem) {
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            const bool open = option->state.testFlag(State_Selected) || option->state.testFlag(State_Sunken);
            painter->fillRect(option->rect, m_theme->surface.header);
            if (open) {
                painter->save();
                painter->setRenderHint(QPainter::Antialiasing);
                painter->setPen(Qt::NoPen);
                painter->setBrush(m_theme->surface.sunken);
                painter->drawRoundedRect(option->rect.adjusted(1, 2, -1, -2), kRadius, kRadius);
                painter->restore();
            }
            proxy()->drawItemText(painter, option->rect, Qt::AlignCenter | Qt::TextHideMnemonic, item->palette,
                                  option->state.testFlag(State_Enabled), item->text, QPalette::WindowText);
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void SundialStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                      const QWidget* widget) const
{
    if (control == CC_ToolButton) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            drawToolButton(*button, painter, widget);
            return;
        }
    }
    if (control == CC_ScrollBar) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            drawScrollBar(*slider, painter);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect SundialStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                   const QWidget* widget) const
{
    if (control == CC_ScrollBar) { // no arrow buttons: the groove is the whole bar
        if (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine)
            return {};
        const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
        if (slider && (part == SC_ScrollBarGroove || part == SC_ScrollBarSlider)) {
            if (part == SC_ScrollBarGroove || slider->maximum <= slider->minimum)
                return option->rect;
            const bool horizontal = slider->orientation == Qt::Horizontal;
            const int length = horizontal ? option->rect.width() : option->rect.height();
            const auto range = qint64(slider->maximum) - slider->minimum;
            const int handle =
                std::max(scaled(28), int(qint64(length) * slider->pageStep / (range + slider->pageStep)));
            const int at = sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition,
                                                   length - handle, slider->upsideDown);
            return horizontal ? QRect(option->rect.x() + at, option->rect.y(), handle, option->rect.height())
                              : QRect(option->rect.x(), option->rect.y() + at, option->rect.width(), handle);
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize SundialStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                     const QWidget* widget) const
{
    const int height = scaled(kControlHeight);
    if (type == CT_ToolButton) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            if (!showsText(*button))
                return {height, height};
            int width = 2 * scaled(kSide) + QFontMetrics(widget ? widget->font() : button->font)
                                                .size(Qt::TextSingleLine | Qt::TextShowMnemonic, button->text)
                                                .width();
            if (!button->icon.isNull() && button->toolButtonStyle != Qt::ToolButtonTextOnly)
                width += scaled(kIcon) + scaled(kGap);
            if (hasMenu(*button))
                width += scaled(kChevron) + scaled(4);
            return {width + 2, height};
        }
    }
    if (type == CT_PushButton) {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width() + scaled(12), std::max(base.height(), height)};
    }
    if (type == CT_LineEdit) {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), height};
    }
    if (type == CT_MenuBarItem)
        return {size.width() + scaled(16), scaled(28)};
    if (type == CT_MenuItem) {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width() + scaled(8), std::max(base.height(), base.height() > scaled(12) ? scaled(26) : 0)};
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

int SundialStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return scaled(kScrollBar);
    case PM_ScrollBarSliderMin:
        return scaled(28);
    case PM_SplitterWidth:
        return 9;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return scaled(4);
    case PM_MenuBarItemSpacing:
        return 0;
    case PM_MenuBarHMargin:
        return scaled(4);
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_SmallIconSize:
        return scaled(kIcon);
    case PM_DefaultFrameWidth:
        return qobject_cast<const QAbstractScrollArea*>(widget) ? 0 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QIcon SundialStyle::standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const
{
    if (icon == SP_ToolBarHorizontalExtensionButton)
        return themedIcon(QStringLiteral("chevron-right"), m_theme->text.primary, m_theme->text.disabled);
    return QProxyStyle::standardIcon(icon, option, widget);
}

int SundialStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                            QStyleHintReturn* result) const
{
    switch (hint) {
    case SH_UnderlineShortcut: // shown while Alt is held, as the menu bar does by itself
    case SH_ScrollBar_Transient:
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

} // namespace sundial
