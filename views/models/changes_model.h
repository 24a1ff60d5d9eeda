// SPDX-License-Identifier: GPL-3.0-or-later
// The functions of a comparison as rows: before, after, change, ratio, calls, why.
#pragma once

#include "model/compare_analysis.h"
#include "model/units.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace sundial
{

enum class ChangeColumn : std::uint8_t { Function, Before, After, Delta, Ratio, Calls, Why, Match };
constexpr int kChangeColumns = 8;

/// Sorts and filters an index; copies nothing of the comparison. Weights are self or total, as chosen.
class ChangesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setComparison(std::shared_ptr<const CompareAnalysis> comparison);
    void setWeight(Weight weight);
    /// Hides what lies inside the noise, and what did not change at all.
    void setOnlyBeyondNoise(bool only);
    void setFilter(const QString& text);
    void sort(int column, Qt::SortOrder order) override;

    FrameId frameAt(int row) const { return m_rows[std::size_t(row)]; }
    int rowOf(FrameId frame) const;
    Weight weight() const { return m_weight; }
    double before(FrameId f) const;
    double after(FrameId f) const;
    double delta(FrameId f) const { return after(f) - before(f); }
    /// The longest bar of the change column.
    double largestDelta() const { return m_largest; }
    const DisplayUnit& unit() const { return m_unit; }
    const CompareAnalysis* comparison() const { return m_comparison.get(); }
    /// "391 matched, 84 removed, 2 new"
    QString summary() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rebuild();
    void sortRows();
    QString text(FrameId frame, ChangeColumn column) const;

    std::shared_ptr<const CompareAnalysis> m_comparison;
    std::vector<FrameId> m_rows;
    Weight m_weight = Weight::Self;
    bool m_onlyBeyond = true;
    QString m_filter;
    ChangeColumn m_column = ChangeColumn::Delta;
    Qt::SortOrder m_order = Qt::DescendingOrder;
    double m_largest = 0;
    DisplayUnit m_unit;
};

} // namespace sundial
