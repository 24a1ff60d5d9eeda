// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/analysis_page.h"

#include "app/crumb_bar.h"
#include "views/before_after_paint.h"
#include "views/change_card.h"
#include "views/changes_table_view.h"
#include "views/function_card.h"
#include "views/function_table_view.h"
#include "views/icons.h"
#include "views/number_text.h"
#include "views/profile_page.h"
#include "views/view_table.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QDataStream>
#include <QHBoxLayout>
#include <QIODevice>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include <array>
#include <cmath>
#include <functional>
#include <utility>

namespace sundial
{

namespace
{

constexpr int kPanelHeader = 44;
constexpr int kSide = 16;
constexpr int kCardWidth = 368;
constexpr int kNarrowCardWidth = 320;
constexpr int kNarrowWindow = 1360; // below it, the card gives way,
constexpr int kNoCardWindow = 1100; // and below this it closes
constexpr int kLeastPanelHeader = 320;
constexpr int kPicture = 60;     // percent of the height, until the user moves the splitter
constexpr int kTallPicture = 74; // of pictures that are as high as wide,
constexpr int kPairPicture = 70; // of two pictures below each other where the page is low
constexpr int kLowPage = 620;

/// The sunken strip that a row of tabs lies in.
class TabStrip : public QWidget
{
public:
    TabStrip(const ViewContext* context, QWidget* parent) : QWidget(parent), m_context(context) {}

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        p.setPen(Qt::NoPen);
        p.setBrush(m_context->theme().surface.sunken);
        p.drawRoundedRect(rect(), 8, 8);
    }

private:
    const ViewContext* m_context;
};

/// The line of tabs and options: narrower than all of them with their texts, if need be.
class PanelHeader : public QWidget
{
public:
    PanelHeader(std::function<void()> contentsChanged) : m_contentsChanged(std::move(contentsChanged)) {}
    QSize minimumSizeHint() const override { return {scaled(kLeastPanelHeader), scaled(kPanelHeader)}; }

protected:
    bool event(QEvent* event) override
    {
        // A button came, went, or has another text; or there is more or less room.
        if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize)
            m_contentsChanged();
        return QWidget::event(event);
    }

private:
    std::function<void()> m_contentsChanged;
};

void setThemedIcon(QToolButton* button, const char* icon, const Theme& theme)
{
    button->setIcon(themedIcon(QLatin1String(icon), theme.text.primary, theme.text.disabled));
}

/// Whether a view belongs to single profiles or to comparisons, whichever `analysis` is; none is as a single profile.
bool isInMode(int index, const Analysis* analysis)
{
    const ViewMode mode = viewTypes()[std::size_t(index)]->mode;
    return mode == ViewMode::Any || (mode == ViewMode::Comparison) == (analysis && analysis->comparison);
}

/// Whether a view also has something to say of it.
bool suits(int index, const Analysis* analysis)
{
    const auto suitsType = viewTypes()[std::size_t(index)]->suits;
    return isInMode(index, analysis) && (!suitsType || !analysis || suitsType(*analysis));
}

} // namespace

