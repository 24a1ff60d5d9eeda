// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/change_card.h"

#include "views/change_marks.h"
#include "views/change_text.h"
#include "views/icons.h"
#include "views/number_text.h"
#include "views/text_fit.h"
#include "views/waterfall_paint.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <cmath>

namespace sundial
{

namespace
{

constexpr int kDetailRow = 26;
constexpr int kSide = 16;
constexpr int kFactorBar = 12;

} // namespace

WaterfallChart::WaterfallChart(ViewContext* context, QWidget* parent) : QWidget(parent), m_context(context)
{
    setAccessibleName(tr("Waterfall from the total before to the total after"));
    connect(context, &ViewContext::analysisChanged, this, &WaterfallChart::refresh);
    connect(context, &ViewContext::stateChanged, this, qOverload<>(&QWidget::update));
    connect(context, &ViewContext::themeChanged, this, qOverload<>(&QWidget::update));
}

void WaterfallChart::setBy(WaterfallBy by)
{
    m_by = by;
    refresh();
}

void WaterfallChart::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    m_waterfall =
        analysis && analysis->comparison ? sundial::waterfall(*analysis->comparison->comparison, m_by) : Waterfall();
    setFixedHeight(sizeHint().height());
    update();
}

QSize WaterfallChart::sizeHint() const
{
    return {scaled(300), int(waterfallHeight(m_waterfall))};
}

void WaterfallChart::paintEvent(QPaintEvent*)
{
    const AnalysisPtr& analysis = m_context->analysis();
    if (!analysis || !analysis->comparison)
        return;
    QPainter p(this);
    paintWaterfall(p, *analysis->comparison, m_waterfall, m_context->theme(), width(), m_context->state().selected);
}

void WaterfallChart::mousePressEvent(QMouseEvent* event)
{
    const int index = int(event->position().y()) / scaled(kWaterfallRow) - 1;
    if (index < 0 || index >= int(m_waterfall.steps.size()))
        return;
    const WaterfallStep& step = m_waterfall.steps[std::size_t(index)];
    if (step.row)
        m_context->select(step.row);
    else if (m_by == WaterfallBy::Module && step.folded == 0)
        m_context->search(m_context->state().search == displayText(step.label) ? QString() : displayText(step.label));
}

ChangeDetails::ChangeDetails(ViewContext* context, QWidget* parent) : QWidget(parent), m_context(context)
{
    const auto refresh = [this] {
        setFixedHeight(sizeHint().height());
        update();
    };
    connect(context, &ViewContext::analysisChanged, this, refresh);
    connect(context, &ViewContext::stateChanged, this, refresh);
    connect(context, &ViewContext::themeChanged, this, refresh);
}

QSize ChangeDetails::sizeHint() const
{
    return {scaled(300), m_context->state().selected ? scaled(300) : scaled(60)};
}

void ChangeDetails::paintEvent(QPaintEvent*)
{
    const AnalysisPtr& analysis = m_context->analysis();
    if (!analysis || !analysis->comparison)
        return;
    const Theme& t = m_context->theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(QRectF(0, 0, width(), 1), t.line.strong);
    const FrameId row = m_context->state().selected;
    double y = scaledF(12);
    if (!row) {
        p.setFont(uiFont(12));
        p.setPen(t.text.tertiary);
        p.drawText(QRectF(0, y, width(), scaledF(40)), Qt::TextWordWrap,
                   tr("Select a function to see what its change is made of."));
        return;
    }
    const FrameCard card = describeFunctionChange(*m_context, row);
    p.setFont(uiFont(14, QFont::DemiBold));
    p.setPen(t.text.primary);
    p.drawText(QRectF(0, y, width(), scaledF(22)), Qt::AlignVCenter,
               elideMiddle(card.title, QFontMetricsF(p.font()), width()));
    y += scaledF(22);
    p.setFont(uiFont(12));
    p.setPen(t.text.secondary);
    p.drawText(QRectF(0, y, width(), scaledF(20)), Qt::AlignVCenter,
               elidePath(card.location, QFontMetricsF(p.font()), width()));
    y += scaledF(26);
    for (const CardRow& line : card.rows) {
        const QRectF rect(0, y, width(), scaledF(kDetailRow));
        p.setFont(uiFont(12));
        p.setPen(t.text.secondary);
        p.drawText(rect, Qt::AlignVCenter, line.label);
        p.setPen(t.text.primary);
        p.setFont(uiFont(12, QFont::DemiBold));
        const QString value = line.share.isEmpty() ? line.value : line.value + QStringLiteral("   ") + line.share;
        drawTabular(p, rect, value);
        y += scaledF(kDetailRow);
    }
    // The factors as bars from one axis: they add up to Δ self.
    if (const auto factors = changeFactors(*analysis->comparison->comparison, row, Weight::Self)) {
        const double largest = std::max(std::abs(factors->byCalls), std::abs(factors->byCost));
        y += scaledF(4);
        for (const double part : {factors->byCalls, factors->byCost}) {
            const double middle = width() / 2.0;
            const double length = largest > 0 ? std::abs(part) / largest * middle : 0;
            const QRectF bar(part < 0 ? middle - length : middle, y, length, scaledF(kFactorBar));
            const ChangeLook look{part < 0 ? ChangeMark::Less : ChangeMark::More, part < 0 ? -3 : 3};
            p.fillRect(QRectF(0, y, width(), scaledF(kFactorBar)), t.surface.sunken);
            p.fillRect(bar, changeFill(look, t));
            paintChangeMark(p, look, bar, t);
            p.fillRect(QRectF(middle, y - 1, 1, scaledF(kFactorBar) + 2), t.line.control);
            y += scaledF(kFactorBar + 4);
        }
    }
    y += scaledF(6);
    p.setFont(uiFont(12));
    p.setPen(t.text.tertiary);
    p.drawText(QRectF(0, y, width(), scaledF(60)), Qt::TextWordWrap, card.footnote);
}

