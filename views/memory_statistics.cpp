// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/memory_statistics.h"

#include "model/modules.h"
#include "views/number_text.h"
#include "views/plot_style.h"
#include "views/stat_tile.h"
#include "views/text_fit.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <qcustomplot.h>

namespace sundial
{

namespace
{

constexpr std::size_t kLocations = 10;
constexpr int kRowHeight = 26;
constexpr int kHistogramHeight = 200;

/// A table to read and to copy from: the first column is text and takes the room, numbers stand right.
QTableWidget* makeTable(const QStringList& heads, int rows, const QString& name)
{
    auto* const table = new QTableWidget(rows, int(heads.size()));
    table->setHorizontalHeaderLabels(heads);
    table->setAccessibleName(name);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(scaled(kRowHeight));
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int column = 0; column < int(heads.size()); ++column) {
        table->horizontalHeaderItem(column)->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) |
                                                              Qt::AlignVCenter);
        // The style's padding is not part of what a section asks for.
        const int text = table->fontMetrics().horizontalAdvance(heads[column]);
        table->setColumnWidth(column, std::max(text, scaled(40)) + scaled(36));
    }
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

void setCell(QTableWidget* table, int row, int column, const QString& text)
{
    auto* const item = new QTableWidgetItem(text);
    item->setToolTip(text);
    item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    table->setItem(row, column, item);
}

QString cellText(std::uint64_t bytes, const DisplayUnit& unit)
{
    return QString::fromStdString(formatCell(double(bytes), unit, localeStyle()));
}

QString headText(const QString& name, const DisplayUnit& unit)
{
    return name + QStringLiteral("  ") + QString::fromStdString(unit.symbol);
}

QString locationText(const FrameTable& frames, const MemoryStatistics::Location& location)
{
    if (!location.function)
        return MemoryStatisticsDialog::tr("without a stack");
    const QString file = displayText(shortPath(frames.strings().text(location.file)));
    const QString function = displayText(frames.strings().text(location.function));
    return location.line > 0 ? QStringLiteral("%1  %2:%3").arg(function, file).arg(location.line)
                             : QStringLiteral("%1  %2").arg(function, file);
}

QLabel* titleOf(const QString& text)
{
    auto* const label = new QLabel(text);
    label->setFont(uiFont(13, QFont::DemiBold));
    return label;
}

} // namespace