AnalysisPage::AnalysisPage(ViewContext* context, QWidget* parent)
    : QWidget(parent), m_context(context), m_stack(new QStackedWidget), m_crumbs(new CrumbBar(context)),
      m_table(new FunctionTableView(context)), m_changes(new ChangesTableView(context)), m_tables(new QStackedWidget),
      m_card(new FunctionCard(context)), m_cards(new QStackedWidget), m_vertical(new QSplitter(Qt::Vertical)),
      m_horizontal(new QSplitter(Qt::Horizontal))
{
    for (const ViewType* type : viewTypes()) {
        View* const view = type->create(context, nullptr);
        view->setObjectName(QLatin1String(type->id));
        m_views.push_back(view);
        m_stack->addWidget(view);
        connectView(view);
    }
    auto* const top = new QWidget;
    auto* const topColumn = new QVBoxLayout(top);
    topColumn->setContentsMargins(0, 0, 0, 0);
    topColumn->setSpacing(0);
    topColumn->addWidget(makePanelHeader());
    topColumn->addWidget(m_crumbs);
    topColumn->addWidget(m_stack, 1);

    m_vertical->addWidget(top);
    m_tables->addWidget(m_table);
    m_tables->addWidget(m_changes);
    m_cards->addWidget(m_card);
    auto* const change = new ChangeCard(context);
    m_cards->addWidget(change);
    connect(change, &ChangeCard::matchMenuRequested, this, &AnalysisPage::matchMenuRequested);
    m_vertical->addWidget(m_tables);
    m_vertical->setStretchFactor(0, 3);
    m_vertical->setStretchFactor(1, 2);
    m_vertical->setChildrenCollapsible(false);
    m_vertical->installEventFilter(this);
    auto* const main = new QWidget;
    m_main = new QVBoxLayout(main);
    m_main->setContentsMargins(0, 0, 0, 0);
    m_main->setSpacing(0);
    m_main->addWidget(m_vertical, 1);
    m_horizontal->addWidget(main);
    m_horizontal->addWidget(m_cards);
    m_horizontal->setStretchFactor(0, 1);
    m_horizontal->setStretchFactor(1, 0);
    m_horizontal->setCollapsible(0, false);
    m_cards->setMinimumWidth(scaled(kNarrowCardWidth));
    connect(m_vertical, &QSplitter::splitterMoved, this, [this] { m_splitByHand = true; });
    connect(m_horizontal, &QSplitter::splitterMoved, this, [this] {
        m_cardByHand = true;
        fitTabs();
    });
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_horizontal);

    connect(m_table, &FunctionTableView::contextMenuRequested, this,
            [this](FrameId frame, const QPoint& position) { emit contextMenuRequested(frame, NodeId{}, position); });
    connect(m_table, &FunctionTableView::zoomToFunctionRequested, this, &AnalysisPage::zoomToFunctionRequested);
    connect(m_table, &FunctionTableView::described, this, &AnalysisPage::described);
    connect(context, &ViewContext::stateChanged, this, [this, context](const ViewState& before) {
        if (before.selected && !context->state().selected)
            emit described({}); // what it told is no longer selected
    });
    connect(m_changes, &ChangesTableView::zoomToFunctionRequested, this, &AnalysisPage::zoomToFunctionRequested);
    connect(m_changes, &ChangesTableView::contextMenuRequested, this,
            [this](FrameId frame, const QPoint& position) { emit contextMenuRequested(frame, NodeId{}, position); });
    connect(m_context, &ViewContext::analysisChanged, this, &AnalysisPage::refreshMode);
    connect(m_context, &ViewContext::themeChanged, this, [this] {
        for (std::size_t i = 0; i < m_tabs.size(); ++i)
            setThemedIcon(m_tabs[i], viewTypes()[i]->icon, m_context->theme());
        refreshHeader();
    });
    refreshMode();
}

bool AnalysisPage::isComparison() const
{
    return m_context->analysis() && m_context->analysis()->comparison;
}

bool AnalysisPage::hasTab(int index) const
{
    return suits(index, m_context->analysis().get());
}

int AnalysisPage::digitOf(int index, const Analysis* analysis)
{
    constexpr std::array kDigits{1, 2, 3, 4, 5, 8}; // 6 and 7 are the table and the card
    if (!suits(index, analysis))
        return 0;
    std::size_t place = 0;
    for (int i = 0; i < index; ++i)
        place += isInMode(i, analysis) ? 1 : 0;
    return place < kDigits.size() ? kDigits[place] : 0;
}