ChangeCard::ChangeCard(ViewContext* context, QWidget* parent)
    : QScrollArea(parent), m_context(context), m_chart(new WaterfallChart(context)), m_match(new QToolButton)
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const content = new QWidget;
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(scaled(kSide), scaled(14), scaled(kSide), scaled(kSide));
    column->setSpacing(scaled(8));
    auto* const title = new QLabel(tr("Where the change went"));
    title->setFont(uiFont(15, QFont::DemiBold));
    auto* const hint = new QLabel(tr("Δ self; the bars add up exactly"));
    hint->setFont(uiFont(12));
    column->addWidget(title);
    column->addWidget(hint);
    auto* const tabs = new QHBoxLayout;
    tabs->setSpacing(2);
    auto* const group = new QButtonGroup(this);
    for (const auto& [by, text] : {std::pair{WaterfallBy::Module, tr("By module")},
                                   {WaterfallBy::Function, tr("By function")},
                                   {WaterfallBy::Owner, tr("By my code")}}) {
        auto* const tab = new QToolButton;
        tab->setText(text);
        tab->setCheckable(true);
        tab->setProperty("segment", true);
        tab->setChecked(by == WaterfallBy::Module);
        group->addButton(tab, int(by));
        tabs->addWidget(tab);
    }
    tabs->addStretch(1);
    column->addLayout(tabs);
    column->addWidget(m_chart);
    column->addWidget(new ChangeDetails(context));
    m_match->setObjectName(QStringLiteral("match"));
    m_match->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_match->setText(tr("Matched with…"));
    m_match->setToolTip(tr("Which function of the other side this is, and what else it could be"));
    column->addWidget(m_match, 0, Qt::AlignLeft);
    connect(m_match, &QToolButton::clicked, this, [this] {
        emit matchMenuRequested(m_context->state().selected, m_match->mapToGlobal(QPoint(0, m_match->height())));
    });
    connect(context, &ViewContext::stateChanged, this, &ChangeCard::refreshMatch);
    connect(context, &ViewContext::analysisChanged, this, &ChangeCard::refreshMatch);
    column->addStretch(1);
    setWidget(content);
    connect(group, &QButtonGroup::idClicked, this, [this](int by) { m_chart->setBy(WaterfallBy(by)); });
    connect(context, &ViewContext::themeChanged, this, &ChangeCard::applyTheme);
    applyTheme();
    refreshMatch();
}

void ChangeCard::refreshMatch()
{
    const AnalysisPtr& analysis = m_context->analysis();
    const FrameId row = m_context->state().selected;
    const bool isFunction =
        analysis && analysis->comparison && row &&
        (analysis->comparison->comparison->match(row).before || analysis->comparison->comparison->match(row).after);
    m_match->setVisible(isFunction);
}

void ChangeCard::applyTheme()
{
    m_match->setIcon(
        themedIcon(QStringLiteral("relocated"), m_context->theme().text.primary, m_context->theme().text.disabled));
    QPalette p = m_context->theme().palette();
    p.setColor(QPalette::Window, m_context->theme().surface.panel);
    setPalette(p);
    widget()->setPalette(p);
    widget()->setAutoFillBackground(true);
}

} // namespace sundial
