// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/changes_table_view.h"

#include "views/change_marks.h"
#include "views/icons.h"
#include "views/search_field.h"
#include "views/text_fit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QShortcut>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>

#include <cmath>

namespace sundial
{

namespace
{

constexpr int kHead = 44;
constexpr int kRow = 28;
constexpr int kTableHead = 30;
constexpr int kSide = 16;
constexpr int kFilterWidth = 220;
constexpr double kBarShare = 0.62; // of half the change column; the rest is the number's
constexpr std::array kWidths{220, 92, 92, 220, 76, 150, 118, 90};

const char* matchIcon(MatchKind kind)
{
    switch (kind) {
    case MatchKind::New:
        return "new";
    case MatchKind::Removed:
        return "removed";
    case MatchKind::RelocatedFile:
    case MatchKind::Renamed:
        return "relocated";
    default:
        return "check";
    }
}

/// Cells as the function table has them, and the change as a bar from the middle.
class ChangesDelegate : public QStyledItemDelegate
{
public:
    ChangesDelegate(const ViewContext* context, const ChangesModel* model, QObject* parent)
        : QStyledItemDelegate(parent), m_context(context), m_model(model)
    {
    }
    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintDelta(QPainter* p, const QRectF& cell, FrameId frame, const QString& text) const;

    const ViewContext* m_context;
    const ChangesModel* m_model;
};

void ChangesDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& t = m_context->theme();
    const FrameId frame = m_model->frameAt(index.row());
    const CompareAnalysis& info = *m_model->comparison();
    const MatchKind kind = info.comparison->match(frame).kind;
    const auto column = ChangeColumn(index.column());
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    p->save();
    p->setRenderHint(QPainter::Antialiasing);
    const QColor ground = selected                                         ? t.selection.row
                          : option.state.testFlag(QStyle::State_MouseOver) ? t.surface.hover
                                                                           : t.surface.panel;
    p->fillRect(option.rect, ground);
    p->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line.hair);
    if (selected && index.column() == 0)
        p->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.accent.base);
    QRectF cell = QRectF(option.rect).adjusted(scaledF(10), 0, -scaledF(10), 0);
    const QString text = index.data().toString();
    p->setFont(uiFont(13));
    p->setPen(kind == MatchKind::Removed ? t.text.secondary : t.text.primary);
    switch (column) {
    case ChangeColumn::Function: {
        const int size = scaled(14);
        p->drawPixmap(
            QPointF(cell.left(), cell.center().y() - size / 2.0),
            iconPixmap(QLatin1String(matchIcon(kind)), t.text.secondary, size, p->device()->devicePixelRatioF()));
        cell.setLeft(cell.left() + size + scaledF(8));
        if (m_context->palette().isOwn(frame))
            p->setFont(uiFont(13, QFont::DemiBold));
        p->drawText(cell, Qt::AlignVCenter | Qt::TextSingleLine,
                    elideMiddle(text, QFontMetricsF(p->font()), cell.width()));
        break;
    }
    case ChangeColumn::Before:
    case ChangeColumn::After:
    case ChangeColumn::Ratio:
    case ChangeColumn::Calls:
        drawTabular(*p, cell, text);
        break;
    case ChangeColumn::Delta:
        paintDelta(p, cell, frame, text);
        break;
    case ChangeColumn::Why:
    case ChangeColumn::Match:
        p->setFont(uiFont(12));
        p->setPen(t.text.secondary);
        p->drawText(cell, Qt::AlignVCenter | Qt::TextSingleLine,
                    QFontMetricsF(p->font()).elidedText(text, Qt::ElideRight, cell.width()));
        break;
    }
    p->restore();
}

void ChangesDelegate::paintDelta(QPainter* p, const QRectF& cell, FrameId frame, const QString& text) const
{
    const Theme& t = m_context->theme();
    const double middle = std::round(cell.center().x());
    const double delta = m_model->delta(frame);
    const CompareAnalysis& info = *m_model->comparison();
    const double half = cell.width() / 2;
    const double length =
        m_model->largestDelta() > 0 ? std::abs(delta) / m_model->largestDelta() * half * kBarShare : 0;
    QRectF bar(delta < 0 ? middle - length : middle, cell.top() + scaledF(5), length, cell.height() - scaledF(10));
    const bool isBeyond = m_model->weight() == Weight::Self ? info.noise.isBeyond(frame) : info.isTotalBeyond(frame);
    ChangeLook look = changeLook(info, frame, m_model->weight());
    if (look.step == 0 && isBeyond)
        look.step = delta < 0 ? -1 : 1; // in the table even a small change has its colour
    if (look.mark == ChangeMark::Removed || look.mark == ChangeMark::New)
        look = {delta < 0 ? ChangeMark::Less : ChangeMark::More, delta < 0 ? -3 : 3};
    p->fillRect(bar, changeFill(look, t));
    paintChangeMark(*p, look, bar, t);
    p->fillRect(QRectF(middle, cell.top(), 1, cell.height()), t.line.control);
    p->setFont(uiFont(12, QFont::DemiBold));
    p->setPen(changeTextColor(delta, isBeyond, t));
    const double width = tabularWidth(text, QFontMetricsF(p->font()));
    const double gap = scaledF(8);
    if (delta < 0) // the number stands on the other side of the axis
        drawTabular(*p, QRectF(middle + gap, cell.top(), width, cell.height()), text);
    else
        drawTabular(*p, QRectF(middle - gap - width, cell.top(), width, cell.height()), text);
}