void AnalysisPage::refreshMode()
{
    m_tables->setCurrentIndex(isComparison() ? 1 : 0);
    m_cards->setCurrentIndex(isComparison() ? 1 : 0);
    for (int i = 0; i < viewCount(); ++i) {
        QToolButton* const tab = m_tabs[std::size_t(i)];
        tab->setVisible(hasTab(i));
        if (viewTypes()[std::size_t(i)]->comparisonTitle)
            tab->setText(QCoreApplication::translate("View", isComparison()
                                                                 ? viewTypes()[std::size_t(i)]->comparisonTitle
                                                                 : viewTypes()[std::size_t(i)]->title));
        tab->setToolTip(QStringLiteral("%1 (Alt+%2)").arg(tab->text()).arg(digitOf(i, m_context->analysis().get())));
    }
    int index = m_stack->currentIndex();
    if (m_wasComparison != isComparison()) // each mode begins with its own picture, or the one asked for
        index = std::max(0, indexOf(std::exchange(m_wanted, {})));
    m_wasComparison = isComparison();
    if (!hasTab(index)) // what is shown has nothing to say of this one
        index = 0;
    while (!hasTab(index))
        ++index;
    if (index != m_stack->currentIndex() || !m_tabs[std::size_t(index)]->isChecked())
        showViewAt(index);
    else
        refreshHeader();
}

QWidget* AnalysisPage::currentTable() const
{
    return m_tables->currentWidget();
}

QWidget* AnalysisPage::makePanelHeader()
{
    auto* const header = new PanelHeader([this] { refitTabs(); });
    m_panelHeader = header;
    header->setFixedHeight(scaled(kPanelHeader));
    auto* const row = new QHBoxLayout(header);
    row->setContentsMargins(scaled(kSide), scaled(5), scaled(kSide), scaled(5));
    row->setSpacing(scaled(8));
    auto* const tabs = new TabStrip(m_context, header);
    auto* const tabRow = new QHBoxLayout(tabs);
    tabRow->setContentsMargins(2, 0, 2, 0);
    tabRow->setSpacing(2);
    auto* const group = new QButtonGroup(this);
    for (const ViewType* type : viewTypes()) {
        auto* const tab = new QToolButton(tabs);
        tab->setText(QCoreApplication::translate("View", type->title));
        tab->setCheckable(true);
        tab->setProperty("segment", true);
        tab->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        setThemedIcon(tab, type->icon, m_context->theme());
        group->addButton(tab, int(m_tabs.size()));
        tabRow->addWidget(tab);
        m_tabs.push_back(tab);
    }
    connect(group, &QButtonGroup::idClicked, this, &AnalysisPage::showViewAt);
    row->addWidget(tabs);
    row->addStretch(1);
    m_estimated = new QToolButton(header);
    m_estimated->setText(tr("≈ Estimated tree"));
    m_estimated->setProperty("chip", true);
    m_estimated->setProperty("warn", true);
    m_estimated->setToolTip(
        tr("This file tells who called whom, not paths. The tree is an estimate; numbers with ≈ are "
           "guesses.\nThe call graph and the table are exact. Click for more."));
    connect(m_estimated, &QToolButton::clicked, this, &AnalysisPage::estimateExplained);
    row->addWidget(m_estimated);
    m_exact = new QToolButton(header);
    m_exact->setText(tr("✓ Exact"));
    m_exact->setProperty("chip", true);
    m_exact->setProperty("badge", true);
    m_exact->setFocusPolicy(Qt::NoFocus);
    m_exact->setToolTip(tr("Every number here is the file's own, or a sum of them."));
    row->addWidget(m_exact);
    m_soFar = new QToolButton(header);
    m_soFar->setProperty("chip", true);
    m_soFar->setProperty("warn", true);
    m_soFar->setFocusPolicy(Qt::NoFocus);
    m_soFar->setToolTip(tr("The file is still being read. All numbers are of what has been read, and grow.\n"
                           "Zoom and selection stay when the rest comes."));
    m_soFar->hide();
    row->addWidget(m_soFar);
    m_tools = new QHBoxLayout;
    m_tools->setSpacing(scaled(8));
    row->addLayout(m_tools);
    m_options = new QHBoxLayout;
    m_options->setSpacing(scaled(8));
    row->addLayout(m_options);
    return header;
}

void AnalysisPage::connectView(View* view)
{
    connect(view, &View::described, this, &AnalysisPage::described);
    connect(view, &View::contextMenuRequested, this, &AnalysisPage::contextMenuRequested);
    connect(view, &View::hintChanged, this, [this, view] {
        if (view == currentView())
            m_crumbs->setHint(view->hint());
    });
    if (QWidget* const options = view->optionsWidget())
        options->hide();
}

