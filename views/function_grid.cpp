// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/function_grid.h"

#include "views/frame_card.h"
#include "views/function_delegate.h"
#include "views/function_header.h"
#include "views/text_fit.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDataStream>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <numeric>
#include <utility>

namespace sundial
{

namespace
{

constexpr quint8 kStateVersion = 3;
constexpr int kSelfBarWidth = 116;
constexpr int kNumberWidth = 96;
constexpr int kLeastNameWidth = 150;
constexpr int kAccentEdge = 3;
constexpr qint64 kTypeAheadMs = 1000;
constexpr int kLeastLocationWidth = 110;
constexpr int kAllocatorWidth = 150;
/// What goes first where not all columns fit: it can be told from the others.
constexpr std::array kExpendable{
    FunctionColumn::TotalPerCall,   FunctionColumn::SelfPerCall, FunctionColumn::SelfShare, FunctionColumn::TotalShare,
    FunctionColumn::PrimitiveCalls, FunctionColumn::Allocator,   FunctionColumn::Blocks};
constexpr std::array kHiddenAtFirst{FunctionColumn::PrimitiveCalls, FunctionColumn::SelfShare,
                                    FunctionColumn::TotalShare};

std::uint32_t hiddenAtFirst()
{
    std::uint32_t mask = 0;
    for (const FunctionColumn column : kHiddenAtFirst)
        mask |= std::uint32_t(1) << int(column);
    return mask;
}

bool isMarkdownCopy(const QKeyEvent& event)
{
    return event.key() == Qt::Key_C && event.modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
}

} // namespace

FunctionGrid::FunctionGrid(ViewContext* context, FunctionModel* model, QWidget* parent)
    : QTableView(parent), m_context(context), m_model(model), m_hidden(hiddenAtFirst())
{
    auto* const header = new FunctionHeader(model, this);
    setHorizontalHeader(header);
    setModel(model);
    setItemDelegate(new FunctionDelegate(context, model, this));
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setFrameShape(NoFrame);
    setAccessibleName(tr("Functions"));
    renewRowHeader();
    header->setStretchLastSection(true);
    header->setSortIndicator(int(model->sortColumn()), model->sortOrder());
    setSortingEnabled(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint& at) {
        showColumnMenu(FunctionColumn(std::max(0, header->logicalIndexAt(at))), header->mapToGlobal(at));
    });
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        // Only widths that were dragged: the last column takes what is left.
        if (!m_isFitting && FunctionColumn(column) != visibleColumns().back())
            m_widths[std::size_t(column)] = m_columnWidth[std::size_t(column)] = width;
    });
    connect(model, &QAbstractItemModel::layoutChanged, this, [this] { setHoveredRow(-1); });
    connect(context, &ViewContext::stateChanged, this, [this](const ViewState& before) {
        if (before.selected != m_context->state().selected)
            showSelection();
        viewport()->update(); // search matches, colouring
    });
    connect(context, &ViewContext::themeChanged, this, &FunctionGrid::applyTheme);
    applyTheme();
    applyColumns();
}

/// A header that has had many rows keeps their memory, eight bytes a row, even when there are none.
void FunctionGrid::renewRowHeader()
{
    auto* const header = new QHeaderView(Qt::Vertical, this);
    header->hide();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setDefaultSectionSize(FunctionDelegate::rowHeight());
    setVerticalHeader(header);
    // A header drops the shared selection when the model is reset, so the grid has to hear of that after it.
    disconnect(m_model, &QAbstractItemModel::modelReset, this, &FunctionGrid::takeReset);
    connect(m_model, &QAbstractItemModel::modelReset, this, &FunctionGrid::takeReset);
}

void FunctionGrid::takeReset()
{
    if (m_model->rowCount() == 0)
        renewRowHeader();
    applyColumns();
    showSelection();
}

void FunctionGrid::applyTheme()
{
    static_cast<FunctionHeader*>(horizontalHeader())->setTheme(m_context->theme());
    QPalette colors = m_context->theme().palette();
    setPalette(colors);
    verticalHeader()->setDefaultSectionSize(FunctionDelegate::rowHeight());
    viewport()->update();
}

