// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the artifact browser: a line for each group, below it pairs and files; numbers come in one by one.
#pragma once

#include "app/artifact_list.h"

#include <QAbstractTableModel>
#include <QSet>

#include <memory>

namespace sundial
{

enum class ArtifactColumn : std::uint8_t { Name, Kind, Before, After, Change, Size };
constexpr int kArtifactColumns = 6;

class ArtifactModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setList(std::shared_ptr<const ArtifactList> list);
    const std::shared_ptr<const ArtifactList>& list() const { return m_list; }
    /// `index` counts the list's rows.
    void setNumbers(int index, ArtifactNumbers numbers);
    /// Within its group, what got worse first; called once all numbers are there, so that nothing moves meanwhile.
    void sortByChange();
    /// Exchanges before and after everywhere and forgets the numbers of pairs.
    void swapSides();
    bool isSwapped() const { return m_isSwapped; }
    /// Another side for a row that is no group: a pair exchanges its two and forgets its numbers; a file is of no side,
    /// before, after, and so on. A file with a side is marked, one without is not. Skipped files have none.
    void cycleSide(int row);
    /// Marks a row, or takes its mark away. Skipped files have none.
    void toggleMark(int row);
    bool isMarked(int row) const;
    int marked() const;
    /// The files of all marked rows by side, as indices into the list's files, in the order of the table.
    void markedFiles(std::vector<int>& before, std::vector<int>& after) const;
    /// Makes a pair of two files that stand alone, in front of all others. The file that has a side keeps it; if none
    /// has, `one` is before. Indices into the list's rows, which are other ones then. O(rows).
    void pair(int one, int other);
    /// The two files of a pair stand alone. As pair().
    void separate(int index);
    /// Files that could be the other side of one that stands alone, the likeliest first: of its kind, then by what the
    /// names have in common. O(rows log rows).
    std::vector<int> partnersOf(int index) const;
    int pairs() const { return m_pairs; }
    int pairsByHand() const { return m_pairsByHand; }
    /// Hides the rows of a group or shows them again. Returns where its heading stands then. While there is a filter
    /// nothing is hidden by this.
    int toggleFold(int row);
    bool isFolded(int row) const { return m_lines[std::size_t(row)].isFolded; }
    /// The heading above a row, or itself; −1: there is none.
    int headingOf(int row) const;
    /// Shows the rows whose name, folder or files hold all words of `text`, in any case. O(rows).
    void setFilter(const QString& text);
    /// Where a row of the list stands, or −1 if the filter hides it.
    int lineOf(int index) const { return m_lineOf[std::size_t(index)]; }

    /// Into the list's rows; −1: a group.
    int indexAt(int row) const { return m_lines[std::size_t(row)].index; }
    bool isGroup(int row) const { return m_lines[std::size_t(row)].index < 0; }
    /// Of a row that is no group.
    const ArtifactRow& rowAt(int row) const { return m_rows[std::size_t(m_lines[std::size_t(row)].index)]; }
    /// Null while it is not known.
    const ArtifactNumbers* numbersAt(int row) const;
    const std::vector<ArtifactRow>& rows() const { return m_rows; }
    const std::optional<ArtifactNumbers>& numbersOf(int index) const { return m_numbers[std::size_t(index)]; }
    bool isMeasured(int index) const { return m_numbers[std::size_t(index)].has_value(); }
    /// after ÷ before − 1 of a pair, 0 if that is not known.
    double changeAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        int index = -1; ///< Into the rows; −1: the heading of a group.
        QString heading;
        int count = 0; ///< Of the group's rows.
        bool hasPairs = false, isFolded = false;
    };
    void rebuildLines();
    void insertRows(std::size_t at, const std::vector<ArtifactRow>& rows);
    void removeRow(int index);
    void countPairs();
    bool isShown(const ArtifactRow& row) const;
    bool hasSides() const;
    void rowChanged(int row);
    double change(int index) const;
    QString text(const Line& line, ArtifactColumn column) const;

    std::shared_ptr<const ArtifactList> m_list;
    std::vector<ArtifactRow> m_rows;
    std::vector<std::optional<ArtifactNumbers>> m_numbers; ///< By row.
    std::vector<int> m_order;
    std::vector<int> m_lineOf; ///< By row.
    std::vector<Line> m_lines;
    std::vector<bool> m_isMarked; ///< By row.
    QStringList m_words;          ///< Of the filter.
    QSet<QString> m_folded;       ///< Headings.
    int m_pairs = 0, m_pairsByHand = 0;
    bool m_isSwapped = false, m_isSidedByHand = false;
};

} // namespace sundial
