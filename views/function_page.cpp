// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/function_page.h"

#include "model/frame_name.h"
#include "model/memory_range.h"
#include "views/elided_label.h"
#include "views/icons.h"
#include "views/memory_text.h"
#include "views/number_text.h"
#include "views/on_worker.h"
#include "views/text_fit.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace sundial
{

namespace
{

constexpr std::size_t kShownRows = 10;
const QString kRecursion = QStringLiteral("↻");

QToolButton* iconButton(QWidget* parent, const QString& name)
{
    auto* const button = new QToolButton(parent);
    button->setProperty("quiet", true);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

/// How many samples stand behind a total of 100 %; 0 if that is not known.
double sampleCount(const Analysis& analysis)
{
    if (analysis.metricInfo().kind != NumberKind::Sampled)
        return 0;
    if (analysis.metricInfo().unit == Unit::Samples)
        return analysis.total;
    return double(analysis.profile->samples.size());
}

/// Half the width of the 95 % band of a share found by sampling, as a fraction: the binomial's.
QString bandText(const Analysis& analysis, double share)
{
    const double samples = sampleCount(analysis);
    if (samples < 1 || share <= 0 || share > 1)
        return {};
    constexpr double kDeviations = 1.96;
    return QStringLiteral("± ") + percentText(kDeviations * std::sqrt(share * (1 - share) / samples));
}

/// What a function and all that it calls hold in each of the metrics, each stack once; 0 where a metric is none.
/// O(nodes), but no more than a look at each frame.
template <std::size_t N>
std::array<double, N> totalsOf(const CallTree& tree, const std::array<MetricId, N>& metrics, FrameId function)
{
    std::array<double, N> totals{};
    for (std::uint32_t n = 1; n < tree.size();) {
        const NodeId node{n};
        if (tree.frame(node) != function) {
            ++n;
            continue;
        }
        for (std::size_t m = 0; m < N; ++m)
            totals[m] += metrics[m] ? tree.total(metrics[m], node) : 0;
        n = tree.subtreeEnd(node).value;
    }
    return totals;
}

} // namespace

FunctionPage::FunctionPage(const ViewContext* context, QWidget* parent) : QWidget(parent), m_context(context)
{
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeading());
    m_location = new ElidedLabel(ElidedLabel::Kind::Link, this);
    connect(m_location, &ElidedLabel::clicked, this, [this] { emit openInEditorRequested(m_function); });
    column->addWidget(m_location);
    column->addSpacing(scaled(12));

    auto* const tiles = new QGridLayout;
    tiles->setSpacing(scaled(8));
    tiles->setHorizontalSpacing(scaled(12));
    m_self = new StatTile(this);
    m_total = new StatTile(this);
    m_calls = new StatTile(this);
    m_perCall = new StatTile(this);
    tiles->addWidget(m_self, 0, 0);
    tiles->addWidget(m_total, 0, 1);
    tiles->addWidget(m_calls, 1, 0);
    tiles->addWidget(m_perCall, 1, 1);
    column->addLayout(tiles);
    column->addSpacing(scaled(20));

    m_stripTitle = new QLabel(tr("Where its total goes"), this);
    m_strip = new ShareStrip(this);
    m_strip->setAccessibleName(m_stripTitle->text());
    column->addWidget(m_stripTitle);
    column->addSpacing(scaled(6));
    column->addWidget(m_strip);
    column->addSpacing(scaled(16));
    column->addWidget(makeBlocks());
    m_callers = new RankedSection(this);
    m_callees = new RankedSection(this);
    column->addWidget(m_callers);
    column->addSpacing(scaled(16));
    column->addWidget(m_callees);
    m_stack = new StackSection(this);
    column->addSpacing(scaled(16));
    column->addWidget(m_stack);
    column->addStretch(1);
    connect(m_strip, &ShareStrip::activated, this, &FunctionPage::functionActivated);
    connect(&m_callers->list(), &RankedList::functionActivated, this, &FunctionPage::functionActivated);
    connect(&m_callees->list(), &RankedList::functionActivated, this, &FunctionPage::functionActivated);
    connect(&m_stack->list(), &RankedList::placeActivated, this, &FunctionPage::placeActivated);
}

QWidget* FunctionPage::makeBlocks()
{
    m_blocksBox = new QWidget(this);
    m_blocksTitle = new QLabel(tr("Its blocks over time"), m_blocksBox);
    m_blocksMost = new QLabel(m_blocksBox);
    m_blocks = new BlocksStrip(m_blocksBox);
    m_blocks->setAccessibleName(m_blocksTitle->text());
    auto* const head = new QHBoxLayout;
    head->addWidget(m_blocksTitle, 1);
    head->addWidget(m_blocksMost);
    auto* const column = new QVBoxLayout(m_blocksBox);
    column->setContentsMargins(0, 0, 0, scaled(16));
    column->setSpacing(scaled(6));
    column->addLayout(head);
    column->addWidget(m_blocks);
    return m_blocksBox;
}

QWidget* FunctionPage::makeHeading()
{
    auto* const heading = new QWidget(this);
    m_swatch = new QLabel(heading);
    m_name = new ElidedLabel(ElidedLabel::Kind::Text, heading);
    m_copy = iconButton(heading, tr("Copy name and location"));
    m_editor = iconButton(heading, tr("Open in editor"));
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(displayText(frameLabel(m_context->analysis()->frames(), m_function)));
    });
    connect(m_editor, &QToolButton::clicked, this, [this] { emit openInEditorRequested(m_function); });
    auto* const row = new QHBoxLayout(heading);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_swatch);
    row->addSpacing(scaled(8));
    row->addWidget(m_name, 1);
    row->addWidget(m_copy);
    row->addWidget(m_editor);
    return heading;
}

