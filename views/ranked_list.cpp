// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/ranked_list.h"

#include "views/text_fit.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace sundial
{

namespace
{

constexpr int kRowHeight = 31;
constexpr int kSwatch = 10;
constexpr int kGap = 8;
constexpr int kShareWidth = 66;
constexpr int kBarHeight = 2;

class RankedDelegate : public QStyledItemDelegate
{
public:
    explicit RankedDelegate(RankedList* list) : QStyledItemDelegate(list), m_list(list) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {scaled(100), scaled(kRowHeight)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& t = m_list->theme();
        const RankedRow& row = m_list->rankedModel().row(index.row());
        const bool hasRing = option.state.testFlag(QStyle::State_HasFocus) &&
                             m_list->window()->testAttribute(Qt::WA_KeyboardFocusChange);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->fillRect(option.rect,
                          option.state.testFlag(QStyle::State_MouseOver) ? t.surface.hover : t.surface.panel);
        const QRectF cell = QRectF(option.rect).adjusted(0, 0, 0, -scaledF(kBarHeight));
        painter->setFont(uiFont(12));
        painter->setPen(t.text.secondary);
        if (!row.function) {
            painter->drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, row.name);
        } else {
            drawTabular(*painter, cell, row.share);
            paintFunction(*painter, cell.adjusted(0, 0, -scaledF(kShareWidth), 0), row);
            const QRectF track(cell.left(), cell.bottom(), cell.width(), scaledF(kBarHeight));
            painter->fillRect(track, t.line.hair);
            painter->fillRect(QRectF(track.left(), track.top(), track.width() * row.bar, track.height()),
                              t.swatch(t.heat.back()));
        }
        if (hasRing) {
            painter->setPen(QPen(t.focus, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 3, 3);
        }
        painter->restore();
    }

private:
    void paintFunction(QPainter& painter, const QRectF& cell, const RankedRow& row) const
    {
        const Theme& t = m_list->theme();
        const double side = scaledF(kSwatch);
        painter.setPen(Qt::NoPen);
        painter.setBrush(row.swatch);
        painter.drawRoundedRect(QRectF(cell.left(), cell.center().y() - side / 2, side, side), 3, 3);
        painter.setFont(uiFont(13));
        painter.setPen(t.text.primary);
        drawTabular(painter, cell, row.value);
        const double valueWidth = tabularWidth(row.value, QFontMetricsF(painter.font()));
        painter.setFont(uiFont(13, row.isOwn ? QFont::DemiBold : QFont::Normal));
        const QRectF place = cell.adjusted(side + scaledF(kGap), 0, -valueWidth - scaledF(kGap), 0);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         elideMiddle(row.name, QFontMetricsF(painter.font()), std::max(0.0, place.width())));
    }

    RankedList* m_list;
};

} // namespace

void RankedModel::setRows(std::vector<RankedRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int RankedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant RankedModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RankedRow& row = m_rows[std::size_t(index.row())];
    if (role == Qt::DisplayRole)
        return row.function ? QStringList{row.name, row.value, row.share}.join(QStringLiteral(", ")) : row.name;
    return role == Qt::ToolTipRole ? QVariant(row.toolTip) : QVariant();
}

RankedList::RankedList(QWidget* parent) : QListView(parent), m_theme(&Theme::light()), m_rows(this)
{
    setModel(&m_rows);
    setItemDelegate(new RankedDelegate(this));
    setFrameShape(NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setSelectionMode(NoSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setCursor(Qt::PointingHandCursor);
}

void RankedList::setTheme(const Theme& theme)
{
    m_theme = &theme;
    setPalette(theme.palette());
    updateGeometry();
    viewport()->update();
}

void RankedList::setRows(std::vector<RankedRow> rows)
{
    m_all.clear();
    m_rows.setRows(std::move(rows));
    updateGeometry();
}

void RankedList::setRows(std::vector<RankedRow> rows, std::size_t visible, RankedRow rest)
{
    std::vector<RankedRow> shown(rows.begin(), rows.begin() + std::ptrdiff_t(visible));
    shown.push_back(std::move(rest));
    m_all = std::move(rows);
    m_rows.setRows(std::move(shown));
    updateGeometry();
}

QSize RankedList::sizeHint() const
{
    return {scaled(200), m_rows.rowCount() * scaled(kRowHeight)};
}

QSize RankedList::minimumSizeHint() const
{
    return {scaled(120), sizeHint().height()};
}

void RankedList::activate(int row)
{
    if (row < 0 || row >= m_rows.rowCount())
        return;
    const RankedRow& activated = m_rows.row(row);
    if (activated.place) {
        emit placeActivated(activated.function, activated.place);
        return;
    }
    if (activated.function) {
        emit functionActivated(activated.function);
        return;
    }
    setRows(std::vector<RankedRow>(std::move(m_all)));
    setCurrentIndex(m_rows.index(row));
}

void RankedList::keyPressEvent(QKeyEvent* event)
{
    const bool isActivation =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (isActivation)
        activate(currentIndex().row());
    else
        QListView::keyPressEvent(event);
}

void RankedList::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton)
        activate(indexAt(event->position().toPoint()).row());
}

void RankedList::focusInEvent(QFocusEvent* event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && m_rows.rowCount() > 0)
        setCurrentIndex(m_rows.index(0));
}

} // namespace sundial
