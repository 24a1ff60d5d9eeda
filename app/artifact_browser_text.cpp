// SPDX-License-Identifier: GPL-3.0-or-later
// What the artifact browser says of its rows: which pairs there are, what is marked, how many got worse.
#include "app/artifact_browser.h"
#include "views/number_text.h"

#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>

namespace sundial
{

void ArtifactBrowser::sayPairs()
{
    const ArtifactList& list = *m_model->list();
    const bool isSwapped = m_model->isSwapped();
    m_banner->setVisible(m_model->pairs() > 0 || !list.sets.isEmpty() || m_model->marked() > 0);
    m_swap->setVisible(m_model->pairs() > 0 || !list.sets.isEmpty());
    m_compareMarked->setVisible(m_model->marked() > 0);
    m_compareSets->setVisible(!list.sets.isEmpty() && m_model->marked() == 0);
    if (m_model->marked() > 0)
        return sayMarked();
    if (!list.sets.isEmpty()) {
        const auto runs = [](std::size_t count) { return count == 1 ? tr("1 run") : tr("%1 runs").arg(count); };
        QStringList sides{tr("%1 (%2)").arg(list.sets.beforeWord, runs(list.sets.before.size())),
                          tr("%1 (%2)").arg(list.sets.afterWord, runs(list.sets.after.size()))};
        if (isSwapped)
            sides.swapItemsAt(0, 1);
        m_pairs->setText(tr("Runs of one program: before = %1, after = %2").arg(sides[0], sides[1]));
        m_pairsHow->setText(tr("As sets, they tell a change from the noise between runs. Single pairs are below."));
        m_compareSets->setText(tr("Compare the sets"));
        return;
    }
    const auto pairs = [](int count) { return count == 1 ? tr("1 pair") : tr("%1 pairs").arg(countText(count)); };
    const int byHand = m_model->pairsByHand(), proposed = m_model->pairs() - byHand;
    if (proposed == 0) {
        m_pairs->setText(tr("%1 by hand").arg(pairs(byHand)));
        m_pairsHow->setText(tr("A row's menu pairs files, and takes pairs apart."));
        return;
    }
    m_pairsHow->setText(tr("Matched by what the paths have in common beside these words.") +
                        (byHand > 0 ? u' ' + tr("%1 by hand.").arg(pairs(byHand)) : QString()));
    m_pairs->setText(
        tr("%1 proposed: before = %2, after = %3")
            .arg(pairs(proposed))
            .arg(isSwapped ? list.afterWord : list.beforeWord, isSwapped ? list.beforeWord : list.afterWord));
}

void ArtifactBrowser::sayMarked()
{
    std::vector<int> before, after;
    m_model->markedFiles(before, after);
    m_pairs->setText(
        tr("%1 marked: %2 before, %3 after")
            .arg(countText(m_model->marked()), countText(double(before.size())), countText(double(after.size()))));
    const bool canCompare = !before.empty() && !after.empty();
    m_compareMarked->setEnabled(canCompare);
    m_pairsHow->setText(!canCompare ? tr("Ctrl+B says which side a file is of; a comparison needs both.")
                        : before.size() + after.size() > 2
                            ? tr("Compared as sets: all files before with all files after.")
                            : tr("Compared with each other."));
}

void ArtifactBrowser::say()
{
    if (m_model->rowCount() == 0 && !m_filter->text().isEmpty())
        return emit described(tr("No test and no file holds “%1”.").arg(m_filter->text()));
    int done = 0, all = 0, worse = 0, better = 0, same = 0;
    for (int index = 0; index < int(m_model->rows().size()); ++index) {
        if (m_model->list()->isSkipped(m_model->rows()[std::size_t(index)]))
            continue;
        ++all;
        const std::optional<ArtifactNumbers>& numbers = m_model->numbersOf(index);
        done += numbers ? 1 : 0;
        if (!numbers || !numbers->verdict)
            continue;
        ++(*numbers->verdict == VerdictKind::Slower ? worse : *numbers->verdict == VerdictKind::Faster ? better : same);
    }
    if (done < all)
        emit described(tr("%1 of %2 read").arg(countText(done), countText(all)));
    else if (m_model->pairs() > 0)
        emit described(tr("%1 slower or larger, %2 faster or smaller, %3 neither").arg(worse).arg(better).arg(same));
    else
        emit described(tr("%1 profiles").arg(countText(all)));
}

/// The card of a heading: nothing to open, and how many rows there are.
void ArtifactBrowser::sayGroup()
{
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid())
        return;
    const auto cell = [&](ArtifactColumn column) { return current.siblingAtColumn(int(column)).data().toString(); };
    m_name->setText(cell(ArtifactColumn::Name));
    m_verdict->hide();
    m_evidence->setText(cell(ArtifactColumn::Kind));
    m_files->clear();
}

} // namespace sundial