View* AnalysisPage::currentView() const
{
    return static_cast<View*>(m_stack->currentWidget());
}

QString AnalysisPage::currentViewId() const
{
    return currentView()->objectName();
}

void AnalysisPage::showView(const QString& id)
{
    m_wanted = id;
    showViewAt(indexOf(id));
}

int AnalysisPage::indexOf(const QString& id) const
{
    for (int i = 0; i < viewCount(); ++i) {
        if (m_views[std::size_t(i)]->objectName() == id)
            return i;
    }
    return -1;
}

void AnalysisPage::showViewAt(int index)
{
    if (index < 0 || index >= viewCount() || !hasTab(index))
        return;
    m_stack->setCurrentIndex(index);
    m_tabs[std::size_t(index)]->setChecked(true);
    if (!m_splitByHand)
        sharePictureHeight();
    refreshHeader();
    emit viewChanged();
}

void AnalysisPage::sharePictureHeight()
{
    const QString id = currentViewId();
    const int height = m_vertical->height();
    int share = kPicture;
    if (id == QLatin1String("sunburst") || id == QLatin1String("callgraph"))
        share = kTallPicture;
    else if (id == QLatin1String("before-after") && height < scaled(kLowPage))
        share = kPairPicture;
    int picture = height * share / 100;
    if (id == QLatin1String("before-after")) { // whole rows: what is left over is the table's
        const double around = m_panelHeader->minimumHeight() + m_crumbs->minimumHeight() + beforeAfterHeight(0);
        const double row = beforeAfterHeight(1) - beforeAfterHeight(0);
        picture = int(std::ceil(around + std::max(2.0, std::floor((picture - around) / row)) * row));
    }
    m_vertical->setSizes({picture, height - picture - m_vertical->handleWidth()});
}

void AnalysisPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    shareWidth();
}

bool AnalysisPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_vertical && event->type() == QEvent::Resize && !m_splitByHand)
        sharePictureHeight();
    return QWidget::eventFilter(watched, event);
}

void AnalysisPage::shareWidth()
{
    const bool isNarrow = width() < scaled(kNoCardWindow);
    m_opensNarrowCard = m_opensNarrowCard && isNarrow;
    const bool showsCard = m_wantsCard && (!isNarrow || m_opensNarrowCard);
    m_cards->setVisible(showsCard);
    emit cardShown(showsCard);
    if (!m_cardByHand) {
        const int card = scaled(width() < scaled(kNarrowWindow) ? kNarrowCardWidth : kCardWidth);
        m_horizontal->setSizes({width() - card, card});
    }
    fitTabs();
}

/// What decides whether texts of tabs have room.
AnalysisPage::TabRoom AnalysisPage::tabRoom() const
{
    int others = 0;
    for (const QHBoxLayout* const row : {m_tools, m_options}) {
        for (int i = 0; i < row->count(); ++i) {
            const QWidget* const tool = row->itemAt(i)->widget();
            others += tool && !tool->isHidden() ? tool->sizeHint().width() + row->spacing() : 0;
        }
    }
    const int badges = m_estimated->isHidden() * 4 + m_exact->isHidden() * 2 + m_soFar->isHidden();
    return {others, badges, m_panelHeader->width(), m_stack->currentIndex()};
}

/// The marks alone, where their words have no room; the tool tips say all.
void AnalysisPage::setBadges(bool areShort)
{
    m_estimated->setText(areShort ? tr("≈") : tr("≈ Estimated tree"));
    m_exact->setText(areShort ? tr("✓") : tr("✓ Exact"));
    m_estimated->setAccessibleName(tr("Estimated tree"));
    m_exact->setAccessibleName(tr("Exact"));
}

void AnalysisPage::refitTabs()
{
    if (!(tabRoom() == m_fittedTo))
        fitTabs();
}