/// Says beside the head of the change column which side of its axis is which.
class ChangesHeader : public QHeaderView
{
public:
    ChangesHeader(const ViewContext* context, QWidget* parent) : QHeaderView(Qt::Horizontal, parent), m_context(context)
    {
        setSectionsClickable(true);
    }

protected:
    void paintSection(QPainter* p, const QRect& rect, int column) const override
    {
        p->save(); // or the clip that the style leaves behind would hide the words
        QHeaderView::paintSection(p, rect, column);
        p->restore();
        if (column != int(ChangeColumn::Delta))
            return;
        const Theme& t = m_context->theme();
        const QFontMetricsF title(uiFont(12, QFont::DemiBold));
        const double half = title.horizontalAdvance(model()->headerData(column, orientation()).toString()) / 2;
        const double word = std::max(title.horizontalAdvance(less()), title.horizontalAdvance(more()));
        const bool isSorted = isSortIndicatorShown() && sortIndicatorSection() == column;
        const double arrow = isSorted ? style()->pixelMetric(QStyle::PM_HeaderMarkSize, nullptr, this) + scaledF(4) : 0;
        const double middle = rect.center().x() - arrow / 2; // where the style centres the title
        const double gap = std::min(scaledF(14), (rect.width() - arrow) / 2 - half - word);
        if (gap < scaledF(4))
            return; // no room beside the title
        p->save();
        p->setFont(uiFont(12, QFont::DemiBold));
        p->setPen(t.status.lessText);
        p->drawText(QRectF(rect.left(), rect.top(), middle - half - gap - rect.left(), rect.height()),
                    Qt::AlignVCenter | Qt::AlignRight, less());
        p->setPen(t.status.moreText);
        p->drawText(QRectF(middle + half + gap, rect.top(), word + 1, rect.height()), Qt::AlignVCenter | Qt::AlignLeft,
                    more());
        p->restore();
    }

private:
    static QString less() { return ChangesTableView::tr("less"); }
    static QString more() { return ChangesTableView::tr("more"); }

    const ViewContext* m_context;
};

} // namespace

ChangesTableView::ChangesTableView(ViewContext* context, QWidget* parent)
    : QWidget(parent), m_context(context), m_model(new ChangesModel(this)), m_table(new QTableView(this)),
      m_title(new QLabel(tr("Changes"))), m_summary(new QLabel), m_filter(new SearchField), m_weight(new QToolButton),
      m_onlyBeyond(new QToolButton)
{
    m_table->setHorizontalHeader(new ChangesHeader(context, m_table));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ChangesDelegate(context, m_model, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setMouseTracking(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(scaled(kRow));
    m_table->horizontalHeader()->setFixedHeight(scaled(kTableHead));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(int(ChangeColumn::Delta), Qt::DescendingOrder);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setAccessibleName(tr("Changes"));
    setFocusProxy(m_table);

    m_title->setFont(uiFont(15, QFont::DemiBold));
    m_summary->setFont(uiFont(12));
    m_filter->setPlaceholderText(tr("Filter changes"));
    m_filter->setTextMargins(scaled(4), 0, 0, 0);
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(scaled(kFilterWidth));
    m_weight->setPopupMode(QToolButton::InstantPopup);
    auto* const weights = new QMenu(m_weight);
    for (const auto& [weight, text] : {std::pair{Weight::Self, tr("Δ self")}, {Weight::Total, tr("Δ total")}}) {
        weights->addAction(text, this, [this, weight = weight, text = text] {
            m_model->setWeight(weight);
            m_weight->setText(text);
        });
    }
    m_weight->setMenu(weights);
    m_weight->setText(tr("Δ self"));
    m_weight->setToolTip(tr("Self changes add up to the change of the whole; totals include callees"));
    m_onlyBeyond->setObjectName(QStringLiteral("onlyBeyond"));
    m_onlyBeyond->setCheckable(true);
    m_onlyBeyond->setChecked(true);
    m_onlyBeyond->setText(tr("Only what changed"));
    m_onlyBeyond->setToolTip(tr("Hides functions whose change lies inside the noise"));
    auto* const head = new QWidget;
    head->setFixedHeight(scaled(kHead));
    auto* const row = new QHBoxLayout(head);
    row->setContentsMargins(scaled(kSide), 0, scaled(kSide), 0);
    row->setSpacing(scaled(10));
    row->addWidget(m_title);
    row->addWidget(m_summary);
    row->addStretch(1);
    row->addWidget(m_filter);
    row->addWidget(m_weight);
    row->addWidget(m_onlyBeyond);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_table, 1);

    connect(m_model, &QAbstractItemModel::modelReset, this, &ChangesTableView::showSelection);
    connect(m_onlyBeyond, &QToolButton::toggled, m_model, &ChangesModel::setOnlyBeyondNoise);
    connect(m_filter, &QLineEdit::textChanged, m_model, &ChangesModel::setFilter);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (now.isValid())
            m_context->select(m_model->frameAt(now.row()));
    });
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex& at) { emit zoomToFunctionRequested(m_model->frameAt(at.row())); });
    connect(m_table, &QTableView::customContextMenuRequested, this, [this](const QPoint& point) {
        if (const QModelIndex at = m_table->indexAt(point); at.isValid())
            emit contextMenuRequested(m_model->frameAt(at.row()), m_table->viewport()->mapToGlobal(point));
    });
    auto* const copy = new QShortcut(QKeySequence::Copy, m_table, nullptr, nullptr, Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, this, [this] { QGuiApplication::clipboard()->setText(markdown()); });
    connect(m_context, &ViewContext::analysisChanged, this, &ChangesTableView::refresh);
    connect(m_context, &ViewContext::stateChanged, this, &ChangesTableView::showSelection);
    connect(m_context, &ViewContext::themeChanged, this, &ChangesTableView::applyTheme);
    applyTheme();
}

