// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows there are and in which order. What they say is in function_model_text.cpp.
#include "views/models/function_model.h"

#include "model/release.h"
#include "model/search.h"
#include "views/text_fit.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <algorithm>
#include <span>

namespace sundial
{

namespace
{

constexpr std::uint32_t kGroupBit = std::uint32_t(1) << 31;
/// An expression that backtracks without end must not stop the window.
constexpr qint64 kExpressionLimitMs = 1000;
const QString kStepLimit = QStringLiteral("(*LIMIT_MATCH=200000)");

/// The keys behind a column. Locations that are equal in file and line go on by name, so that their order is settled
/// by what can be seen.
std::span<const SortKey> sortKeys(FunctionColumn column)
{
    static constexpr std::array kCalls{SortKey::Calls};
    static constexpr std::array kPrimitiveCalls{SortKey::PrimitiveCalls};
    static constexpr std::array kSelf{SortKey::Self};
    static constexpr std::array kTotal{SortKey::Total};
    static constexpr std::array kSelfPerCall{SortKey::SelfPerCall};
    static constexpr std::array kTotalPerCall{SortKey::TotalPerCall};
    static constexpr std::array kBlocks{SortKey::Blocks};
    static constexpr std::array kAllocator{SortKey::Allocators};
    static constexpr std::array kName{SortKey::Name};
    static constexpr std::array kLocation{SortKey::File, SortKey::Line};
    switch (column) {
    case FunctionColumn::Calls:
        return kCalls;
    case FunctionColumn::PrimitiveCalls:
        return kPrimitiveCalls;
    case FunctionColumn::Self:
    case FunctionColumn::SelfShare:
        return kSelf;
    case FunctionColumn::SelfPerCall:
        return kSelfPerCall;
    case FunctionColumn::Total:
    case FunctionColumn::TotalShare:
        return kTotal;
    case FunctionColumn::TotalPerCall:
        return kTotalPerCall;
    case FunctionColumn::Blocks:
        return kBlocks;
    case FunctionColumn::Function:
        return kName;
    case FunctionColumn::Allocator:
        return kAllocator;
    case FunctionColumn::Location:
        return kLocation;
    }
    return {};
}

/// What groups are compared by: larger first. Columns without a sum compare self.
double groupValue(const FunctionGroup& group, FunctionColumn column)
{
    switch (column) {
    case FunctionColumn::Calls:
    case FunctionColumn::PrimitiveCalls:
        return double(group.calls);
    case FunctionColumn::Total:
    case FunctionColumn::TotalShare:
        return group.total.value_or(group.self);
    case FunctionColumn::Blocks:
        return group.blocks;
    default:
        return group.self;
    }
}

} // namespace

FunctionModel::FunctionModel(QObject* parent) : QAbstractTableModel(parent) {}

void FunctionModel::setAnalysis(AnalysisPtr analysis)
{
    beginResetModel();
    m_analysis = std::move(analysis);
    m_order.reset();
    m_listedCount = 0;
    if (m_analysis) {
        const std::vector<bool>& listed = m_analysis->functions().listed;
        m_listedCount = std::uint32_t(std::count(listed.begin(), listed.end(), true));
        const MemoryCapture* const memory = m_analysis->profile->memory.get();
        m_order = std::make_unique<FunctionOrder>(m_analysis->frames(), m_analysis->functions(),
                                                  memory ? std::span(memory->allocatorsOf)
                                                         : std::span<const std::uint16_t>());
        measureColumns();
        if (!isAvailable(m_sortColumn)) {
            m_sortColumn = FunctionColumn::Self;
            m_sortOrder = Qt::DescendingOrder;
        }
    }
    matchText();
    rebuild();
    endResetModel();
}

void FunctionModel::setFilter(const FunctionFilter& filter)
{
    if (filter == m_filter)
        return;
    const bool textChanged = filter.text != m_filter.text || filter.isExpression != m_filter.isExpression;
    relayout([&] {
        m_filter = filter;
        if (textChanged)
            matchText();
        rebuild();
    });
}

void FunctionModel::setGroupBy(GroupBy groupBy)
{
    if (groupBy == m_groupBy)
        return;
    relayout([&] {
        m_groupBy = groupBy;
        m_openGroups.clear();
        rebuild();
    });
}

void FunctionModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= kFunctionColumns)
        return;
    relayout([&] {
        m_sortColumn = FunctionColumn(column);
        m_sortOrder = order;
        rebuild();
    });
}