void FunctionGrid::sortBy(FunctionColumn column)
{
    sortByColumn(int(column), FunctionModel::naturalOrder(column));
}

std::vector<FunctionColumn> FunctionGrid::visibleColumns() const
{
    std::vector<FunctionColumn> columns;
    for (int c = 0; c < kFunctionColumns; ++c) {
        if (!isColumnHidden(c))
            columns.push_back(FunctionColumn(c));
    }
    return columns;
}

QString FunctionGrid::selectedText(RowsFormat format) const
{
    std::vector<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    return rowsText(*m_model, rows, visibleColumns(), format);
}

void FunctionGrid::setColumnShown(FunctionColumn column, bool shown)
{
    m_hidden = shown ? m_hidden & ~bit(column) : m_hidden | bit(column);
    applyColumns();
}

void FunctionGrid::resetColumns()
{
    m_hidden = hiddenAtFirst();
    m_widths.fill(0);
    applyColumns();
    sortBy(FunctionColumn::Self);
}

void FunctionGrid::applyColumns()
{
    m_columnWidth = {};
    for (int c = 0; c < kFunctionColumns; ++c) {
        if (isColumnShown(FunctionColumn(c)) && m_model->isAvailable(FunctionColumn(c)))
            m_columnWidth[std::size_t(c)] = neededWidth(FunctionColumn(c));
    }
    fitColumns();
}

/// Numbers need the width of their longest text, or what they were dragged to; texts something to be read by.
int FunctionGrid::neededWidth(FunctionColumn column) const
{
    const int dragged = m_widths[std::size_t(column)];
    if (dragged > 0)
        return dragged;
    if (column == FunctionColumn::Function)
        return scaled(kLeastNameWidth);
    if (column == FunctionColumn::Allocator)
        return scaled(kAllocatorWidth);
    if (column == FunctionColumn::Location)
        return scaled(kLeastLocationWidth);
    const int least = scaled(column == FunctionColumn::Self    ? kSelfBarWidth
                             : column == FunctionColumn::Total ? kNumberWidth
                                                               : 0);
    const QFontMetricsF metrics(uiFont(13, QFont::DemiBold));
    return std::max({least, static_cast<const FunctionHeader*>(horizontalHeader())->titleWidth(column),
                     int(tabularWidth(m_model->widest(column), metrics)) + 2 * FunctionDelegate::cellPadding()});
}

/// The name gets a share of what the numbers leave, the location what remains. Where not even the least fits, large
/// fonts in small windows, the columns that tell least stay away.
void FunctionGrid::fitColumns()
{
    m_isFitting = true; // showing and hiding resizes as well
    std::array<int, kFunctionColumns> widths = m_columnWidth;
    int needed = std::accumulate(widths.begin(), widths.end(), 0);
    for (const FunctionColumn column : kExpendable) {
        int& width = widths[std::size_t(column)];
        if (needed > viewport()->width())
            needed -= std::exchange(width, 0);
    }
    for (int c = 0; c < kFunctionColumns; ++c) {
        const int width = widths[std::size_t(c)];
        setColumnHidden(c, width == 0);
        if (width > 0 && FunctionColumn(c) != FunctionColumn::Function && FunctionColumn(c) != FunctionColumn::Location)
            setColumnWidth(c, width);
    }
    int& name = widths[std::size_t(FunctionColumn::Function)];
    const int rest = viewport()->width() - needed + name + widths[std::size_t(FunctionColumn::Location)];
    const bool isDragged = m_widths[std::size_t(FunctionColumn::Function)] > 0;
    setColumnWidth(int(FunctionColumn::Function), isDragged ? name : std::max(name, rest * 9 / 20));
    m_isFitting = false;
}

