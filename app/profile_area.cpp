// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/profile_area.h"

#include "app/allocator_button.h"
#include "app/analysis_page.h"
#include "app/banner.h"
#include "app/filter_bar.h"
#include "app/lane_button.h"
#include "app/normalise_button.h"
#include "app/verdict_banner.h"
#include "app/width_button.h"
#include "views/memory_chart.h"
#include "views/metric_tiles.h"

#include <QVBoxLayout>

namespace sundial
{

ProfileArea::ProfileArea(ViewContext* context, Pipeline* pipeline, Recompare* recompare,
                         const HeaderBar::Actions& actions, QWidget* parent)
    : QWidget(parent), m_context(context), m_page(new AnalysisPage(context)), m_header(new HeaderBar(context, actions)),
      m_banner(new Banner)
{
    auto* const tiles = new MetricTiles(context);
    m_page->addAbove(tiles);
    m_page->addTool(tiles->unitButton());
    m_page->addTool(new NormaliseButton(context, recompare));
    auto* const width = new WidthButton(context);
    m_page->addTool(width);
    auto* const chart = new MemoryChart(context);
    m_page->addAbove(chart);

    auto* const verdict = new VerdictBanner(context, this); // before the header: the first stop of Tab
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(new FilterBar(context, pipeline));
    column->addWidget(verdict);
    column->addWidget(m_banner);
    column->addWidget(m_page, 1);
    m_page->setAutoFillBackground(true);

    connect(m_header, &HeaderBar::metricChosen, pipeline, &Pipeline::setMetric);
    connect(m_header, &HeaderBar::comparedMetricChosen, recompare, &Recompare::setMetric);
    connect(m_header->lanes(), &LaneButton::lanesChosen, pipeline, &Pipeline::setLanes);
    connect(m_header->allocators(), &AllocatorButton::allocatorChosen, pipeline, &Pipeline::setAllocator);
    connect(tiles, &MetricTiles::metricChosen, pipeline, &Pipeline::setMetric);
    connect(chart, &MemoryChart::rangeChosen, pipeline, &Pipeline::setRange);
    connect(m_page, &AnalysisPage::viewChanged, width, [this, width] { width->setView(m_page->currentViewId()); });
    connect(width, &WidthButton::widthChosen, this, &ProfileArea::widthChosen);
    connect(context, &ViewContext::themeChanged, this, &ProfileArea::applyTheme);
    applyTheme();
}

void ProfileArea::applyTheme()
{
    const Theme& theme = m_context->theme();
    QPalette palette = theme.palette();
    palette.setColor(QPalette::Window, theme.surface.panel);
    m_page->setPalette(palette);
    m_banner->setTheme(theme);
}

} // namespace sundial