void FunctionPage::applyTheme()
{
    const Theme& t = m_context->theme();
    setPalette(t.palette());
    m_name->setFont(uiFont(16, QFont::DemiBold));
    m_location->setFont(uiFont(12));
    m_stripTitle->setFont(uiFont(12, QFont::DemiBold));
    QPalette quiet = t.palette();
    quiet.setColor(QPalette::WindowText, t.text.secondary);
    m_stripTitle->setPalette(quiet);
    m_blocksTitle->setFont(uiFont(12, QFont::DemiBold));
    m_blocksTitle->setPalette(quiet);
    m_blocksMost->setFont(uiFont(12));
    m_blocksMost->setPalette(quiet);
    m_blocks->setTheme(t);
    m_copy->setIcon(themedIcon(QStringLiteral("copy"), t.text.secondary, t.text.disabled));
    m_editor->setIcon(themedIcon(QStringLiteral("editor"), t.text.secondary, t.text.disabled));
    for (StatTile* const tile : {m_self, m_total, m_calls, m_perCall})
        tile->setTheme(t);
    m_strip->setTheme(t);
    m_callers->setTheme(t);
    m_callees->setTheme(t);
    m_stack->setTheme(t);
}

void FunctionPage::showFunction(FrameId function, const Components& components)
{
    m_function = function;
    const Analysis& analysis = *m_context->analysis();
    const FrameTable& frames = analysis.frames();
    const QColor color = m_context->theme().swatch(m_context->palette().color(function));
    const int side = scaled(12);
    QPixmap swatch(QSize(side, side) * devicePixelRatioF());
    swatch.setDevicePixelRatio(devicePixelRatioF());
    swatch.fill(Qt::transparent);
    QPainter painter(&swatch);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(0, 0, side, side, 3, 3);
    painter.end();
    m_swatch->setPixmap(swatch);
    m_name->setFullText(displayText(frameName(frames, function)));
    m_name->setToolTip(displayText(frames.name(function)));
    m_location->setFullText(displayText(shortLocation(frames, function)), true);
    m_location->setToolTip(displayText(frameLocation(frames, function)));
    const bool hasSource = frames.kind(function) == FrameKind::Python && !frames.file(function).empty();
    m_location->setEnabled(hasSource);
    m_editor->setEnabled(hasSource);
    showTiles(function);
    showStrip(function, components);
    showBlocksOverTime(function);
    showEdges(*m_callers, tr("Callers"), callersOf(analysis.graph, components, function), function, true);
    showEdges(*m_callees, tr("Callees"), calleesOf(analysis.graph, components, function), function, false);
    m_callers->setEmptyText(analysis.graph.callers(function).empty() ? tr("None here: called from outside the profile.")
                                                                     : QString());
    const QString allItsOwn =
        analysis.profile->memory ? tr("None: all its blocks are its own.") : tr("None: all its time is its own.");
    m_callees->setEmptyText(analysis.graph.callees(function).empty() ? allItsOwn : QString());
}

void FunctionPage::showPlace(NodeId place)
{
    m_stack->showStack(*m_context, place);
}