void FunctionGrid::showColumnMenu(FunctionColumn clicked, const QPoint& globalPosition)
{
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto fullTitle = [this](FunctionColumn column) {
        return m_model->headerData(int(column), Qt::Horizontal, Qt::DisplayRole).toString();
    };
    QAction* const hide = menu->addAction(tr("Hide column"), this, [this, clicked] { setColumnShown(clicked, false); });
    hide->setEnabled(clicked != FunctionColumn::Function);
    QMenu* const columns = menu->addMenu(tr("Columns"));
    QMenu* const sort = menu->addMenu(tr("Sort"));
    for (int c = 0; c < kFunctionColumns; ++c) {
        const auto column = FunctionColumn(c);
        if (!m_model->isAvailable(column))
            continue;
        const bool hasNoRoom = isColumnShown(column) && isColumnHidden(c);
        QAction* const show =
            columns->addAction(hasNoRoom ? tr("%1 (no room in this window)").arg(fullTitle(column)) : fullTitle(column),
                               this, [this, column](bool shown) { setColumnShown(column, shown); });
        show->setCheckable(true);
        show->setChecked(isColumnShown(column));
        show->setEnabled(column != FunctionColumn::Function);
        show->setToolTip(m_model->headerData(c, Qt::Horizontal, Qt::ToolTipRole).toString());
        QAction* const by = sort->addAction(fullTitle(column), this, [this, column] { sortBy(column); });
        by->setCheckable(true);
        by->setChecked(m_model->sortColumn() == column);
    }
    columns->setToolTipsVisible(true);
    menu->addSeparator();
    menu->addAction(tr("Reset"), this, &FunctionGrid::resetColumns);
    menu->popup(globalPosition);
}

QByteArray FunctionGrid::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << kStateVersion << quint32(m_hidden) << quint8(m_model->sortColumn())
        << (m_model->sortOrder() == Qt::AscendingOrder);
    for (const int width : m_widths)
        out << qint32(width);
    return state;
}

bool FunctionGrid::restoreState(const QByteArray& state)
{
    QDataStream in(state);
    quint8 version = 0, sortColumn = 0;
    quint32 hidden = 0;
    bool ascending = false;
    std::array<qint32, kFunctionColumns> widths{};
    in >> version >> hidden >> sortColumn >> ascending;
    for (qint32& width : widths)
        in >> width;
    constexpr qint32 kWidest = 10'000;
    const bool isSane = std::all_of(widths.begin(), widths.end(), [](qint32 w) { return w >= 0 && w < kWidest; });
    if (in.status() != QDataStream::Ok || version != kStateVersion || sortColumn >= kFunctionColumns || !isSane)
        return false;
    m_hidden = hidden & ~bit(FunctionColumn::Function);
    std::copy(widths.begin(), widths.end(), m_widths.begin());
    applyColumns();
    sortByColumn(sortColumn, ascending ? Qt::AscendingOrder : Qt::DescendingOrder);
    return true;
}

void FunctionGrid::showSelection()
{
    m_isShowingSelection = true;
    const int row = m_model->rowOf(m_context->state().selected, true);
    if (row < 0) {
        clearSelection();
        selectionModel()->clearCurrentIndex();
    } else if (m_model->frameAt(currentIndex().row()) != m_context->state().selected ||
               !selectionModel()->isRowSelected(row)) {
        const int scroll = horizontalScrollBar()->value();
        setCurrentIndex(m_model->index(row, int(FunctionColumn::Function)));
        scrollTo(currentIndex());
        horizontalScrollBar()->setValue(scroll); // nothing jumps sideways
    }
    m_isShowingSelection = false;
}

void FunctionGrid::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (m_isShowingSelection || !current.isValid())
        return;
    describeRow(current.row());
    if (const FrameId frame = m_model->frameAt(current.row()))
        m_context->select(frame);
}

void FunctionGrid::describeRow(int row)
{
    const FrameId frame = m_model->frameAt(row);
    emit described(frame ? oneLine(describeFrame(*m_context, frame)) : QString());
}

void FunctionGrid::setHoveredRow(int row)
{
    if (row == m_hoveredRow)
        return;
    m_hoveredRow = row;
    viewport()->update();
}

void FunctionGrid::toggle(int row)
{
    m_model->setOpen(row, !m_model->isOpen(row));
}

