// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/memory_chart.h"

#include "views/memory_text.h"
#include "views/number_text.h"
#include "views/plot_style.h"
#include "views/range_brush.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <qcustomplot.h>

namespace sundial
{

namespace
{

constexpr int kHeight = 186;
constexpr int kLowHeight = 124, kLowParent = 700; // the pictures below need the room more
constexpr int kHead = 34;
constexpr int kSide = 16;
constexpr int kLeft = 60; // room for "1,200 MiB"
constexpr double kHeadroom = 1.15;

/// Moments from the first measurement on, in `unit`. Clocks of damaged files go back: here, time never does.
std::vector<double> momentsOf(const MemoryTimeline& timeline, const DisplayUnit& unit)
{
    std::vector<double> moments(timeline.size());
    double latest = 0;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        latest = std::max(latest, (timeline.time[i] - timeline.time.front()) / unit.divisor);
        moments[i] = latest;
    }
    return moments;
}

DisplayUnit heapUnit(const MemoryTimeline& timeline)
{
    const double heap = *std::max_element(timeline.heap.begin(), timeline.heap.end());
    return columnUnit(std::max(heap, *std::max_element(timeline.resident.begin(), timeline.resident.end())),
                      Unit::Bytes);
}

} // namespace

MemoryChart::MemoryChart(const ViewContext* context, QWidget* parent)
    : QWidget(parent), m_context(context), m_plot(new QCustomPlot), m_brush(new RangeBrush), m_clear(new QToolButton)
{
    fitHeight();
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    grid->setRowMinimumHeight(0, scaled(kHead));
    auto* const head = new QHBoxLayout; // the rest of it is painted
    head->setContentsMargins(0, 0, scaled(kSide), 0);
    head->addStretch(1);
    head->addWidget(m_clear);
    grid->addLayout(head, 0, 0);
    grid->addWidget(m_plot, 1, 0);
    grid->addWidget(m_brush, 1, 0);
    grid->setRowStretch(1, 1);
    m_brush->raise();
    m_clear->setText(tr("Whole time"));
    m_clear->setToolTip(tr("Clears the range (Esc in the chart)"));
    m_clear->setProperty("quiet", true);
    m_clear->hide();
    makePlot();

    const auto tell = [this] { emit rangeChosen(m_brush->range()); };
    connect(m_clear, &QToolButton::clicked, this, [this, tell] {
        m_brush->setRange({});
        showRange();
        tell();
    });
    connect(m_brush, &RangeBrush::rangeMoved, this, &MemoryChart::showRange);
    connect(m_brush, &RangeBrush::rangeChosen, this, tell);
    connect(m_context, &ViewContext::analysisChanged, this, &MemoryChart::refresh);
    connect(m_context, &ViewContext::themeChanged, this, &MemoryChart::applyTheme);
    applyTheme();
    refresh();
}

void MemoryChart::makePlot()
{
    const QMargins margins(scaled(kSide + kLeft), scaled(4), scaled(kSide + 8), scaled(22));
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins(margins);
    m_brush->setChartMargins(margins);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_heap = m_plot->addGraph();
    m_inside = m_plot->addGraph();
    m_resident = m_plot->addGraph();
    m_peak = new QCPItemTracer(m_plot);
    m_peak->setStyle(QCPItemTracer::tsCircle);
    m_peak->setSize(scaledF(7));
    m_peak->setClipToAxisRect(false);
    m_peakLabel = new QCPItemText(m_plot);
    m_peakLabel->setPadding(QMargins(scaled(6), scaled(2), scaled(6), scaled(2)));
    m_peakLabel->setClipToAxisRect(false);
    m_peakLabel->position->setParentAnchor(m_peak->position);
}

void MemoryChart::applyTheme()
{
    const Theme& t = m_context->theme();
    stylePlot(m_plot, t);
    QColor fill = t.accent.base;
    fill.setAlphaF(0.08F);
    m_heap->setPen(QPen(t.accent.base, 1.6));
    m_heap->setBrush(fill);
    fill.setAlphaF(0.30F);
    m_inside->setPen(Qt::NoPen);
    m_inside->setBrush(fill);
    m_resident->setPen(QPen(t.text.tertiary, 1.2, Qt::DashLine));
    m_peak->setPen(QPen(t.surface.panel, 1.5));
    m_peak->setBrush(t.text.primary);
    m_peakLabel->setFont(uiFont(12, QFont::DemiBold));
    m_peakLabel->setColor(t.text.primary);
    m_peakLabel->setBrush(t.surface.raised);
    m_peakLabel->setPen(QPen(t.line.hair, 1));
    m_brush->setTheme(t);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    update();
}

void MemoryChart::fitHeight()
{
    const bool isLow = parentWidget() && parentWidget()->height() < scaled(kLowParent);
    setFixedHeight(scaled(isLow ? kLowHeight : kHeight));
}

bool MemoryChart::event(QEvent* event)
{
    if (event->type() == QEvent::ParentChange && parentWidget()) {
        parentWidget()->installEventFilter(this);
        fitHeight();
    }
    return QWidget::event(event);
}

bool MemoryChart::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        fitHeight();
    return QWidget::eventFilter(watched, event);
}

void MemoryChart::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    const bool isShown = analysis && analysis->profile->memory && hasTime(*analysis->profile->memory);
    setVisible(isShown);
    if (!isShown) {
        m_profile.reset();
        return;
    }
    if (analysis->profile != m_profile) {
        m_profile = analysis->profile;
        showTimeline();
    }
    m_brush->setRange(memoryRange(analysis->options));
    showRange();
}