Qt::SortOrder FunctionModel::naturalOrder(FunctionColumn column)
{
    return isNumber(column) ? Qt::DescendingOrder : Qt::AscendingOrder;
}

/// Runs `change`, which may alter m_rows, and moves the persistent indexes of the views (selection, current cell) to
/// the new rows of what they stood for.
template <class Change> void FunctionModel::relayout(Change change)
{
    emit layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<std::uint32_t> entries;
    for (const QModelIndex& index : before)
        entries.push_back(m_rows[std::size_t(index.row())]);
    std::vector<std::string> groupNames;
    for (const std::uint32_t entry : entries)
        groupNames.push_back(entry & kGroupBit ? m_groups[entry & ~kGroupBit].name : std::string());
    change();
    if (!before.isEmpty()) {
        std::vector<int> rowOfFrame(m_analysis ? m_analysis->frames().size() : 0, -1);
        std::map<std::string_view, int> rowOfGroup;
        for (int row = 0; row < int(m_rows.size()); ++row) {
            const std::uint32_t entry = m_rows[std::size_t(row)];
            if (entry & kGroupBit)
                rowOfGroup.emplace(m_groups[entry & ~kGroupBit].name, row);
            else
                rowOfFrame[entry] = row;
        }
        QModelIndexList after;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto group = rowOfGroup.find(groupNames[i]);
            const int row = !(entries[i] & kGroupBit)   ? rowOfFrame[entries[i]]
                            : group != rowOfGroup.end() ? group->second
                                                        : -1;
            after << (row < 0 ? QModelIndex() : index(row, before[qsizetype(i)].column()));
        }
        changePersistentIndexList(before, after);
    }
    emit layoutChanged();
}

void FunctionModel::matchText()
{
    m_textMatches.clear();
    m_filterError.clear();
    if (!m_analysis || m_filter.text.isEmpty())
        return;
    if (m_filter.isExpression) {
        if (!matchExpression())
            m_textMatches.clear();
        return;
    }
    m_textMatches = framesContaining(*m_analysis, m_filter.text.toStdString());
}

bool FunctionModel::matchExpression()
{
    QRegularExpression expression(m_filter.text);
    if (!expression.isValid()) {
        m_filterError = tr("Not a regular expression: %1, at character %2.")
                            .arg(expression.errorString())
                            .arg(expression.patternErrorOffset() + 1);
        return false;
    }
    expression.setPattern(kStepLimit + m_filter.text);
    const FrameTable& frames = m_analysis->frames();
    m_textMatches.resize(frames.size());
    QElapsedTimer clock;
    clock.start();
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        const std::string name = standardName(frames, FrameId{f});
        m_textMatches[f] = expression.match(QString::fromUtf8(name.data(), qsizetype(name.size()))).hasMatch();
        if (f % 256 == 0 && clock.elapsed() > kExpressionLimitMs) {
            m_filterError = tr("This expression takes too long to search for.");
            return false;
        }
    }
    return true;
}

