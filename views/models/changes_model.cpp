// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/changes_model.h"

#include "model/frame_name.h"
#include "views/change_text.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <algorithm>
#include <cmath>

namespace sundial
{

void ChangesModel::setComparison(std::shared_ptr<const CompareAnalysis> comparison)
{
    m_comparison = std::move(comparison);
    rebuild();
}

void ChangesModel::setWeight(Weight weight)
{
    m_weight = weight;
    rebuild();
}

void ChangesModel::setOnlyBeyondNoise(bool only)
{
    m_onlyBeyond = only;
    rebuild();
}

void ChangesModel::setFilter(const QString& text)
{
    m_filter = text;
    rebuild();
}

double ChangesModel::before(FrameId f) const
{
    const ComparisonSide& side = m_comparison->comparison->before;
    return m_weight == Weight::Self ? side.self(f) : side.totalOf(f);
}

double ChangesModel::after(FrameId f) const
{
    const ComparisonSide& side = m_comparison->comparison->after;
    return m_weight == Weight::Self ? side.self(f) : side.totalOf(f);
}

void ChangesModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    m_largest = 0;
    double largestValue = 0;
    if (m_comparison) {
        const Comparison& sides = *m_comparison->comparison;
        for (std::uint32_t f = 0; f < sides.size(); ++f) {
            const FrameId frame{f};
            largestValue = std::max({largestValue, before(frame), after(frame)});
            const bool beyond =
                m_weight == Weight::Self ? m_comparison->noise.isBeyond(frame) : m_comparison->isTotalBeyond(frame);
            if (m_onlyBeyond && !beyond)
                continue;
            if (!m_filter.isEmpty() &&
                !displayText(standardName(sides.frames.frames, frame)).contains(m_filter, Qt::CaseInsensitive))
                continue;
            m_rows.push_back(frame);
            m_largest = std::max(m_largest, std::abs(delta(frame)));
        }
        m_unit = sides.isShares ? DisplayUnit{"%", 0.01, 1} : columnUnit(largestValue, sides.metric.unit);
        sortRows();
    }
    endResetModel();
}

void ChangesModel::sort(int column, Qt::SortOrder order)
{
    m_column = ChangeColumn(column);
    m_order = order;
    emit layoutAboutToBeChanged();
    if (m_comparison)
        sortRows();
    emit layoutChanged();
}

void ChangesModel::sortRows()
{
    const Comparison& sides = *m_comparison->comparison;
    std::sort(m_rows.begin(), m_rows.end()); // ties stay in file order
    const bool isText =
        m_column == ChangeColumn::Function || m_column == ChangeColumn::Why || m_column == ChangeColumn::Match;
    if (isText) {
        std::stable_sort(m_rows.begin(), m_rows.end(), [this](FrameId a, FrameId b) {
            const int c = QString::compare(text(a, m_column), text(b, m_column), Qt::CaseInsensitive);
            return m_order == Qt::AscendingOrder ? c < 0 : c > 0;
        });
        return;
    }
    const auto key = [&](FrameId f) {
        switch (m_column) {
        case ChangeColumn::Before:
            return before(f);
        case ChangeColumn::After:
            return after(f);
        case ChangeColumn::Ratio:
            return before(f) > 0 ? after(f) / before(f) : after(f) > 0 ? HUGE_VAL : 1;
        case ChangeColumn::Calls:
            return double(std::abs(sides.after.calls(f) - sides.before.calls(f)));
        default:
            return std::abs(delta(f));
        }
    };
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](FrameId a, FrameId b) {
        return m_order == Qt::AscendingOrder ? key(a) < key(b) : key(a) > key(b);
    });
}

int ChangesModel::rowOf(FrameId frame) const
{
    const auto found = std::find(m_rows.begin(), m_rows.end(), frame);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

QString ChangesModel::summary() const
{
    if (!m_comparison)
        return {};
    int matched = 0, removed = 0, added = 0;
    for (const FrameMatch& match : m_comparison->comparison->matches) {
        removed += match.kind == MatchKind::Removed;
        added += match.kind == MatchKind::New;
        matched += bool(match.before) && bool(match.after);
    }
    return tr("%1 matched, %2 removed, %3 new").arg(countText(matched), countText(removed), countText(added));
}

int ChangesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ChangesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kChangeColumns;
}

QString ChangesModel::text(FrameId frame, ChangeColumn column) const
{
    const Comparison& sides = *m_comparison->comparison;
    const FrameMatch& match = sides.match(frame);
    const NumberStyle style = localeStyle();
    switch (column) {
    case ChangeColumn::Function:
        return displayText(frameName(sides.frames.frames, frame));
    case ChangeColumn::Before:
        return match.before ? displayText(formatCell(before(frame), m_unit, style)) : QStringLiteral("—");
    case ChangeColumn::After:
        return match.after ? displayText(formatCell(after(frame), m_unit, style)) : QStringLiteral("—");
    case ChangeColumn::Delta: {
        const QString number = displayText(formatCell(delta(frame), m_unit, style));
        return delta(frame) > 0 ? u'+' + number : number;
    }
    case ChangeColumn::Ratio:
        return ratioText(*m_comparison, frame);
    case ChangeColumn::Calls:
        return callsChangeText(sides, frame);
    case ChangeColumn::Why:
        return displayText(changeCauseText(changeCause(sides, frame, m_weight)));
    case ChangeColumn::Match:
        return displayText(matchKindName(match.kind));
    }
    return {};
}

QVariant ChangesModel::data(const QModelIndex& index, int role) const
{
    const FrameId frame = frameAt(index.row());
    const auto column = ChangeColumn(index.column());
    if (role == Qt::DisplayRole)
        return text(frame, column);
    if (role == Qt::ToolTipRole && column == ChangeColumn::Match)
        return displayText(matchReasonText(m_comparison->comparison->match(frame)));
    if (role == Qt::ToolTipRole && column == ChangeColumn::Function)
        return displayText(standardName(m_comparison->comparison->frames.frames, frame));
    return {};
}

QVariant ChangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        const auto column = ChangeColumn(section);
        const bool isText = column == ChangeColumn::Function || column >= ChangeColumn::Why;
        return int((isText                          ? Qt::AlignLeft
                    : column == ChangeColumn::Delta ? Qt::AlignHCenter
                                                    : Qt::AlignRight) |
                   Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString unit = m_unit.symbol.empty() ? QString() : QStringLiteral("  ") + displayText(m_unit.symbol);
    switch (ChangeColumn(section)) {
    case ChangeColumn::Function:
        return tr("Function");
    case ChangeColumn::Before:
        return tr("before") + unit;
    case ChangeColumn::After:
        return tr("after") + unit;
    case ChangeColumn::Delta:
        return (m_weight == Weight::Self ? tr("Δ self") : tr("Δ total")) + unit;
    case ChangeColumn::Ratio:
        return tr("ratio");
    case ChangeColumn::Calls:
        return tr("calls");
    case ChangeColumn::Why:
        return tr("Why");
    case ChangeColumn::Match:
        return tr("Match");
    }
    return {};
}

} // namespace sundial