void FunctionGrid::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    const Theme& t = m_context->theme();
    const int first = std::max(0, rowAt(event->rect().top()));
    const int lastAt = rowAt(event->rect().bottom());
    const int last = lastAt < 0 ? m_model->rowCount() - 1 : lastAt;
    for (int row = first; row <= last; ++row) {
        if (selectionModel()->isRowSelected(row))
            painter.fillRect(0, rowViewportPosition(row), scaled(kAccentEdge), rowHeight(row) - 1, t.accent.base);
    }
    const QModelIndex current = currentIndex();
    if (hasFocus() && current.isValid() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        painter.setPen(QPen(t.focus, 2));
        painter.drawRect(1, rowViewportPosition(current.row()) + 1, viewport()->width() - 2,
                         rowHeight(current.row()) - 3);
    }
}

void FunctionGrid::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void FunctionGrid::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        verticalHeader()->setDefaultSectionSize(FunctionDelegate::rowHeight());
        applyColumns();
    }
}

void FunctionGrid::mouseMoveEvent(QMouseEvent* event)
{
    QTableView::mouseMoveEvent(event);
    const int row = rowAt(event->position().toPoint().y());
    if (row != m_hoveredRow)
        describeRow(row);
    setHoveredRow(row);
}

void FunctionGrid::mousePressEvent(QMouseEvent* event)
{
    QTableView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && m_model->groupAt(index.row()))
        toggle(index.row());
}

void FunctionGrid::mouseDoubleClickEvent(QMouseEvent* event)
{
    QTableView::mouseDoubleClickEvent(event);
    const FrameId frame = m_model->frameAt(indexAt(event->position().toPoint()).row());
    if (frame && event->button() == Qt::LeftButton)
        emit zoomToFunctionRequested(frame);
}

void FunctionGrid::leaveEvent(QEvent* event)
{
    QTableView::leaveEvent(event);
    setHoveredRow(-1);
    emit described({});
}

bool FunctionGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) { // copying means these rows while they have the focus
        const auto& key = static_cast<const QKeyEvent&>(*event);
        if (key.matches(QKeySequence::Copy) || isMarkdownCopy(key)) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void FunctionGrid::keyPressEvent(QKeyEvent* event)
{
    const int row = currentIndex().row();
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(selectedText(RowsFormat::Text));
        return;
    }
    if (isMarkdownCopy(*event)) {
        QGuiApplication::clipboard()->setText(selectedText(RowsFormat::Markdown));
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_model->groupAt(row))
            toggle(row);
        else if (const FrameId frame = m_model->frameAt(row))
            emit zoomToFunctionRequested(frame);
        return;
    case Qt::Key_Right:
        if (m_model->groupAt(row)) {
            m_model->setOpen(row, true);
            return;
        }
        break;
    case Qt::Key_Left:
        if (m_model->groupBy() == GroupBy::None || row < 0)
            break;
        if (m_model->groupAt(row)) {
            m_model->setOpen(row, false);
        } else {
            int groupRow = row;
            while (!m_model->groupAt(groupRow))
                --groupRow;
            setCurrentIndex(m_model->index(groupRow, int(FunctionColumn::Function)));
        }
        return;
    default:
        break;
    }
    QTableView::keyPressEvent(event);
}

void FunctionGrid::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = event->reason() == QContextMenuEvent::Mouse ? indexAt(event->pos()) : currentIndex();
    if (const FrameId frame = m_model->frameAt(index.row())) {
        const QPoint at = event->reason() == QContextMenuEvent::Mouse
                              ? event->globalPos()
                              : viewport()->mapToGlobal(visualRect(index).bottomLeft());
        emit contextMenuRequested(frame, at);
    }
}

/// Type-ahead goes through names, whatever column is current.
void FunctionGrid::keyboardSearch(const QString& search)
{
    const bool isNew = !m_sinceTyped.isValid() || m_sinceTyped.elapsed() > kTypeAheadMs;
    m_typed = isNew ? search : m_typed + search;
    m_sinceTyped.start();
    const int rows = m_model->rowCount();
    const int start = std::max(0, currentIndex().row()) + (m_typed.size() == 1 ? 1 : 0);
    for (int i = 0; i < rows; ++i) {
        const int row = (start + i) % rows;
        if (m_model->text(row, FunctionColumn::Function).startsWith(m_typed, Qt::CaseInsensitive)) {
            setCurrentIndex(m_model->index(row, int(FunctionColumn::Function)));
            return;
        }
    }
}

} // namespace sundial