MemoryStatisticsDialog::MemoryStatisticsDialog(const Profile& profile, const Theme& theme, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Statistics of all allocations"));
    setPalette(theme.palette());
    const MemoryStatistics& statistics = profile.memory->statistics;
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    grid->setHorizontalSpacing(scaled(24));
    grid->setVerticalSpacing(scaled(8));
    grid->addWidget(makeTotals(profile, theme), 0, 0, 1, 2);
    grid->addWidget(titleOf(tr("Sizes")), 1, 0);
    grid->addWidget(titleOf(tr("Allocators")), 1, 1);
    grid->addWidget(makeHistogram(statistics, theme), 2, 0);
    grid->addWidget(makeAllocators(statistics), 2, 1);
    grid->addWidget(titleOf(tr("Largest by size")), 3, 0);
    grid->addWidget(titleOf(tr("Largest by number")), 3, 1);
    grid->addWidget(makeLocations(profile, LocationOrder::Bytes), 4, 0);
    grid->addWidget(makeLocations(profile, LocationOrder::Count), 4, 1);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    grid->addWidget(buttons, 5, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(4, 1);
    resize(scaled(1040), scaled(720));
}

QWidget* MemoryStatisticsDialog::makeTotals(const Profile& profile, const Theme& theme)
{
    const MemoryCapture& memory = *profile.memory;
    const AllocationSum& total = memory.statistics.total;
    auto* const row = new QWidget;
    auto* const layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(scaled(12));
    const auto add = [&](const QString& label, const QString& value, const QString& note) {
        auto* const tile = new StatTile;
        tile->setTheme(theme);
        tile->setTexts(label, value, note);
        layout->addWidget(tile);
    };
    add(tr("All allocations"), valueText(double(total.bytes), Unit::Bytes), tr("over the whole time"));
    add(tr("Number"), countText(double(total.count)), {});
    add(tr("Mean size"), valueText(total.count > 0 ? double(total.bytes) / double(total.count) : 0, Unit::Bytes),
        tr("%1 different").arg(countText(double(memory.statistics.distinctSizes))));
    add(tr("High-water mark"), valueText(memory.peakBytes, Unit::Bytes), {});
    return row;
}

QWidget* MemoryStatisticsDialog::makeHistogram(const MemoryStatistics& statistics, const Theme& theme)
{
    auto* const plot = new QCustomPlot;
    plot->setMinimumHeight(scaled(kHistogramHeight));
    plot->setFocusPolicy(Qt::NoFocus);
    stylePlot(plot, theme);
    auto* const bars = new QCPBars(plot->xAxis, plot->yAxis);
    bars->setPen(Qt::NoPen);
    bars->setBrush(theme.accent.base);
    bars->setWidth(0.86);
    const auto labels = QSharedPointer<QCPAxisTickerText>::create();
    QStringList spoken;
    double most = 1;
    for (std::size_t i = 0; i < statistics.histogram.size(); ++i) {
        const MemoryStatistics::Bin& bin = statistics.histogram[i];
        const QString bound = QStringLiteral("< ") + valueText(double(bin.upperBound), Unit::Bytes);
        bars->addData(double(i), double(bin.count));
        labels->addTick(double(i), bound);
        most = std::max(most, double(bin.count));
        spoken << tr("%1: %2").arg(bound, countText(double(bin.count)));
    }
    plot->xAxis->setTicker(labels);
    plot->xAxis->setTickLabelRotation(-40);
    plot->xAxis->setRange(-0.6, double(statistics.histogram.size()) - 0.4);
    plot->yAxis->setTicker(unitTicker({}, 4));
    plot->yAxis->setRange(0, 1.08 * most);
    plot->setAccessibleName(tr("Histogram of sizes"));
    plot->setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    return plot;
}

QTableWidget* MemoryStatisticsDialog::makeAllocators(const MemoryStatistics& statistics)
{
    const std::vector<MemoryStatistics::Allocator>& allocators = statistics.allocators;
    std::uint64_t largest = 0;
    for (const MemoryStatistics::Allocator& allocator : allocators)
        largest = std::max(largest, allocator.total.bytes);
    const DisplayUnit unit = columnUnit(double(largest), Unit::Bytes);
    QTableWidget* const table = makeTable({tr("Allocator"), headText(tr("all"), unit), tr("number"),
                                           headText(tr("at the peak"), unit), headText(tr("leaked"), unit)},
                                          int(allocators.size()), tr("Allocators"));
    for (int row = 0; row < int(allocators.size()); ++row) {
        const MemoryStatistics::Allocator& allocator = allocators[std::size_t(row)];
        setCell(table, row, 0, displayText(allocator.name));
        setCell(table, row, 1, cellText(allocator.total.bytes, unit));
        setCell(table, row, 2, countText(double(allocator.total.count)));
        setCell(table, row, 3, cellText(allocator.peak.bytes, unit));
        setCell(table, row, 4, cellText(allocator.leaked.bytes, unit));
    }
    return table;
}

QTableWidget* MemoryStatisticsDialog::makeLocations(const Profile& profile, LocationOrder order)
{
    const MemoryStatistics& statistics = profile.memory->statistics;
    const std::vector<std::uint32_t> largest = largestLocations(statistics, order, kLocations);
    std::uint64_t most = 0;
    for (const std::uint32_t i : largest)
        most = std::max(most, statistics.locations[i].sum.bytes);
    const DisplayUnit unit = columnUnit(double(most), Unit::Bytes);
    QTableWidget* const table =
        makeTable({tr("Location"), headText(tr("size"), unit), tr("number")}, int(largest.size()),
                  order == LocationOrder::Bytes ? tr("Largest by size") : tr("Largest by number"));
    for (int row = 0; row < int(largest.size()); ++row) {
        const MemoryStatistics::Location& location = statistics.locations[largest[std::size_t(row)]];
        setCell(table, row, 0, locationText(profile.frames, location));
        setCell(table, row, 1, cellText(location.sum.bytes, unit));
        setCell(table, row, 2, countText(double(location.sum.count)));
    }
    return table;
}

} // namespace sundial
