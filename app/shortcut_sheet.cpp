// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shortcut_sheet.h"

#include <QAction>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr int kRow = 26;
constexpr int kKeys = 150;
constexpr int kColumn = 400;
constexpr int kMargin = 24;
constexpr int kHead = 40;

/// "i", and "Shift+I" as it is.
QString pictureKeys(const QStringList& keys)
{
    QStringList shown;
    for (const QString& key : keys)
        shown << (key.size() == 1 ? key.toLower() : key);
    return shown.join(QStringLiteral(", "));
}

/// An action's text without the mark of its access key and the dots of a question.
QString plainText(const QAction* action)
{
    QString text = action->text().remove(u'…');
    for (qsizetype at = text.indexOf(u'&'); at >= 0; at = text.indexOf(u'&', at + 1))
        text.remove(at, 1); // "&&" stands for one that is meant
    return text;
}

/// Both columns, in full.
class Page : public QWidget
{
public:
    Page(const Theme& theme, const QList<ShortcutSheet::Entry>& window, const QList<ShortcutSheet::Entry>& picture)
        : m_theme(theme), m_window(window), m_picture(picture)
    {
        const int rows = int(std::max(m_window.size(), m_picture.size()));
        setFixedSize(scaled(2 * kColumn + 3 * kMargin), scaled(2 * kMargin + kHead + rows * kRow));
        QStringList lines;
        for (const ShortcutSheet::Entry& entry : window + picture)
            lines << entry.keys + QStringLiteral(": ") + entry.what;
        setAccessibleName(lines.join(u'\n'));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter p(this);
        p.fillRect(rect(), m_theme.surface.panel);
        paintColumn(p, ShortcutSheet::tr("Anywhere"), m_window, scaledF(kMargin));
        paintColumn(p, ShortcutSheet::tr("In a picture"), m_picture, scaledF(2 * kMargin + kColumn));
    }

private:
    void paintColumn(QPainter& p, const QString& title, const QList<ShortcutSheet::Entry>& entries, double x) const
    {
        const double width = scaledF(kColumn);
        double y = scaledF(kMargin);
        p.setFont(uiFont(15, QFont::DemiBold));
        p.setPen(m_theme.text.primary);
        p.drawText(QRectF(x, y, width, scaledF(kHead)), title);
        y += scaledF(kHead);
        for (const ShortcutSheet::Entry& entry : entries) {
            p.setFont(uiFont(12, QFont::DemiBold));
            p.setPen(m_theme.text.primary);
            p.drawText(QRectF(x, y, scaledF(kKeys), scaledF(kRow)), Qt::AlignVCenter, entry.keys);
            p.setFont(uiFont(13));
            p.setPen(m_theme.text.secondary);
            const double room = width - scaledF(kKeys);
            p.drawText(QRectF(x + scaledF(kKeys), y, room, scaledF(kRow)), Qt::AlignVCenter,
                       p.fontMetrics().elidedText(entry.what, Qt::ElideRight, int(room)));
            y += scaledF(kRow);
        }
    }

    const Theme& m_theme;
    QList<ShortcutSheet::Entry> m_window, m_picture;
};

} // namespace

ShortcutSheet::ShortcutSheet(const Theme& theme, QWidget* window) : QDialog(window)
{
    setWindowTitle(tr("Shortcuts"));
    QList<Entry> letters; // of pictures, as the actions tell them
    for (const QAction* action : window->findChildren<QAction*>()) {
        QStringList keys;
        for (const QKeySequence& sequence : action->shortcuts())
            keys << sequence.toString(QKeySequence::NativeText);
        const bool isOfPictures = action->shortcutContext() == Qt::WidgetWithChildrenShortcut;
        if (!keys.isEmpty() && isOfPictures)
            letters.append({pictureKeys(keys), plainText(action)});
        else if (!keys.isEmpty())
            m_window.append({keys.join(QStringLiteral(", ")), plainText(action)});
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
                 {tr("← →, with Shift, Ctrl"), tr("Timeline: the range, its end, its start")},
                 {tr("Space, Ctrl+B"), tr("List of files: mark, change the side")},
                 {tr("Esc"), tr("One step back: search, range, selection")}};
    m_picture += letters;
    auto* const area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(new Page(theme, m_window, m_picture));
    area->setFocusPolicy(Qt::StrongFocus);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
    area->setFocus();
    // No larger than the window that it explains.
    const QSize whole = area->widget()->size();
    const QSize room = window->size() - QSize(scaled(kMargin), 2 * scaled(kMargin));
    const int bar = area->verticalScrollBar()->sizeHint().width();
    resize(QSize(whole.width() + (whole.height() > room.height() ? bar : 0), whole.height()).boundedTo(room));
}

} // namespace sundial