/// From the filter to m_shown, m_groups and m_rows.
void FunctionModel::rebuild()
{
    release(m_shown); // nothing of a closed profile stays
    release(m_groups);
    release(m_rows);
    if (m_analysis) {
        const bool reversed = m_sortOrder != naturalOrder(m_sortColumn);
        // What filters leave nothing of has no row; without filters, what a file only mentions has one.
        const bool listedOnly = !m_analysis->options.filters.empty() && !m_analysis->isEstimated();
        const auto passes = [this, listedOnly](std::uint32_t f) {
            return (!listedOnly || m_analysis->functions().listed[f]) && (m_textMatches.empty() || m_textMatches[f]) &&
                   (!m_filter.ownOnly || m_analysis->modules.isOwn(FrameId{f}));
        };
        m_shown = m_order->sorted(sortKeys(m_sortColumn), reversed);
        std::erase_if(m_shown, [&](std::uint32_t f) { return !passes(f); });
        if (m_filter.limit > 0 && m_shown.size() > std::size_t(m_filter.limit)) {
            std::vector<std::uint32_t> first = m_order->sorted({&m_filter.limitBy, 1});
            std::erase_if(first, [&](std::uint32_t f) { return !passes(f); });
            first.resize(std::size_t(m_filter.limit));
            std::vector<bool> isFirst(m_analysis->frames().size());
            for (const std::uint32_t f : first)
                isFirst[f] = true;
            std::erase_if(m_shown, [&](std::uint32_t f) { return !isFirst[f]; });
        }
        if (m_groupBy != GroupBy::None) {
            m_groups = groupFunctions(*m_analysis, m_shown, m_groupBy);
            orderGroups();
        }
    }
    listRows();
}

void FunctionModel::orderGroups()
{
    const bool byName = !isNumber(m_sortColumn);
    const auto before = [&](const FunctionGroup& a, const FunctionGroup& b) {
        return byName ? a.name < b.name : groupValue(a, m_sortColumn) > groupValue(b, m_sortColumn);
    };
    const bool reversed = m_sortOrder != naturalOrder(m_sortColumn);
    std::stable_sort(m_groups.begin(), m_groups.end(), [&](const FunctionGroup& a, const FunctionGroup& b) {
        return reversed ? before(b, a) : before(a, b);
    });
}

void FunctionModel::listRows()
{
    if (m_groupBy == GroupBy::None) {
        m_rows = m_shown;
        return;
    }
    m_rows.clear();
    for (std::uint32_t g = 0; g < m_groups.size(); ++g) {
        m_rows.push_back(g | kGroupBit);
        // What a text finds is not hidden in a fold.
        if (!m_filter.text.isEmpty() || m_openGroups.contains(m_groups[g].name))
            m_rows.insert(m_rows.end(), m_groups[g].members.begin(), m_groups[g].members.end());
    }
}

FrameId FunctionModel::frameAt(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[std::size_t(row)] & kGroupBit)
        return {};
    return FrameId{m_rows[std::size_t(row)]};
}

const FunctionGroup* FunctionModel::groupAt(int row) const
{
    if (row < 0 || row >= rowCount() || !(m_rows[std::size_t(row)] & kGroupBit))
        return nullptr;
    return &m_groups[m_rows[std::size_t(row)] & ~kGroupBit];
}

bool FunctionModel::isOpen(int row) const
{
    const FunctionGroup* const group = groupAt(row);
    return group && (!m_filter.text.isEmpty() || m_openGroups.contains(group->name));
}

void FunctionModel::setOpen(int row, bool open)
{
    const FunctionGroup* const group = groupAt(row);
    if (!group || open == isOpen(row) || !m_filter.text.isEmpty())
        return;
    relayout([&] {
        if (open)
            m_openGroups.insert(group->name);
        else
            m_openGroups.erase(group->name);
        listRows();
    });
}

int FunctionModel::rowOf(FrameId frame, bool reveal)
{
    if (!frame)
        return -1;
    auto found = std::find(m_rows.begin(), m_rows.end(), frame.value);
    if (found == m_rows.end() && reveal) {
        for (const FunctionGroup& group : m_groups) {
            if (std::find(group.members.begin(), group.members.end(), frame.value) == group.members.end())
                continue;
            relayout([&] {
                m_openGroups.insert(group.name);
                listRows();
            });
            found = std::find(m_rows.begin(), m_rows.end(), frame.value);
            break;
        }
    }
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int FunctionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FunctionModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kFunctionColumns;
}

} // namespace sundial