void FunctionPage::showTiles(FrameId function)
{
    const Analysis& analysis = *m_context->analysis();
    const FunctionTable& functions = analysis.functions();
    const ArcDialect& dialect = analysis.graph.dialect();
    const std::uint32_t f = function.value;
    const Unit unit = analysis.metricInfo().unit;
    const bool listed = functions.listed[f];
    const auto share = [&](double value) { return analysis.total > 0 ? std::min(1.0, value / analysis.total) : 0; };
    const auto showAmount = [&](StatTile* tile, const QString& label, double value) {
        if (listed)
            tile->setTexts(label, valueText(value, unit), percentText(share(value)), bandText(analysis, share(value)));
        else
            tile->setTexts(label, QStringLiteral("—"), {});
    };
    showAmount(m_self, tr("Self"), functions.self[f]);
    showAmount(m_total, tr("Total"), functions.total[f]);

    if (analysis.profile->memory) {
        showBlocks(function);
        return;
    }
    const std::int64_t calls = functions.calls[f], primitive = functions.primitiveCalls[f];
    const bool hasCalls = listed && calls >= 0 && !dialect.callsUnknown;
    const bool hasPerCall = hasCalls && !dialect.sampled && primitive > 0;
    m_calls->setVisible(hasCalls);
    m_perCall->setVisible(hasCalls && !dialect.sampled);
    if (hasCalls)
        m_calls->setTexts(dialect.sampled ? tr("Samples") : tr("Calls"), countText(double(calls)),
                          dialect.sampled      ? QString()
                          : calls == primitive ? tr("primitive")
                                               : tr("%1 primitive").arg(countText(double(primitive))));
    m_perCall->setTexts(tr("Per call"),
                        hasPerCall ? valueText(functions.total[f] / double(primitive), unit) : QStringLiteral("—"),
                        tr("total"));
}

/// Of captures, in place of calls: what else its blocks and those of its callees come to.
void FunctionPage::showBlocks(FrameId function)
{
    const Analysis& analysis = *m_context->analysis();
    const Profile& profile = *analysis.profile;
    const auto show = [&](StatTile* tile, const QString& label, MetricId metric, double value, const QString& note) {
        tile->setVisible(bool(metric));
        if (metric)
            tile->setTexts(label, valueText(value, profile.metrics[metric.value].unit), note);
    };
    const bool isOfRange = analysis.options.range.has_value();
    const bool showsLeaks = analysis.metricInfo().id.starts_with("leaked");
    const bool inBlocks = analysis.metricInfo().unit == Unit::Count;
    const MetricId other = findMetric(profile, showsLeaks ? (inBlocks ? "peak-count" : "peak-bytes")
                                                          : (inBlocks ? "leaked-count" : "leaked-bytes"));
    const double whole = other ? analysis.paths.total(other, NodeId{0}) : 0;
    const MetricId live = findMetric(profile, "peak-count"), all = findMetric(profile, "total-count");
    const auto [otherTotal, liveCount, allCount] = totalsOf(analysis.paths, std::array{other, live, all}, function);
    show(m_calls,
         showsLeaks  ? tr("At the peak")
         : isOfRange ? tr("Not freed")
                     : tr("Leaked"),
         other, otherTotal, whole > 0 ? percentText(otherTotal / whole) : QString());
    show(m_perCall, all ? tr("Allocations") : tr("Blocks at the peak"), all ? all : live, all ? allCount : liveCount,
         all ? tr("%1 at the peak").arg(countText(liveCount)) : QString());
}

/// On a worker: there may be millions of blocks.
void FunctionPage::showBlocksOverTime(FrameId function)
{
    const AnalysisPtr analysis = m_context->analysis();
    const MemoryCapture* const memory = analysis->profile->memory.get();
    const bool isKnown = memory && memory->index && hasTime(*memory);
    m_blocksBox->setVisible(isKnown);
    m_blocks->setSeries({});
    m_blocksMost->clear();
    if (!isKnown)
        return;
    const auto look = [analysis, function] {
        const AnalysisOptions& options = analysis->options;
        auto series = std::make_shared<BlockSeries>();
        series->timeline.time = analysis->profile->memory->timeline.time;
        series->bytes = liveOverTime(*analysis->profile, function, options.lanes, options.allocator);
        return series;
    };
    onWorker(this, look, [this, analysis, function](const std::shared_ptr<BlockSeries>& series) {
        if (!series || function != m_function || analysis != m_context->analysis())
            return;
        m_blocks->setSeries(std::move(*series));
        m_blocksMost->setText(tr("at most %1").arg(m_blocks->textAt(m_blocks->series().largest())));
    });
}