void ChangesTableView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Columns give way together, names and bars the most, so that nothing lies beyond the edge.
    // In narrow windows what the card tells as well stays away.
    int wanted = 0;
    for (const int columnWidth : kWidths)
        wanted += scaled(columnWidth);
    int missing = std::max(0, wanted - (width() - style()->pixelMetric(QStyle::PM_ScrollBarExtent) - 2));
    constexpr int kMostToGive = 160;
    for (const ChangeColumn column : {ChangeColumn::Match, ChangeColumn::Why}) {
        const bool stays = missing <= scaled(kMostToGive);
        m_table->setColumnHidden(int(column), !stays);
        missing -= stays ? 0 : scaled(kWidths[std::size_t(column)]);
    }
    missing = std::max(0, missing);
    for (int c = 0; c < kChangeColumns; ++c) {
        const auto column = ChangeColumn(c);
        const int names = m_table->isColumnHidden(int(ChangeColumn::Match)) ? 5 : 4; // and what that one would give
        const int share = column == ChangeColumn::Function ? names : column == ChangeColumn::Delta ? 4 : 1;
        const bool gives = share > 1 || column == ChangeColumn::Match || column == ChangeColumn::Ratio;
        m_table->setColumnWidth(c, scaled(kWidths[std::size_t(c)]) - (gives ? (missing * share + 9) / 10 : 0));
    }
}

void ChangesTableView::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    const auto comparison = analysis ? analysis->comparison : nullptr;
    if (m_model->comparison() != comparison.get())
        m_model->setComparison(comparison);
    m_summary->setText(m_model->summary());
}

void ChangesTableView::applyTheme()
{
    const Theme& t = m_context->theme();
    QPalette p = m_summary->palette();
    p.setColor(QPalette::WindowText, t.text.secondary);
    m_summary->setPalette(p);
    QPalette headPalette = t.palette();
    headPalette.setColor(QPalette::Button, t.surface.sunken);
    headPalette.setColor(QPalette::ButtonText, t.text.secondary);
    m_table->horizontalHeader()->setPalette(headPalette);
    m_table->viewport()->update();
}

void ChangesTableView::showSelection()
{
    const FrameId selected = m_context->state().selected;
    const int row = selected && m_model->comparison() ? m_model->rowOf(selected) : -1;
    if (row < 0) {
        m_table->clearSelection();
    } else if (m_table->currentIndex().row() != row || !m_table->selectionModel()->hasSelection()) {
        m_table->selectRow(row);
        m_table->scrollTo(m_model->index(row, 0));
    }
}

QString ChangesTableView::markdown() const
{
    const auto line = [](const QStringList& cells) {
        return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
    };
    QStringList head, rule;
    for (int c = 0; c < kChangeColumns; ++c) {
        head << m_model->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString();
        rule << (c == 0 || c >= int(ChangeColumn::Why) ? QStringLiteral("---") : QStringLiteral("---:"));
    }
    QString text = line(head) + line(rule);
    for (int r = 0; r < m_model->rowCount(); ++r) {
        QStringList cells;
        for (int c = 0; c < kChangeColumns; ++c)
            cells << m_model->index(r, c)
                         .data()
                         .toString()
                         .replace(u'|', QStringLiteral("\\|"))
                         .replace(u'<', QStringLiteral("&lt;"));
        text += line(cells);
    }
    return text;
}

} // namespace sundial
