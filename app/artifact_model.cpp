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
    m_isSwapped = m_isSidedByHand = false;
    m_words.clear();
    m_list = std::move(list);
    m_rows = m_list ? m_list->rows : std::vector<ArtifactRow>();
    m_numbers.assign(m_rows.size(), {});
    m_isMarked.assign(m_rows.size(), false);
    m_order.resize(m_rows.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    rebuildLines();
    endResetModel();
}

void ArtifactModel::setNumbers(int index, ArtifactNumbers numbers)
{
    const ArtifactRow& row = m_rows[std::size_t(index)];
    if (!row.isPair() && !(row.before >= 0 ? numbers.before : numbers.after))
        std::swap(numbers.before, numbers.after); // it was of the other side when it was asked for
    m_numbers[std::size_t(index)] = std::move(numbers);
    rowChanged(lineOf(index));
}

void ArtifactModel::rowChanged(int row)
{
    if (row >= 0)
        emit dataChanged(index(row, 0), index(row, kArtifactColumns - 1));
}

void ArtifactModel::cycleSide(int row)
{
    const std::size_t at = std::size_t(m_lines[std::size_t(row)].index);
    ArtifactRow& changed = m_rows[at];
    if (m_list->isSkipped(changed))
        return;
    const bool isPair = changed.isPair();
    const bool wasAfter = changed.isSided && changed.after >= 0;
    if (isPair) {
        std::swap(changed.before, changed.after);
        m_numbers[at].reset();
        return rowChanged(row);
    }
    // A file without a side stands in `after`: before it and behind it nothing moves but to and from `before`.
    if (!wasAfter) {
        std::swap(changed.before, changed.after);
        if (m_numbers[at])
            std::swap(m_numbers[at]->before, m_numbers[at]->after);
    }
    changed.isSided = !wasAfter;
    m_isMarked[at] = changed.isSided;
    if (!m_isSidedByHand) {
        m_isSidedByHand = true;
        emit headerDataChanged(Qt::Horizontal, 0, kArtifactColumns - 1);
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, kArtifactColumns - 1));
    }
    rowChanged(row);
}

void ArtifactModel::toggleMark(int row)
{
    const std::size_t at = std::size_t(m_lines[std::size_t(row)].index);
    if (m_list->isSkipped(m_rows[at]))
        return;
    m_isMarked[at] = !m_isMarked[at];
    rowChanged(row);
}

bool ArtifactModel::isMarked(int row) const
{
    return !isGroup(row) && m_isMarked[std::size_t(m_lines[std::size_t(row)].index)];
}

int ArtifactModel::marked() const
{
    return int(std::count(m_isMarked.begin(), m_isMarked.end(), true));
}

void ArtifactModel::markedFiles(std::vector<int>& before, std::vector<int>& after) const
{
    for (const int i : m_order) {
        const ArtifactRow& row = m_rows[std::size_t(i)];
        if (!m_isMarked[std::size_t(i)] || !row.isSided)
            continue;
        if (row.before >= 0)
            before.push_back(row.before);
        if (row.after >= 0)
            after.push_back(row.after);
    }
}

void ArtifactModel::setFilter(const QString& text)
{
    beginResetModel();
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    rebuildLines();
    endResetModel();
}

bool ArtifactModel::isShown(const ArtifactRow& row) const
{
    const auto holds = [&](const QString& word) {
        for (const int file : {row.before, row.after}) {
            if (file >= 0 && m_list->files[std::size_t(file)].name.contains(word, Qt::CaseInsensitive))
                return true;
        }
        return row.name.contains(word, Qt::CaseInsensitive) || row.folder.contains(word, Qt::CaseInsensitive);
    };
    return std::all_of(m_words.begin(), m_words.end(), holds);
}

bool ArtifactModel::hasSides() const
{
    return m_list && (m_list->pairs() > 0 || m_isSidedByHand);
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
        if (!m_list->isSkipped(m_rows[i]) && m_rows[i].isSided)
            std::swap(m_rows[i].before, m_rows[i].after);
        m_numbers[i].reset();
    }
    endResetModel();
}

void ArtifactModel::rebuildLines()
{
    m_lines.clear();
    m_lineOf.assign(m_order.size(), -1);
    std::size_t group = 0; // where the heading of the rows at hand stands
    const ArtifactRow* last = nullptr;
    for (std::size_t i = 0; i < m_order.size(); ++i) {
        const ArtifactRow& row = m_rows[std::size_t(m_order[i])];
        const QString& folder = row.folder;
        if (!isShown(row))
            continue;
        const bool isFirst = !last || last->folder != folder;
        last = &row;
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
        return numbers && hasSides() ? value(numbers->before) : QString();
    case ArtifactColumn::After:
        return numbers ? value(numbers->after) : QString();
    case ArtifactColumn::Change:
        if (!numbers)
            return {};
        if (!row.isPair())
            return !hasSides() || !row.isSided ? QString() : row.before >= 0 ? tr("only before") : tr("only after");
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
    if (role == Qt::AccessibleTextRole && index.column() == int(ArtifactColumn::Name) && isMarked(index.row()))
        return tr("%1, marked").arg(text(line, ArtifactColumn::Name));
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
    const bool isSided = hasSides();
    switch (ArtifactColumn(section)) {
    case ArtifactColumn::Name:
        return tr("Name");
    case ArtifactColumn::Kind:
        return tr("Kind");
    case ArtifactColumn::Before:
        return isSided ? tr("before") : QString();
    case ArtifactColumn::After:
        return isSided ? tr("after") : tr("total");
    case ArtifactColumn::Change:
        return isSided ? tr("Δ") : QString();
    case ArtifactColumn::Size:
        return tr("Size");
    }
    return {};
}

} // namespace sundial
