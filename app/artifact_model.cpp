// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/artifact_model.h"

#include "views/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace sundial
{

void ArtifactModel::setList(std::shared_ptr<const ArtifactList> list)
{
    beginResetModel();
    m_isSwapped = m_isSidedByHand = false;
    m_words.clear();
    m_folded.clear();
    m_list = std::move(list);
    m_rows = m_list ? m_list->rows : std::vector<ArtifactRow>();
    m_numbers.assign(m_rows.size(), {});
    m_isMarked.assign(m_rows.size(), false);
    m_order.resize(m_rows.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    countPairs();
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
    return m_pairs > 0 || m_isSidedByHand;
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

void ArtifactModel::countPairs()
{
    m_pairs = m_pairsByHand = 0;
    for (const ArtifactRow& row : m_rows) {
        m_pairs += row.isPair();
        m_pairsByHand += row.isByHand;
    }
}

void ArtifactModel::insertRows(std::size_t at, const std::vector<ArtifactRow>& rows)
{
    const auto where = std::ptrdiff_t(at);
    m_rows.insert(m_rows.begin() + where, rows.begin(), rows.end());
    m_numbers.insert(m_numbers.begin() + where, rows.size(), std::nullopt);
    m_isMarked.insert(m_isMarked.begin() + where, rows.size(), false);
}

void ArtifactModel::removeRow(int index)
{
    m_rows.erase(m_rows.begin() + index);
    m_numbers.erase(m_numbers.begin() + index);
    m_isMarked.erase(m_isMarked.begin() + index);
}

void ArtifactModel::pair(int one, int other)
{
    const ArtifactRow first = m_rows[std::size_t(one)], second = m_rows[std::size_t(other)];
    const bool isOtherBefore =
        (first.isSided && first.after >= 0) || (!first.isSided && second.isSided && second.before >= 0);
    const int file = std::max(first.before, first.after), partner = std::max(second.before, second.after);
    beginResetModel();
    removeRow(std::max(one, other));
    removeRow(std::min(one, other));
    const QString name = m_list->files[std::size_t(isOtherBefore ? file : partner)].name;
    insertRows(0, {{tr("Paired by hand"), name, isOtherBefore ? partner : file, isOtherBefore ? file : partner, true}});
    m_order.resize(m_rows.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    countPairs();
    rebuildLines();
    endResetModel();
}

void ArtifactModel::separate(int index)
{
    const ArtifactRow pair = m_rows[std::size_t(index)];
    beginResetModel();
    removeRow(index);
    m_isSidedByHand = true; // the sides stay, also of the last pair
    const auto isLast = [this](const ArtifactRow& row) { return m_list->isSkipped(row); };
    const auto skipped = std::find_if(m_rows.begin(), m_rows.end(), isLast);
    const QString alone = QCoreApplication::translate("Artifacts", "Alone");
    const auto nameOf = [this](int file) { return m_list->files[std::size_t(file)].name; };
    insertRows(std::size_t(skipped - m_rows.begin()),
               {{alone, nameOf(pair.before), pair.before, -1}, {alone, nameOf(pair.after), -1, pair.after}});
    m_order.resize(m_rows.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    countPairs();
    rebuildLines();
    endResetModel();
}

std::vector<int> ArtifactModel::partnersOf(int index) const
{
    const Artifact& file = m_list->shown(m_rows[std::size_t(index)]);
    const auto inCommon = [](const QString& a, const QString& b) {
        qsizetype front = 0, back = 0;
        const qsizetype most = std::min(a.size(), b.size());
        while (front < most && a[front] == b[front])
            ++front;
        while (back < most - front && a[a.size() - 1 - back] == b[b.size() - 1 - back])
            ++back;
        return front + back;
    };
    struct Partner {
        int index;
        bool isOfKind;
        qsizetype inCommon;
    };
    std::vector<Partner> partners;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        const ArtifactRow& row = m_rows[std::size_t(i)];
        const Artifact& other = m_list->shown(row);
        if (i != index && !row.isPair() && other.skipped.isEmpty())
            partners.push_back({i, other.kind == file.kind, inCommon(other.name, file.name)});
    }
    std::stable_sort(partners.begin(), partners.end(), [](const Partner& a, const Partner& b) {
        return std::tie(b.isOfKind, b.inCommon) < std::tie(a.isOfKind, a.inCommon);
    });
    std::vector<int> indices;
    for (const Partner& partner : partners)
        indices.push_back(partner.index);
    return indices;
}

int ArtifactModel::headingOf(int row) const
{
    while (row >= 0 && !isGroup(row))
        --row;
    return row;
}

int ArtifactModel::toggleFold(int row)
{
    const QString heading = m_lines[std::size_t(row)].heading;
    beginResetModel();
    if (!m_folded.remove(heading))
        m_folded.insert(heading);
    rebuildLines();
    endResetModel();
    const auto isHeading = [&](const Line& line) { return line.index < 0 && line.heading == heading; };
    return int(std::find_if(m_lines.begin(), m_lines.end(), isHeading) - m_lines.begin());
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
            const bool isFolded = m_words.isEmpty() && m_folded.contains(folder);
            m_lines.push_back({-1, folder, 0, row.isPair(), isFolded});
        }
        if (!folder.isEmpty()) {
            ++m_lines[group].count;
            if (m_lines[group].isFolded)
                continue;
        }
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
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

QString ArtifactModel::text(const Line& line, ArtifactColumn column) const
{
    if (line.index < 0) {
        if (column != ArtifactColumn::Kind)
            return column == ArtifactColumn::Name ? line.heading : QString();
        return line.hasPairs ? (line.count == 1 ? tr("1 pair") : tr("%1 pairs").arg(countText(line.count)))
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
    if (role == Qt::AccessibleTextRole && index.column() == int(ArtifactColumn::Name) && line.index < 0)
        return line.isFolded ? tr("%1, folded").arg(line.heading) : line.heading;
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
