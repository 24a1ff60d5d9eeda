// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells and heads of the function table say. Rows and their order are in function_model.cpp.
#include "model/frame_name.h"
#include "views/models/function_model.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <algorithm>
#include <cmath>

namespace sundial
{

namespace
{

const QString kAbsent = QStringLiteral("—");

/// A unit for values of very different size: where the middle one reads well. With the largest's, all but a few would
/// be 0.00.
DisplayUnit unitOfMedian(std::vector<double> values, Unit unit)
{
    std::erase_if(values, [](double value) { return !(value > 0); });
    if (values.empty())
        return columnUnit(0, unit);
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    DisplayUnit result = columnUnit(*middle, unit);
    result.decimals = 1;
    return result;
}

double largestOf(const std::vector<double>& values)
{
    return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

bool hasFractions(const std::vector<double>& values)
{
    return std::any_of(values.begin(), values.end(), [](double value) { return value != std::floor(value); });
}

std::vector<double> perCall(const std::vector<double>& values, const std::vector<std::int64_t>& calls)
{
    std::vector<double> result(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        result[i] = calls[i] > 0 ? values[i] / double(calls[i]) : 0;
    return result;
}

bool isCount(FunctionColumn column)
{
    return column == FunctionColumn::Calls || column == FunctionColumn::PrimitiveCalls ||
           column == FunctionColumn::Blocks;
}

} // namespace

/// One unit a column, chosen from its values.
void FunctionModel::measureColumns()
{
    const FunctionTable& functions = m_analysis->functions();
    const ArcDialect& dialect = m_analysis->graph.dialect();
    const Unit unit = m_analysis->metricInfo().unit;
    const auto largestCalls = [](const std::vector<std::int64_t>& calls) {
        return calls.empty() ? kCallsUnknown : *std::max_element(calls.begin(), calls.end());
    };
    m_style = localeStyle();
    m_hasCalls = !dialect.callsUnknown && largestCalls(functions.calls) >= 0;
    m_hasPerCall = m_hasCalls && !dialect.sampled;
    m_hasBlocks = !functions.blocks.empty();
    m_hasAllocators = m_analysis->profile->memory && !m_analysis->profile->memory->allocatorsOf.empty();

    const auto largest = [this](FunctionColumn column) -> double& { return m_largest[std::size_t(column)]; };
    const auto display = [this](FunctionColumn column) -> DisplayUnit& { return m_units[std::size_t(column)]; };
    largest(FunctionColumn::Calls) = double(largestCalls(functions.calls));
    largest(FunctionColumn::PrimitiveCalls) = double(largestCalls(functions.primitiveCalls));
    largest(FunctionColumn::Blocks) = largestOf(functions.blocks);
    largest(FunctionColumn::Self) = largestOf(functions.self);
    largest(FunctionColumn::Total) = largestOf(functions.total);
    largest(FunctionColumn::SelfShare) = largest(FunctionColumn::TotalShare) = 1;

    // Self and total in one unit, so that they can be compared; unless that makes totals unreadably long.
    constexpr double kLongest = 1e6;
    DisplayUnit& self = display(FunctionColumn::Self);
    self = columnUnit(largest(FunctionColumn::Self), unit);
    if (!isTime(unit) && unit != Unit::Bytes && (hasFractions(functions.self) || hasFractions(functions.total)))
        self.decimals = 2;
    const bool fits = largest(FunctionColumn::Total) / self.divisor < kLongest || self.symbol.empty();
    display(FunctionColumn::Total) = fits ? self : columnUnit(largest(FunctionColumn::Total), unit);
    if (!m_hasPerCall)
        return;
    const std::vector<double> selfPerCall = perCall(functions.self, functions.calls);
    largest(FunctionColumn::SelfPerCall) = largestOf(selfPerCall);
    largest(FunctionColumn::TotalPerCall) = largestOf(perCall(functions.total, functions.primitiveCalls));
    display(FunctionColumn::SelfPerCall) = unitOfMedian(selfPerCall, unit);
    display(FunctionColumn::TotalPerCall) = display(FunctionColumn::SelfPerCall);
}

bool FunctionModel::isNumber(FunctionColumn column)
{
    return column < FunctionColumn::Function;
}

bool FunctionModel::isAvailable(FunctionColumn column) const
{
    switch (column) {
    case FunctionColumn::Calls:
        return m_hasCalls;
    case FunctionColumn::PrimitiveCalls:
    case FunctionColumn::SelfPerCall:
    case FunctionColumn::TotalPerCall:
        return m_hasPerCall;
    case FunctionColumn::Blocks:
        return m_hasBlocks;
    case FunctionColumn::Allocator:
        return m_hasAllocators;
    default:
        return true;
    }
}

QString FunctionModel::title(FunctionColumn column) const
{
    const bool isPstats = m_analysis && m_analysis->profile->formatId == "pstats";
    const bool isSampled = m_analysis && m_analysis->graph.dialect().sampled;
    switch (column) {
    case FunctionColumn::Calls:
        return isSampled ? tr("samples") : isPstats ? QStringLiteral("ncalls") : tr("calls");
    case FunctionColumn::PrimitiveCalls:
        return isPstats ? QStringLiteral("pcalls") : tr("primitive calls");
    case FunctionColumn::Self:
        return isPstats ? QStringLiteral("tottime") : tr("self");
    case FunctionColumn::SelfShare:
        return isPstats ? QStringLiteral("tottime") : tr("self");
    case FunctionColumn::Total:
        return isPstats ? QStringLiteral("cumtime") : tr("total");
    case FunctionColumn::TotalShare:
        return isPstats ? QStringLiteral("cumtime") : tr("total");
    case FunctionColumn::SelfPerCall:
    case FunctionColumn::TotalPerCall:
        return isPstats ? QStringLiteral("percall") : tr("per call");
    case FunctionColumn::Blocks:
        return tr("allocations");
    case FunctionColumn::Function:
        return tr("Function");
    case FunctionColumn::Allocator:
        return tr("Allocator");
    case FunctionColumn::Location:
        return tr("Location");
    }
    return {};
}

QString FunctionModel::unitSymbol(FunctionColumn column) const
{
    if (column == FunctionColumn::SelfShare || column == FunctionColumn::TotalShare)
        return QStringLiteral("%");
    if (!m_analysis || !isNumber(column) || isCount(column))
        return {};
    const Metric& metric = m_analysis->metricInfo();
    const std::string& symbol = m_units[std::size_t(column)].symbol;
    if (!symbol.empty())
        return QString::fromStdString(symbol);
    if (metric.unit == Unit::Samples)
        return tr("samples");
    return displayText(metric.unitText);
}

QString FunctionModel::cell(std::optional<double> value, FunctionColumn column) const
{
    if (!value)
        return kAbsent;
    if (column == FunctionColumn::Blocks)
        return QString::fromStdString(formatCount(*value, m_style));
    if (column == FunctionColumn::SelfShare || column == FunctionColumn::TotalShare)
        return QString::fromStdString(formatCell(100 * *value, {{}, 1, 1}, m_style));
    return QString::fromStdString(formatCell(*value, m_units[std::size_t(column)], m_style));
}

/// Of all of these functions together, in the order of the capture's statistics.
QString FunctionModel::allocatorText(std::span<const std::uint32_t> frames) const
{
    if (!m_hasAllocators)
        return {};
    const MemoryCapture& memory = *m_analysis->profile->memory;
    std::uint32_t allocators = 0;
    for (const std::uint32_t frame : frames)
        allocators |= memory.allocatorsOf[frame];
    QStringList names;
    for (std::size_t i = 0; i < memory.statistics.allocators.size(); ++i) {
        if (allocators >> i & 1)
            names << displayText(memory.statistics.allocators[i].name);
    }
    return names.join(QStringLiteral(", "));
}

QString FunctionModel::groupText(const FunctionGroup& group, FunctionColumn column) const
{
    const double whole = m_analysis->total;
    switch (column) {
    case FunctionColumn::Calls:
        return group.calls < 0 ? kAbsent : QString::fromStdString(formatCount(double(group.calls), m_style));
    case FunctionColumn::Self:
        return cell(group.self, column);
    case FunctionColumn::SelfShare:
        return cell(whole > 0 ? group.self / whole : 0, column);
    case FunctionColumn::Total:
        return cell(group.total, column);
    case FunctionColumn::TotalShare:
        return group.total ? cell(whole > 0 ? *group.total / whole : 0, column) : kAbsent;
    case FunctionColumn::Blocks:
        return cell(group.blocks, column);
    case FunctionColumn::PrimitiveCalls:
    case FunctionColumn::SelfPerCall:
    case FunctionColumn::TotalPerCall:
        return {};
    case FunctionColumn::Function:
        if (m_groupBy == GroupBy::File)
            return group.name.empty() || group.name == "~" ? tr("built-in") : displayText(shortPath(group.name));
        return displayText(group.name);
    case FunctionColumn::Allocator:
        return allocatorText(group.members);
    case FunctionColumn::Location:
        return group.members.size() == 1 ? tr("1 function")
                                         : tr("%1 functions").arg(countText(double(group.members.size())));
    }
    return {};
}

QString FunctionModel::text(int row, FunctionColumn column) const
{
    if (const FunctionGroup* const group = groupAt(row))
        return groupText(*group, column);
    return text(frameAt(row), column);
}

QString FunctionModel::text(FrameId frame, FunctionColumn column) const
{
    if (!frame)
        return {};
    const std::uint32_t f = frame.value;
    if (column == FunctionColumn::Function)
        return displayText(frameName(m_analysis->frames(), frame));
    if (column == FunctionColumn::Allocator)
        return allocatorText(std::span(&f, 1));
    if (column == FunctionColumn::Location)
        return displayText(shortLocation(m_analysis->frames(), frame));
    const FunctionTable& functions = m_analysis->functions();
    if (!functions.listed[f])
        return kAbsent;
    const double whole = m_analysis->total;
    switch (column) {
    case FunctionColumn::Blocks:
        return m_hasBlocks ? cell(functions.blocks[f], column) : QString();
    case FunctionColumn::Calls:
        return QString::fromStdString(
            formatCalls(functions.calls[f], m_hasPerCall ? functions.primitiveCalls[f] : functions.calls[f], m_style));
    case FunctionColumn::PrimitiveCalls:
        return QString::fromStdString(formatCalls(functions.primitiveCalls[f], functions.primitiveCalls[f], m_style));
    case FunctionColumn::Self:
        return cell(functions.self[f], column);
    case FunctionColumn::SelfShare:
        return cell(whole > 0 ? functions.self[f] / whole : 0, column);
    case FunctionColumn::Total:
        return cell(functions.total[f], column);
    case FunctionColumn::TotalShare:
        return cell(whole > 0 ? functions.total[f] / whole : 0, column);
    case FunctionColumn::SelfPerCall:
        return functions.calls[f] > 0 ? cell(functions.self[f] / double(functions.calls[f]), column) : QString();
    case FunctionColumn::TotalPerCall:
        return functions.primitiveCalls[f] > 0 ? cell(functions.total[f] / double(functions.primitiveCalls[f]), column)
                                               : QString();
    default:
        return {};
    }
}

double FunctionModel::bar(int row, FunctionColumn column) const
{
    const FunctionGroup* const group = groupAt(row);
    const FrameId frame = frameAt(row);
    if (!group && !(frame && m_analysis->functions().listed[frame.value]))
        return 0;
    const double whole = m_analysis->total;
    if (column == FunctionColumn::Total) {
        const double total = group ? group->total.value_or(0) : m_analysis->functions().total[frame.value];
        return whole > 0 ? std::clamp(total / whole, 0.0, 1.0) : 0;
    }
    if (column != FunctionColumn::Self)
        return 0;
    const double self = group ? group->self : m_analysis->functions().self[frame.value];
    const double full = m_groupBy == GroupBy::None ? m_largest[std::size_t(column)] : whole;
    return full > 0 ? std::clamp(self / full, 0.0, 1.0) : 0;
}

QString FunctionModel::widest(FunctionColumn column) const
{
    if (!m_analysis)
        return {};
    if (column == FunctionColumn::Calls || column == FunctionColumn::PrimitiveCalls) {
        // Recursive rows show two counts; room for the longest of them is worth more than an even column.
        const FunctionTable& functions = m_analysis->functions();
        std::int64_t largest = 0, largestPair = 0;
        for (std::uint32_t f = 0; f < functions.size(); ++f) {
            largest = std::max(largest, functions.calls[f]);
            if (functions.calls[f] != functions.primitiveCalls[f])
                largestPair = std::max(largestPair, functions.calls[f]);
        }
        const bool pairs = column == FunctionColumn::Calls && m_hasPerCall;
        const std::string single = formatCount(double(largest), m_style);
        const std::string pair = pairs && largestPair > 0 ? formatCalls(largestPair, largestPair - 1, m_style) : "";
        return QString::fromStdString(pair.size() > single.size() ? pair : single);
    }
    return cell(m_largest[std::size_t(column)], column);
}

QString FunctionModel::toolTip(int row, FunctionColumn column) const
{
    if (const FunctionGroup* const group = groupAt(row)) {
        if ((column == FunctionColumn::Total || column == FunctionColumn::TotalShare) && !group->total)
            return tr("These functions call each other, and the file does not tell paths: their totals overlap and "
                      "cannot be added up.");
        return column == FunctionColumn::Function ? displayText(group->name) : QString();
    }
    const FrameId frame = frameAt(row);
    if (!frame)
        return {};
    if (!m_analysis->functions().listed[frame.value])
        return tr("The file names this function as a caller only and tells no numbers of its own.");
    switch (column) {
    case FunctionColumn::Function:
        return displayText(m_analysis->frames().name(frame));
    case FunctionColumn::Allocator:
        return allocatorText(std::span(&frame.value, 1));
    case FunctionColumn::Location:
        return displayText(frameLocation(m_analysis->frames(), frame));
    case FunctionColumn::Calls:
        if (m_hasPerCall &&
            m_analysis->functions().calls[frame.value] != m_analysis->functions().primitiveCalls[frame.value])
            return tr("%1 calls, %2 of them from outside the function's own recursion")
                .arg(countText(double(m_analysis->functions().calls[frame.value])),
                     countText(double(m_analysis->functions().primitiveCalls[frame.value])));
        return {};
    default:
        return {};
    }
}

QVariant FunctionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = FunctionColumn(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::ToolTipRole:
        return toolTip(index.row(), column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(isNumber(column) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter));
    default:
        return {};
    }
}

QVariant FunctionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kFunctionColumns)
        return {};
    const auto column = FunctionColumn(section);
    if (role == Qt::DisplayRole) {
        const QString unit = unitSymbol(column);
        return unit.isEmpty() ? title(column) : title(column) + QStringLiteral("  ") + unit;
    }
    if (role == Qt::InitialSortOrderRole)
        return naturalOrder(column);
    if (role != Qt::ToolTipRole)
        return {};
    switch (column) {
    case FunctionColumn::Calls:
        return m_hasPerCall ? tr("Calls: all, and after a stroke those from outside the function's own recursion")
                            : tr("How often the function was seen");
    case FunctionColumn::PrimitiveCalls:
        return tr("Calls from outside the function's own recursion");
    case FunctionColumn::Self:
        return tr("Spent in the function itself, without what it calls");
    case FunctionColumn::SelfShare:
        return tr("Spent in the function itself, as a share of the whole profile");
    case FunctionColumn::SelfPerCall:
        return tr("Self divided by all calls");
    case FunctionColumn::Total:
        return tr("Spent in the function and all that it calls; recursion counts once");
    case FunctionColumn::TotalShare:
        return tr("Spent in the function and all that it calls, as a share of the whole profile");
    case FunctionColumn::TotalPerCall:
        return tr("Total divided by the calls from outside the function's own recursion");
    case FunctionColumn::Blocks:
        return tr("How many allocations self comes from");
    case FunctionColumn::Function:
        return tr("Name; the user's code in semibold");
    case FunctionColumn::Allocator:
        return tr("Which allocators gave the function its own blocks, at any time and in any thread");
    case FunctionColumn::Location:
        return tr("Source file and line of the definition");
    }
    return {};
}

} // namespace sundial
