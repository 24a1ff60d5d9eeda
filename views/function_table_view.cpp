// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/function_table_view.h"

#include "model/frame_name.h"
#include "model/search.h"
#include "views/icons.h"
#include "views/number_text.h"
#include "views/search_field.h"
#include "views/text_fit.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace sundial
{

namespace
{

constexpr int kHeadHeight = 44;
constexpr int kFieldWidth = 250;
constexpr int kLeastFieldWidth = 110;
constexpr int kCumulativePreset = 20;
constexpr int kSelfPreset = 10;

QToolButton* textButton(QWidget* parent)
{
    auto* const button = new QToolButton(parent);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

FunctionTableView::FunctionTableView(ViewContext* context, QWidget* parent)
    : QWidget(parent), m_context(context), m_model(new FunctionModel(this))
{
    setAutoFillBackground(true);
    m_grid = new FunctionGrid(context, m_model, this);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_grid, 1);
    setFocusProxy(m_grid);

    m_empty = new QLabel(m_grid);
    m_empty->setTextFormat(Qt::RichText); // it may hold a link; what it quotes is escaped
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_empty->hide();
    connect(m_empty, &QLabel::linkActivated, m_field, &QLineEdit::setText);

    connect(m_grid, &FunctionGrid::zoomToFunctionRequested, this, &FunctionTableView::zoomToFunctionRequested);
    connect(m_grid, &FunctionGrid::contextMenuRequested, this, &FunctionTableView::contextMenuRequested);
    connect(m_grid, &FunctionGrid::described, this, &FunctionTableView::described);
    connect(m_model, &QAbstractItemModel::modelReset, this, &FunctionTableView::updateTexts);
    connect(m_model, &QAbstractItemModel::layoutChanged, this, &FunctionTableView::updateTexts);
    connect(context, &ViewContext::analysisChanged, this, [this] { m_model->setAnalysis(m_context->analysis()); });
    connect(context, &ViewContext::themeChanged, this, &FunctionTableView::applyTheme);
    applyTheme();
    m_model->setAnalysis(context->analysis());
}

QWidget* FunctionTableView::makeHead()
{
    m_head = new QWidget(this);
    m_title = new QLabel(tr("Functions"), m_head);
    m_count = new QLabel(m_head);
    m_field = new SearchField(m_head);
    m_field->setPlaceholderText(tr("Filter table"));
    m_field->setAccessibleName(tr("Filter table"));
    m_field->setClearButtonEnabled(true);
    m_field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_field->installEventFilter(this);
    m_searchIcon = m_field->addAction(QIcon(), QLineEdit::LeadingPosition);
    connect(m_field, &QLineEdit::textChanged, this, &FunctionTableView::applyFilter);

    m_expression = textButton(m_head);
    m_expression->setText(QStringLiteral(".*"));
    m_expression->setCheckable(true);
    m_expression->setProperty("quiet", true);
    m_expression->setAccessibleName(tr("Regular expression"));
    m_expression->setToolTip(tr("Regular expression on file:line(name), as in pstats; letter case counts"));
    connect(m_expression, &QToolButton::toggled, this, &FunctionTableView::applyFilter);

    m_group = makeGroupButton();
    m_preset = makePresetButton();
    m_ownOnly = textButton(m_head);
    m_ownOnly->setText(tr("My code only"));
    m_ownOnly->setCheckable(true);
    m_ownOnly->setToolTip(tr("Hide libraries, the standard library and built-ins"));
    connect(m_ownOnly, &QToolButton::toggled, this, &FunctionTableView::applyFilter);
    m_hint = new QLabel(tr("Self sums to 100\u202f% · click a header to sort"), m_head);

    m_hint->setMinimumWidth(1); // hidden where it has no room: it does not hold the window open

    auto* const row = new QHBoxLayout(m_head);
    row->addWidget(m_title);
    row->addWidget(m_count);
    row->addWidget(m_field, 100); // before the empty space takes any
    row->addWidget(m_expression);
    row->addWidget(m_group);
    row->addWidget(m_preset);
    row->addWidget(m_ownOnly);
    row->addStretch(1);
    row->addWidget(m_hint);
    return m_head;
}

QToolButton* FunctionTableView::makeGroupButton()
{
    QToolButton* const button = textButton(m_head);
    button->setPopupMode(QToolButton::InstantPopup);
    auto* const menu = new QMenu(button);
    auto* const choices = new QActionGroup(menu);
    const std::array<std::pair<GroupBy, QString>, 3> groupings{
        {{GroupBy::None, tr("none")}, {GroupBy::File, tr("file")}, {GroupBy::Module, tr("module")}}};
    for (const auto& [groupBy, title] : groupings) {
        QAction* const action = menu->addAction(title);
        action->setCheckable(true);
        action->setChecked(groupBy == GroupBy::None);
        choices->addAction(action);
        connect(action, &QAction::triggered, this, [this, by = groupBy, name = title] {
            m_model->setGroupBy(by);
            m_group->setText(tr("Group: %1").arg(name));
            m_grid->viewport()->update();
        });
    }
    button->setMenu(menu);
    button->setText(tr("Group: %1").arg(groupings.front().second));
    return button;
}

QToolButton* FunctionTableView::makePresetButton()
{
    QToolButton* const button = textButton(m_head);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setText(tr("All rows"));
    button->setAccessibleName(tr("Rows shown"));
    auto* const menu = new QMenu(button);
    const QString byTotal = tr("Top %1 by cumulative").arg(kCumulativePreset);
    const QString bySelf = tr("Top %1 by self").arg(kSelfPreset);
    menu->addAction(byTotal, this,
                    [this, byTotal] { showPreset(byTotal, FunctionColumn::Total, SortKey::Total, kCumulativePreset); });
    menu->addAction(bySelf, this,
                    [this, bySelf] { showPreset(bySelf, FunctionColumn::Self, SortKey::Self, kSelfPreset); });
    menu->addSeparator();
    menu->addAction(tr("All rows"), this, &FunctionTableView::showAll);
    button->setMenu(menu);
    return button;
}

void FunctionTableView::showPreset(const QString& title, FunctionColumn column, SortKey key, int limit)
{
    FunctionFilter filter = m_model->filter();
    filter.limit = limit;
    filter.limitBy = key;
    m_grid->sortBy(column);
    m_model->setFilter(filter);
    m_grid->scrollToTop();
    m_preset->setText(title);
}

void FunctionTableView::showAll()
{
    FunctionFilter filter = m_model->filter();
    filter.limit = 0;
    m_model->setFilter(filter);
    m_preset->setText(tr("All rows"));
}

void FunctionTableView::editFilter()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FunctionTableView::applyFilter()
{
    FunctionFilter filter = m_model->filter();
    filter.text = m_field->text();
    filter.isExpression = m_expression->isChecked();
    filter.ownOnly = m_ownOnly->isChecked();
    m_model->setFilter(filter);
}

void FunctionTableView::copyFunction(FrameId function, RowsFormat format) const
{
    QGuiApplication::clipboard()->setText(functionText(*m_model, function, m_grid->visibleColumns(), format));
}

void FunctionTableView::applyTheme()
{
    const Theme& t = m_context->theme();
    QPalette colors = t.palette();
    colors.setColor(QPalette::Window, t.surface.panel);
    setPalette(colors);
    QPalette quiet = colors;
    quiet.setColor(QPalette::WindowText, t.text.tertiary);
    m_count->setPalette(quiet);
    m_hint->setPalette(quiet);
    m_empty->setPalette(quiet);
    m_searchIcon->setIcon(themedIcon(QStringLiteral("search"), t.text.secondary, t.text.disabled));
    applyFonts();
    updateTexts();
}

void FunctionTableView::applyFonts()
{
    m_title->setFont(uiFont(15, QFont::DemiBold));
    m_count->setFont(uiFont(13));
    m_hint->setFont(uiFont(12));
    m_empty->setFont(uiFont(13));
    m_expression->setFont(monoFont(12));
    for (QToolButton* const button : {m_group, m_preset, m_ownOnly})
        button->setFont(uiFont(13, QFont::Medium));
    m_head->setFixedHeight(scaled(kHeadHeight));
    m_field->setMinimumWidth(scaled(kLeastFieldWidth));
    m_field->setMaximumWidth(scaled(kFieldWidth));
    m_head->layout()->setContentsMargins(scaled(16), 0, scaled(16), 0);
    m_head->layout()->setSpacing(scaled(8));
}

QString FunctionTableView::nearestName(const QString& text) const
{
    const FrameId nearest =
        m_context->analysis() ? sundial::nearestName(*m_context->analysis(), text.toStdString()) : FrameId{};
    return nearest ? displayText(frameName(m_context->analysis()->frames(), nearest)) : QString();
}

QString FunctionTableView::emptyText() const
{
    if (!m_context->analysis())
        return {};
    const FunctionFilter& filter = m_model->filter();
    if (filter.text.isEmpty())
        return filter.ownOnly ? tr("No function of your own code is in this profile.")
                              : tr("This profile holds no functions.");
    const QString sentence = filter.isExpression ? tr("No function matches “%1”.") : tr("No function contains “%1”.");
    QString text = sentence.arg(filter.text.toHtmlEscaped());
    const QString nearest = filter.isExpression ? QString() : nearestName(filter.text);
    if (!nearest.isEmpty())
        text += QLatin1Char(' ') +
                tr("Nearest: %1").arg(QStringLiteral("<a href=\"%1\">%1</a>").arg(nearest.toHtmlEscaped()));
    return text;
}

void FunctionTableView::updateTexts()
{
    const std::uint32_t shown = m_model->shownCount();
    const std::uint32_t all = m_model->functionCount();
    m_count->setText(!m_context->analysis() ? QString()
                     : shown < all          ? tr("%1 of %2").arg(countText(shown), countText(all))
                                            : countText(all));
    const bool isWrong = !m_model->filterError().isEmpty();
    QPalette colors = palette();
    if (isWrong)
        colors.setColor(QPalette::Text, m_context->theme().status.errorText);
    m_field->setPalette(colors);
    m_field->setToolTip(m_model->filterError());
    m_hint->setText(isWrong ? m_model->filterError() : tr("Self sums to 100\u202f% · click a header to sort"));
    m_empty->setText(shown == 0 ? emptyText() : QString());
    m_empty->setVisible(!m_empty->text().isEmpty());
    placeEmptyNote();
}

void FunctionTableView::placeEmptyNote()
{
    if (!m_context->analysis())
        return; // nothing is shown yet, and measuring texts takes time when the window opens
    m_empty->setGeometry(m_grid->viewport()->geometry().adjusted(scaled(24), 0, -scaled(24), 0));
    // The count keeps room for what a filter makes of it, so that the field stays under the hand that types. The hint
    // is the first to go where the head is narrow, that room the second.
    const QString all = countText(m_model->functionCount());
    m_count->setMinimumWidth(0);
    const int room = m_count->fontMetrics().horizontalAdvance(tr("%1 of %2").arg(all, all));
    int others = m_head->layout()->contentsMargins().left() * 2 + scaled(kFieldWidth);
    for (const QWidget* const widget :
         std::initializer_list<const QWidget*>{m_title, m_count, m_expression, m_group, m_preset, m_ownOnly, m_hint})
        others += widget->sizeHint().width() + m_head->layout()->spacing();
    others += std::max(0, room - m_count->sizeHint().width());
    m_hint->setVisible(others <= width());
    if (others - m_hint->sizeHint().width() <= width())
        m_count->setMinimumWidth(room);
}

void FunctionTableView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeEmptyNote();
}

void FunctionTableView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_empty)
        applyFonts();
}

bool FunctionTableView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        const bool goesDown = key->key() == Qt::Key_Down || key->key() == Qt::Key_Return;
        if (goesDown && m_model->rowCount() > 0) {
            m_grid->setFocus(Qt::TabFocusReason);
            if (!m_grid->currentIndex().isValid())
                m_grid->setCurrentIndex(m_model->index(0, int(FunctionColumn::Function)));
            return true;
        }
        if (key->key() == Qt::Key_Escape && !m_field->text().isEmpty()) {
            m_field->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sundial