/// Where not all texts have room, badges give theirs first, then tabs of the hidden views; marks, icons and tool tips
/// stay.
void AnalysisPage::fitTabs()
{
    for (QToolButton* tab : m_tabs)
        tab->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setBadges(false);
    QWidget* const strip = m_tabs.front()->parentWidget();
    const auto forgetWidths = [&] { // or the header would still reckon with its old width
        strip->layout()->invalidate();
        strip->updateGeometry();
        m_panelHeader->layout()->invalidate();
    };
    const auto fits = [&] {
        forgetWidths();
        return m_panelHeader->layout()->sizeHint().width() <= m_panelHeader->width();
    };
    if (!fits()) {
        setBadges(true);
        if (!fits()) {
            for (QToolButton* tab : m_tabs)
                tab->setToolButtonStyle(tab->isChecked() ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
            setBadges(false); // perhaps there is room for their words again
            if (!fits())
                setBadges(true);
        }
    }
    m_fittedTo = tabRoom();
}

void AnalysisPage::refreshHeader()
{
    View* const view = currentView();
    while (QLayoutItem* const item = m_options->takeAt(0)) {
        if (item->widget())
            item->widget()->hide();
        delete item;
    }
    if (QWidget* const options = view->optionsWidget()) {
        m_options->addWidget(options);
        options->show();
    }
    const AnalysisPtr& analysis = m_context->analysis();
    const bool isEstimate = analysis && analysis->isEstimated() && view->showsTree();
    m_estimated->setVisible(isEstimate);
    m_exact->setVisible(analysis && !isEstimate && analysis->metricInfo().kind == NumberKind::Exact &&
                        m_soFar->isHidden());
    m_crumbs->setHint(view->hint());
    fitTabs();
}

void AnalysisPage::setReadShare(double share)
{
    m_soFar->setVisible(share < 1);
    if (share < 1)
        m_exact->hide();
    m_soFar->setText(tr("So far: %1 read").arg(percentText(share)));
    m_crumbs->setSoFar(share < 1);
    m_card->profilePage().setPart(share < 1);
}

void AnalysisPage::setCardVisible(bool visible)
{
    m_wantsCard = visible;
    m_opensNarrowCard = visible && isVisible();
    shareWidth();
}

void AnalysisPage::addAbove(QWidget* panel)
{
    m_main->insertWidget(m_main->count() - 1, panel);
}

void AnalysisPage::addTool(QWidget* tool)
{
    m_tools->addWidget(tool);
}

void AnalysisPage::focusNextPane(int direction)
{
    const std::vector<QWidget*> panes{currentView(), currentTable(), m_cards->currentWidget()};
    std::size_t current = 0;
    for (std::size_t i = 0; i < panes.size(); ++i) {
        if (panes[i]->hasFocus() || panes[i]->isAncestorOf(window()->focusWidget()))
            current = i;
    }
    for (std::size_t step = 1; step <= panes.size(); ++step) {
        QWidget* const next = panes[(current + panes.size() + std::size_t(direction) * step) % panes.size()];
        if (next->isVisible()) {
            window()->setAttribute(Qt::WA_KeyboardFocusChange); // as Tab does: the focus ring shows
            next->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

const QWidget* AnalysisPage::estimateBadge() const
{
    return m_estimated;
}

void AnalysisPage::focusCard()
{
    m_cards->currentWidget()->setFocus(Qt::ShortcutFocusReason);
    if (!m_cards->isAncestorOf(window()->focusWidget())) // scroll areas leave it to their parts
        m_cards->currentWidget()->nextInFocusChain()->setFocus(Qt::ShortcutFocusReason);
}

QSize AnalysisPage::minimumSizeHint() const
{
    QSize least = QWidget::minimumSizeHint();
    if (!m_opensNarrowCard) // the card closes where it has no room: it does not hold the window open
        least.setWidth(m_horizontal->widget(0)->minimumSizeHint().width());
    return least;
}

QByteArray AnalysisPage::saveSplitters() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << (m_splitByHand ? m_vertical->saveState() : QByteArray())
           << (m_cardByHand ? m_horizontal->saveState() : QByteArray());
    return state;
}

void AnalysisPage::restoreSplitters(const QByteArray& state)
{
    QByteArray vertical, horizontal;
    QDataStream stream(state);
    stream >> vertical >> horizontal;
    m_splitByHand = m_vertical->restoreState(vertical);
    m_cardByHand = m_horizontal->restoreState(horizontal);
}

} // namespace sundial