void MemoryChart::showTimeline()
{
    const MemoryTimeline& timeline = m_profile->memory->timeline;
    const DisplayUnit time = timelineUnit(timeline), bytes = heapUnit(timeline);
    std::vector<double> moments = momentsOf(timeline, time);
    QVector<double> keys(moments.begin(), moments.end()), heap, resident;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        heap << timeline.heap[i] / bytes.divisor;
        resident << timeline.resident[i] / bytes.divisor;
    }
    m_heap->setData(keys, heap, true);
    m_resident->setData(keys, resident, true);
    m_plot->xAxis->setRange(0, moments.back());
    m_plot->yAxis->setRange(0, kHeadroom * std::max({*std::max_element(heap.begin(), heap.end()),
                                                     *std::max_element(resident.begin(), resident.end()), 1e-9}));
    m_plot->xAxis->setTicker(unitTicker(QString::fromStdString(time.symbol), 7));
    m_plot->yAxis->setTicker(unitTicker(QString::fromStdString(bytes.symbol), 3));
    const double duration = moments.back();
    for (double& moment : moments)
        moment /= duration;
    m_brush->setPlaces(std::move(moments));
    m_brush->setEnabled(m_profile->memory->index != nullptr);
    m_brush->setToolTip(m_brush->isEnabled() ? QString() : whyNotOfAllocations(*m_profile->memory));
    setAccessibleName(tr("Memory over time"));
}

void MemoryChart::showRange()
{
    const MemoryCapture& memory = *m_profile->memory;
    const MemoryTimeline& timeline = memory.timeline;
    const RangeBrush::Range& range = m_brush->range();
    const MemoryRange shown = range.value_or(MemoryRange{0, std::uint32_t(timeline.size()) - 1});
    QVector<QCPGraphData> inside;
    for (std::uint32_t i = shown.from; range && i <= shown.to; ++i)
        inside << *m_heap->data()->at(int(i));
    m_inside->data()->set(inside, true);

    const std::uint32_t peak = largestMeasurement(timeline, shown);
    const auto at = m_heap->data()->at(int(peak));
    m_peak->position->setCoords(at->key, at->value);
    // Between two measurements the heap may have been larger: the whole's mark is the exact one.
    m_peakLabel->setText(tr("peak %1").arg(valueText(range ? timeline.heap[peak] : memory.peakBytes, Unit::Bytes)));
    const bool nearEnd = at->key > 0.8 * m_plot->xAxis->range().upper;
    const bool nearFoot = at->value < 0.15 * m_plot->yAxis->range().upper; // where the axis would run through the text
    m_peakLabel->setPositionAlignment((nearEnd ? Qt::AlignRight : Qt::AlignLeft) |
                                      (nearFoot ? Qt::AlignBottom : Qt::AlignVCenter));
    m_peakLabel->position->setCoords(nearEnd ? -scaledF(9) : scaledF(9), nearFoot ? -scaledF(4) : 0);

    m_sentence = range ? rangeText(timeline, *range) + QStringLiteral("  ·  ") +
                             rangeMeaning(m_context->analysis()->metricInfo())
                       : QString();
    m_clear->setVisible(range.has_value());
    m_brush->setAccessibleDescription(range ? m_sentence : tr("The whole time"));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    update();
}

void MemoryChart::paintEvent(QPaintEvent*)
{
    const Theme& t = m_context->theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), t.surface.panel);
    p.fillRect(QRect(0, height() - 1, width(), 1), t.line.hair);
    const QRectF head(scaledF(kSide), 0, width() - 2 * scaledF(kSide), scaledF(kHead));
    double x = head.left();
    const auto text = [&](const QString& words, const QFont& font, const QColor& color) {
        p.setFont(font);
        p.setPen(color);
        p.drawText(QRectF(x, 0, head.right() - x, head.height()), Qt::AlignVCenter, words);
        x += QFontMetricsF(font).horizontalAdvance(words) + scaledF(16);
    };
    const auto legend = [&](const QPen& pen, const QString& words) {
        p.setPen(pen);
        p.drawLine(QPointF(x, head.center().y()), QPointF(x + scaledF(20), head.center().y()));
        x += scaledF(26);
        text(words, uiFont(12), t.text.secondary);
    };
    text(tr("Memory over time"), uiFont(13, QFont::DemiBold), t.text.primary);
    legend(QPen(t.accent.base, 2), tr("heap"));
    legend(QPen(t.text.tertiary, 1.5, Qt::DashLine), tr("resident"));

    const bool canChoose = m_brush->isEnabled();
    const QString words = !m_sentence.isEmpty() ? m_sentence
                          : canChoose           ? tr("Drag to look at a range of time")
                                                : whyNotOfAllocations(*m_profile->memory);
    const QFont font = uiFont(12, m_sentence.isEmpty() ? QFont::Normal : QFont::DemiBold);
    const double right = m_clear->isVisible() ? m_clear->geometry().left() - scaledF(8) : head.right();
    p.setFont(font);
    p.setPen(m_sentence.isEmpty() ? t.text.tertiary : t.accent.text);
    p.drawText(QRectF(x, 0, right - x, head.height()), Qt::AlignVCenter | Qt::AlignRight,
               QFontMetricsF(font).elidedText(words, Qt::ElideRight, right - x));
}

} // namespace sundial
