// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shortcut_sheet.h"

#include <QAction>
#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kRow = 26;
constexpr int kKeys = 150;
constexpr int kColumn = 400;
constexpr int kMargin = 24;
constexpr int kHead = 40;

} // namespace

ShortcutSheet::ShortcutSheet(const Theme& theme, QWidget* window) : QDialog(window), m_theme(theme)
{
    setWindowTitle(tr("Shortcuts"));
    QList<Entry> letters; // of pictures, as the actions tell them
    for (const QAction* action : window->findChildren<QAction*>()) {
        QStringList keys;
        for (const QKeySequence& sequence : action->shortcuts())
            keys << sequence.toString(QKeySequence::NativeText);
        const bool isOfPictures = action->shortcutContext() == Qt::WidgetWithChildrenShortcut;
        if (!keys.isEmpty() && isOfPictures)
            letters.append({keys.join(QStringLiteral(", ")).toLower(),
                            action->text().replace(QStringLiteral("&&"), QStringLiteral("&"))});
        else if (!keys.isEmpty())
            m_window.append({keys.join(QStringLiteral(", ")), action->text().remove(u'&').remove(u'…')});
    }
    m_picture = {{tr("Click"), tr("Select and zoom (graph: select)")},
                 {tr("Double click"), tr("Graph: make it the root")},
                 {tr("Middle click, Alt+click"), tr("One level up")},
                 {tr("Ctrl+click"), tr("Select only")},
                 {tr("Wheel, Shift+wheel"), tr("Scroll, sideways")},
                 {tr("Ctrl+wheel"), tr("Zoom about the pointer")},
                 {tr("Drag"), tr("Move the picture when zoomed")},
                 {tr("← →"), tr("Previous, next sibling")},
                 {tr("↑ ↓"), tr("Along the stack; graph: caller, callee")},
                 {tr("Home, End"), tr("First, last sibling")},
                 {tr("Enter"), tr("Zoom to the selected box")},
                 {tr("Backspace"), tr("One level up")},
                 {tr(", ."), tr("Previous, next place of this function")},
                 {tr("w s a d"), tr("Zoom in, out, move left, right")},
                 {tr("Shift+drag"), tr("Zoom to that part")},
                 {tr("← →, with Shift, Ctrl"), tr("Timeline: move the range, its end, its start")},
                 {tr("Esc"), tr("One step back: search, range, selection")}};
    m_picture += letters;
    const int rows = int(std::max(m_window.size(), m_picture.size()));
    setFixedSize(scaled(2 * kColumn + 3 * kMargin), scaled(2 * kMargin + kHead + rows * kRow));
}

void ShortcutSheet::paintColumn(QPainter& p, const QString& title, const QList<Entry>& entries, double x,
                                double width) const
{
    double y = scaledF(kMargin);
    p.setFont(uiFont(15, QFont::DemiBold));
    p.setPen(m_theme.text.primary);
    p.drawText(QRectF(x, y, width, scaledF(kHead)), title);
    y += scaledF(kHead);
    for (const Entry& entry : entries) {
        p.setFont(uiFont(12, QFont::DemiBold));
        p.setPen(m_theme.text.primary);
        p.drawText(QRectF(x, y, scaledF(kKeys), scaledF(kRow)), Qt::AlignVCenter, entry.keys);
        p.setFont(uiFont(13));
        p.setPen(m_theme.text.secondary);
        p.drawText(QRectF(x + scaledF(kKeys), y, width - scaledF(kKeys), scaledF(kRow)), Qt::AlignVCenter, entry.what);
        y += scaledF(kRow);
    }
}

void ShortcutSheet::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), m_theme.surface.panel);
    paintColumn(p, tr("Anywhere"), m_window, scaledF(kMargin), scaledF(kColumn));
    paintColumn(p, tr("In a picture"), m_picture, scaledF(2 * kMargin + kColumn), scaledF(kColumn));
}

} // namespace sundial
