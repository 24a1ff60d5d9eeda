// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/metric_tiles.h"

#include "views/memory_text.h"
#include "views/metric_tile.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace sundial
{

namespace
{

constexpr int kSide = 16;
constexpr int kGap = 12;

struct Kind {
    const char* bytesId;
    const char* blocksId;
    const char* label;
    const char* labelOfRange;
};

/// What each tile stands for; of a range, a leak is what its end finds.
constexpr std::array<Kind, MetricTiles::kCount> kKinds{{
    {"peak-bytes", "peak-count", QT_TRANSLATE_NOOP("MetricTiles", "High-water mark"),
     QT_TRANSLATE_NOOP("MetricTiles", "High-water mark of the range")},
    {"leaked-bytes", "leaked-count", QT_TRANSLATE_NOOP("MetricTiles", "Leaked at exit"),
     QT_TRANSLATE_NOOP("MetricTiles", "Not freed by its end")},
    {"temporary-bytes", "temporary-count", QT_TRANSLATE_NOOP("MetricTiles", "Temporary"),
     QT_TRANSLATE_NOOP("MetricTiles", "Temporary")},
    {"total-bytes", "total-count", QT_TRANSLATE_NOOP("MetricTiles", "All allocations"),
     QT_TRANSLATE_NOOP("MetricTiles", "All allocations")},
}};
enum Tile : std::size_t { Peak, Leaked, Temporary, All };

QString reasonOf(const Profile& profile, std::string_view id)
{
    for (const UnavailableMetric& metric : profile.unavailable) {
        if (metric.id == id)
            return displayText(metric.reason);
    }
    return MetricTiles::tr("The file does not tell it.");
}

bool countsBlocks(const Analysis& analysis)
{
    return analysis.metricInfo().unit == Unit::Count;
}

/// How many stacks end in some of it.
std::uint32_t placeCount(const Analysis& analysis, MetricId metric)
{
    std::uint32_t count = 0;
    for (std::uint32_t n = 0; n < analysis.tree.size(); ++n)
        count += analysis.tree.self(metric, NodeId{n}) > 0;
    return count;
}

QString noteOf(const Analysis& analysis, std::size_t tile, MetricId metric, MetricId blocks)
{
    const MemoryCapture& memory = *analysis.profile->memory;
    switch (tile) {
    case Peak:
        return hasTime(memory) ? MetricTiles::tr("at %1").arg(momentText(memory.timeline, peakMeasurement(analysis)))
                               : QString();
    case Leaked: {
        if (analysis.options.inverted)
            return {}; // its tree begins where this one's stacks end
        const std::uint32_t count = placeCount(analysis, metric);
        return count == 1 ? MetricTiles::tr("1 place") : MetricTiles::tr("%1 places").arg(countText(count));
    }
    default:
        return countsBlocks(analysis)
                   ? QString()
                   : MetricTiles::tr("%1 blocks").arg(countText(analysis.tree.total(blocks, NodeId{0})));
    }
}

} // namespace

MetricTiles::MetricTiles(const ViewContext* context, QWidget* parent)
    : QWidget(parent), m_context(context), m_unit(new QToolButton(this))
{
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(kSide), scaled(kGap), scaled(kSide), 0);
    row->setSpacing(scaled(kGap));
    auto* const group = new QButtonGroup(this);
    for (std::size_t i = 0; i < kCount; ++i) {
        m_tiles[i] = new MetricTile;
        group->addButton(m_tiles[i]);
        row->addWidget(m_tiles[i], 1);
        connect(m_tiles[i], &QAbstractButton::clicked, this,
                [this, i] { choose(i, countsBlocks(*m_context->analysis())); });
    }
    m_unit->setPopupMode(QToolButton::InstantPopup);
    m_unit->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_unit->setToolTip(tr("What memory is measured in: its size, or the number of blocks"));
    m_unit->setMenu(new QMenu(m_unit));
    for (const bool inBlocks : {false, true}) {
        m_unit->menu()->addAction(inBlocks ? tr("Blocks") : tr("Bytes"), this, [this, inBlocks] {
            for (std::size_t i = 0; i < kCount; ++i) {
                if (m_tiles[i]->isChecked())
                    choose(i, inBlocks);
            }
        });
    }
    connect(m_context, &ViewContext::analysisChanged, this, &MetricTiles::refresh);
    connect(m_context, &ViewContext::themeChanged, this, [this] {
        for (MetricTile* tile : m_tiles)
            tile->setTheme(m_context->theme());
    });
    refresh();
}

void MetricTiles::choose(std::size_t tile, bool inBlocks)
{
    const Kind& kind = kKinds[tile];
    const Analysis& analysis = *m_context->analysis();
    const MetricId metric = findMetric(*analysis.profile, inBlocks ? kind.blocksId : kind.bytesId);
    if (metric && metric != analysis.metric)
        emit metricChosen(metric);
}

void MetricTiles::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    const bool isMemory = analysis && analysis->profile->memory;
    setVisible(isMemory);
    m_unit->setVisible(isMemory);
    if (!isMemory)
        return;
    const Profile& profile = *analysis->profile;
    const bool inBlocks = countsBlocks(*analysis);
    m_unit->setText(inBlocks ? tr("Blocks") : tr("Bytes"));
    m_unit->setAccessibleName(tr("Measured in: %1").arg(m_unit->text()));
    for (std::size_t i = 0; i < kCount; ++i) {
        const Kind& kind = kKinds[i];
        const QString label = tr(analysis->options.range ? kind.labelOfRange : kind.label);
        const char* const id = inBlocks ? kind.blocksId : kind.bytesId;
        const MetricId metric = findMetric(profile, id);
        if (!metric) {
            m_tiles[i]->setUnavailable(label, reasonOf(profile, id));
            continue;
        }
        m_tiles[i]->setTexts(label,
                             valueText(analysis->tree.total(metric, NodeId{0}), profile.metrics[metric.value].unit),
                             noteOf(*analysis, i, metric, findMetric(profile, kind.blocksId)));
        m_tiles[i]->setChecked(metric == analysis->metric);
    }
}

} // namespace sundial