void FunctionPage::showStrip(FrameId function, const Components& components)
{
    const Analysis& analysis = *m_context->analysis();
    const Theme& t = m_context->theme();
    const TotalSplit split = splitTotal(analysis.graph, components, function);
    const Unit unit = analysis.metricInfo().unit;
    std::vector<StripPart> parts;
    const auto describe = [&](const QString& name, double value) {
        return QStringLiteral("%1  %2, %3").arg(name, valueText(value, unit), percentText(value / split.whole));
    };
    if (split.whole > 0) {
        parts.push_back({t.heat[t.isDark ? 6 : 5],
                         tr("self"),
                         describe(tr("self"), split.self),
                         std::max(0.0, split.self / split.whole),
                         {},
                         false});
        for (const EdgeId e : split.callees) {
            const Edge& edge = analysis.graph.edge(e);
            const QString name = displayText(frameName(analysis.frames(), edge.callee));
            parts.push_back({m_context->palette().color(edge.callee), name, describe(name, edge.total),
                             std::max(0.0, edge.total / split.whole), edge.callee, false});
        }
        constexpr double kRounding = 1e-9; // what sums of floats leave over
        if (split.rest > kRounding * split.whole) {
            const QString name = split.isRecursive ? kRecursion + QLatin1Char(' ') + tr("inside its recursion")
                                                   : tr("callees that the file does not tell");
            parts.push_back({t.surface.sunken, name, describe(name, split.rest), split.rest / split.whole, {}, true});
        }
    }
    m_stripTitle->setVisible(!parts.empty());
    m_strip->setVisible(!parts.empty());
    m_strip->setParts(std::move(parts));
}

RankedRow FunctionPage::edgeRow(const Edge& edge, FrameId other, FrameId function, bool isOutside,
                                const DisplayUnit& unit, double largest) const
{
    const Analysis& analysis = *m_context->analysis();
    const bool byCalls = analysis.graph.dialect().edgeCounts;
    const double value = byCalls ? double(std::max<std::int64_t>(edge.calls, 0)) : edge.total;
    const std::int64_t allCalls = analysis.functions().calls[function.value];
    const double whole = byCalls ? double(allCalls) : analysis.functions().total[function.value];
    RankedRow row;
    row.function = other;
    row.swatch = m_context->theme().swatch(m_context->palette().color(other));
    row.name = displayText(frameName(analysis.frames(), other));
    row.isOwn = m_context->palette().isOwn(other);
    row.value = QString::fromStdString(formatCell(value, unit, localeStyle()));
    row.bar = isOutside && largest > 0 ? std::clamp(value / largest, 0.0, 1.0) : 0;
    row.share = !isOutside                                        ? kRecursion
                : whole > 0 && !(byCalls && other == edge.callee) ? percentText(value / whole)
                                                                  : QString();
    QStringList lines{displayText(frameLabel(analysis.frames(), other))};
    if (edge.calls >= 0)
        lines << tr("%1 calls").arg(callsText(edge.calls, edge.primitiveCalls));
    if (!isOutside)
        lines << tr("Inside the recursion: this value overlaps with others and does not add up with them.");
    row.toolTip = lines.join(QLatin1Char('\n'));
    return row;
}

void FunctionPage::showEdges(RankedSection& section, const QString& title, const FunctionEdges& edges, FrameId function,
                             bool areCallers)
{
    const Analysis& analysis = *m_context->analysis();
    const CallGraph& graph = analysis.graph;
    const bool byCalls = graph.dialect().edgeCounts;
    double largest = 0, whole = analysis.functions().total[function.value];
    for (const EdgeId e : edges.edges)
        largest = std::max(largest, byCalls ? double(graph.edge(e).calls) : graph.edge(e).total);
    const DisplayUnit unit = byCalls ? DisplayUnit{} : columnUnit(largest, analysis.metricInfo().unit);
    std::vector<RankedRow> rows;
    for (std::size_t i = 0; i < edges.edges.size(); ++i) {
        const Edge& edge = graph.edge(edges.edges[i]);
        rows.push_back(edgeRow(edge, areCallers ? edge.caller : edge.callee, function, i < edges.outside, unit,
                               std::max(largest, byCalls ? 0.0 : whole)));
    }
    const QString value = byCalls ? tr("calls")
                          : unit.symbol.empty()
                              ? tr("total")
                              : tr("total") + QStringLiteral("  ") + QString::fromStdString(unit.symbol);
    section.head().setTexts(title, countText(double(rows.size())), value,
                            areCallers ? tr("of this")
                            : byCalls  ? QString()
                                       : tr("of parent"));
    const std::size_t shown = std::min(rows.size(), kShownRows);
    // A single hidden row would need as much room as the line that stands for it.
    if (rows.size() <= shown + 1) {
        section.list().setRows(std::move(rows));
        return;
    }
    double folded = 0;
    for (std::size_t i = shown; i < std::min(edges.outside, edges.edges.size()); ++i)
        folded += graph.edge(edges.edges[i]).total;
    RankedRow rest;
    const QString count = countText(double(rows.size() - shown));
    rest.name = edges.outside <= shown  ? tr("%1 smaller, inside the recursion").arg(count) // these add up to nothing
                : byCalls || whole <= 0 ? tr("%1 smaller").arg(count)
                                        : tr("%1 smaller, %2").arg(count, percentText(folded / whole));
    rest.toolTip = tr("Show all");
    section.list().setRows(std::move(rows), shown, std::move(rest));
}

} // namespace sundial
