// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/artifact_model.h"

#include "views/number_text.h"

#include <algorithm>
#include <numeric>

namespace sundial
{

void ArtifactModel::setList(std::shared_ptr<const ArtifactList> list)
{
    beginResetModel();
    m_isSwapped = false;
    m_list = std::move(list);
    m_rows = m_list ? m_list->rows : std::vector<ArtifactRow>();
    m_numbers.assign(m_rows.size(), {});
    m_order.resize(m_rows.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    rebuildLines();
    endResetModel();
}

void ArtifactModel::setNumbers(int index, ArtifactNumbers numbers)
{
    m_numbers[std::size_t(index)] = std::move(numbers);
    const int row = m_lineOf[std::size_t(index)];
    emit dataChanged(this->index(row, 0), this->index(row, kArtifactColumns - 1));
}

void ArtifactModel::sortByChange()
{
    beginResetModel();
    std::stable_sort(m_order.begin(), m_order.end(), [this](int a, int b) {
        const QString& groupA = m_rows[std::size_t(a)].folder;
        return groupA == m_rows[std::size_t(b)].folder && change(a) > change(b);
    });
    rebuildLines();
    endResetModel();
}

void ArtifactModel::swapSides()
{
    beginResetModel();
    m_isSwapped = !m_isSwapped;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (!m_list->isSkipped(m_rows[i]))
            std::swap(m_rows[i].before, m_rows[i].after);
        m_numbers[i].reset();
    }
    endResetModel();
}

void ArtifactModel::rebuildLines()
{
    m_lines.clear();
    m_lineOf.resize(m_order.size());
    std::size_t group = 0; // where the heading of the rows at hand stands
    for (std::size_t i = 0; i < m_order.size(); ++i) {
        const QString& folder = m_rows[std::size_t(m_order[i])].folder;
        const bool isFirst = i == 0 || m_rows[std::size_t(m_order[i - 1])].folder != folder;
        if (isFirst && !folder.isEmpty()) {
            group = m_lines.size();
            m_lines.push_back({-1, folder, 0});
        }
        if (!folder.isEmpty())
            ++m_lines[group].count;
        m_lineOf[std::size_t(m_order[i])] = int(m_lines.size());
        m_lines.push_back({m_order[i], {}, 0});
    }
}

const ArtifactNumbers* ArtifactModel::numbersAt(int row) const
{
    const int index = m_lines[std::size_t(row)].index;
    return index >= 0 && m_numbers[std::size_t(index)] ? &*m_numbers[std::size_t(index)] : nullptr;
}

double ArtifactModel::change(int index) const
{
    const std::optional<ArtifactNumbers>& n = m_numbers[std::size_t(index)];
    return n && n->before && n->after && *n->before > 0 ? *n->after / *n->before - 1 : 0;
}

double ArtifactModel::changeAt(int row) const
{
    return change(m_lines[std::size_t(row)].index);
}

int ArtifactModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int ArtifactModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kArtifactColumns;
}

Qt::ItemFlags ArtifactModel::flags(const QModelIndex& index) const
{
    return isGroup(index.row()) ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QString ArtifactModel::text(const Line& line, ArtifactColumn column) const
{
    if (line.index < 0) {
        if (column != ArtifactColumn::Kind)
            return column == ArtifactColumn::Name ? line.heading : QString();
        const bool hasPairs = m_rows[std::size_t((&line + 1)->index)].isPair();
        return hasPairs ? (line.count == 1 ? tr("1 pair") : tr("%1 pairs").arg(countText(line.count)))
                        : (line.count == 1 ? tr("1 file") : tr("%1 files").arg(countText(line.count)));
    }
    const ArtifactRow& row = m_rows[std::size_t(line.index)];
    const Artifact& shown = m_list->shown(row);
    const std::optional<ArtifactNumbers>& numbers = m_numbers[std::size_t(line.index)];
    const auto value = [&numbers](const std::optional<double>& number) {
        return number ? valueText(*number, numbers->unit) : QStringLiteral("—");
    };
    switch (column) {
    case ArtifactColumn::Name:
        return row.name;
    case ArtifactColumn::Kind:
        return m_list->isSkipped(row) ? tr("skipped") : shown.kind;
    case ArtifactColumn::Before:
        if (m_list->isSkipped(row))
            return shown.skipped;
        return numbers && m_list->pairs() > 0 ? value(numbers->before) : QString();
    case ArtifactColumn::After:
        return numbers ? value(numbers->after) : QString();
    case ArtifactColumn::Change:
        if (!numbers)
            return {};
        if (!row.isPair())
            return m_list->pairs() == 0 ? QString() : row.before >= 0 ? tr("only before") : tr("only after");
        if (!numbers->verdict)
            return numbers->title;
        if (*numbers->verdict == VerdictKind::Unchanged)
            return tr("same");
        if (*numbers->verdict == VerdictKind::Relocated)
            return tr("relocated");
        return QString::fromStdString(formatPercentDelta(change(line.index), localeStyle()));
    case ArtifactColumn::Size: {
        std::uint64_t size = 0;
        for (const int file : {row.before, row.after})
            size += file >= 0 ? m_list->files[std::size_t(file)].size : 0;
        return valueText(double(size), Unit::Bytes);
    }
    }
    return {};
}

QVariant ArtifactModel::data(const QModelIndex& index, int role) const
{
    const Line& line = m_lines[std::size_t(index.row())];
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return text(line, ArtifactColumn(index.column()));
    if (role == Qt::ToolTipRole && line.index >= 0) {
        const ArtifactRow& row = m_rows[std::size_t(line.index)];
        return m_list->isSkipped(row) ? m_list->shown(row).skipped : m_list->shown(row).name;
    }
    return {};
}

QVariant ArtifactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        const auto column = ArtifactColumn(section);
        return int(Qt::AlignVCenter | (column <= ArtifactColumn::Kind     ? Qt::AlignLeft
                                       : column == ArtifactColumn::Change ? Qt::AlignHCenter
                                                                          : Qt::AlignRight));
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const bool hasPairs = m_list && m_list->pairs() > 0;
    switch (ArtifactColumn(section)) {
    case ArtifactColumn::Name:
        return tr("Name");
    case ArtifactColumn::Kind:
        return tr("Kind");
    case ArtifactColumn::Before:
        return hasPairs ? tr("before") : QString();
    case ArtifactColumn::After:
        return hasPairs ? tr("after") : tr("total");
    case ArtifactColumn::Change:
        return hasPairs ? tr("Δ") : QString();
    case ArtifactColumn::Size:
        return tr("Size");
    }
    return {};
}

} // namespace sundial
