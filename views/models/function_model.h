// SPDX-License-Identifier: GPL-3.0-or-later
// The function table as an item model: an index array over the analysis' columns, nothing copied.
#pragma once

#include "model/analysis.h"
#include "model/function_groups.h"
#include "model/function_order.h"

#include <QAbstractTableModel>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace sundial
{

enum class FunctionColumn {
    Calls,
    PrimitiveCalls,
    Self,
    SelfShare,
    SelfPerCall,
    Total,
    TotalShare,
    TotalPerCall,
    Blocks, ///< Of memory: how many allocations self comes from.
    Function,
    Allocator, ///< Of memory: which allocators gave the function its own blocks.
    Location,
};
constexpr int kFunctionColumns = int(FunctionColumn::Location) + 1;

/// Which rows are there. All conditions hold at once; the limit comes last.
struct FunctionFilter {
    QString text;              ///< Found in "file:line(name)"; see framesContaining().
    bool isExpression = false; ///< `text` is a regular expression, searched for as Python's re.search does.
    bool ownOnly = false;      ///< Only the user's code.
    int limit = 0;             ///< Only the first so many by `limitBy`; 0: all.
    SortKey limitBy = SortKey::Self;
    bool operator==(const FunctionFilter&) const = default;
};

/// Rows are functions, or groups of functions with the members of unfolded groups below them. Numbers, order and ties
/// are pstats' own; columns have pstats' names for its files. On the UI thread; sorting, filtering and folding are
/// linear in the number of functions and keep persistent indexes.
class FunctionModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit FunctionModel(QObject* parent = nullptr);

    /// Null for none. Keeps filter, grouping and sort order.
    void setAnalysis(AnalysisPtr analysis);
    const AnalysisPtr& analysis() const { return m_analysis; }
    void setFilter(const FunctionFilter& filter);
    const FunctionFilter& filter() const { return m_filter; }
    /// Why the text could not be used, as a sentence; empty if it is. An unusable text filters nothing, as in pstats.
    const QString& filterError() const { return m_filterError; }
    void setGroupBy(GroupBy groupBy);
    GroupBy groupBy() const { return m_groupBy; }

    /// Numbers start with the largest: descending is the natural order of a number column, ascending of a text column.
    void sort(int column, Qt::SortOrder order) override;
    FunctionColumn sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_sortOrder; }
    static Qt::SortOrder naturalOrder(FunctionColumn column);

    /// Functions that the filter lets through, folded ones included; and all listed ones.
    std::uint32_t shownCount() const { return std::uint32_t(m_shown.size()); }
    std::uint32_t functionCount() const { return m_listedCount; }

    FrameId frameAt(int row) const; ///< None for a group.
    const FunctionGroup* groupAt(int row) const;
    bool isOpen(int row) const; ///< Of a group.
    void setOpen(int row, bool open);
    /// The row of a function, or -1; unfolds its group if `reveal`.
    int rowOf(FrameId frame, bool reveal);

    /// False for columns that the profile has no numbers for: calls of a sampler, per call without calls, blocks of
    /// time, allocators of anything but memory.
    bool isAvailable(FunctionColumn column) const;
    /// "tottime" and "ms"; the unit is empty for counts and texts.
    QString title(FunctionColumn column) const;
    QString unitSymbol(FunctionColumn column) const;
    static bool isNumber(FunctionColumn column);
    QString text(int row, FunctionColumn column) const;
    /// The same of a function that need not be shown.
    QString text(FrameId frame, FunctionColumn column) const;
    /// Length of the cell's bar: self as a share of the largest shown self, total as a share of the profile. 0: none.
    double bar(int row, FunctionColumn column) const;
    /// The widest text that a number column can show, for its width.
    QString widest(FunctionColumn column) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void measureColumns();
    bool matchExpression();
    void matchText();
    void rebuild();
    void orderGroups();
    void listRows();
    template <class Change> void relayout(Change change);
    QString groupText(const FunctionGroup& group, FunctionColumn column) const;
    QString allocatorText(std::span<const std::uint32_t> frames) const;
    QString cell(std::optional<double> value, FunctionColumn column) const;
    QString toolTip(int row, FunctionColumn column) const;

    AnalysisPtr m_analysis;
    std::unique_ptr<FunctionOrder> m_order;
    std::uint32_t m_listedCount = 0;
    NumberStyle m_style;
    std::array<DisplayUnit, kFunctionColumns> m_units;
    std::array<double, kFunctionColumns> m_largest{};
    bool m_hasCalls = false, m_hasPerCall = false, m_hasBlocks = false, m_hasAllocators = false;

    FunctionFilter m_filter;
    QString m_filterError;
    GroupBy m_groupBy = GroupBy::None;
    FunctionColumn m_sortColumn = FunctionColumn::Self;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    std::vector<bool> m_textMatches;    ///< By FrameId; empty: all.
    std::vector<std::uint32_t> m_shown; ///< FrameIds that pass the filter, in sort order.
    std::vector<FunctionGroup> m_groups;
    std::set<std::string> m_openGroups;
    std::vector<std::uint32_t> m_rows; ///< A FrameId's value, or kGroupBit and an index into m_groups.
};

} // namespace sundial
