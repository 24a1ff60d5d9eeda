// SPDX-License-Identifier: GPL-3.0-or-later
// What a row of the artifact browser offers: its menu, pairs made and taken apart by hand, groups that fold.
#include "app/artifact_browser.h"
#include "views/text_fit.h"

#include <QApplication>
#include <QClipboard>
#include <QFontMetricsF>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr std::size_t kMostPartners = 16; // the likeliest come first; marks pair what is left
constexpr double kPartnerWidth = 420;

QAction* add(QMenu& menu, const QString& text, const QKeySequence& keys = {})
{
    QAction* const action = menu.addAction(text);
    action->setShortcut(keys); // told; the table has them
    return action;
}

} // namespace

void ArtifactBrowser::showMenu(const QPoint& at)
{
    const QModelIndex under = m_table->indexAt(at);
    if (!under.isValid())
        return;
    m_table->selectRow(under.row());
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void ArtifactBrowser::fillMenu(QMenu& menu)
{
    const int line = m_table->currentIndex().row();
    const ArtifactRow* const row = currentRow();
    if (!row) {
        QAction* const fold = add(menu, m_model->isFolded(line) ? tr("Show the rows") : tr("Hide the rows"));
        fold->setEnabled(m_filter->text().isEmpty());
        connect(fold, &QAction::triggered, this, &ArtifactBrowser::toggleFold);
        return;
    }
    const int index = m_model->indexAt(line), before = row->before, after = row->after;
    const bool isSkipped = m_model->list()->isSkipped(*row);
    if (row->isPair()) {
        connect(add(menu, tr("Compare"), Qt::Key_Return), &QAction::triggered, this, &ArtifactBrowser::activate);
        connect(add(menu, tr("Open before")), &QAction::triggered, this, [this, before] { open(before); });
        connect(add(menu, tr("Open after")), &QAction::triggered, this, [this, after] { open(after); });
        menu.addSeparator();
        connect(add(menu, tr("Swap its sides"), Qt::CTRL | Qt::Key_B), &QAction::triggered, this,
                &ArtifactBrowser::changeSide);
        connect(add(menu, tr("Take the pair apart")), &QAction::triggered, this,
                [this, index] { regroup([&] { m_model->separate(index); }); });
    } else if (!isSkipped) {
        connect(add(menu, tr("Open"), Qt::Key_Return), &QAction::triggered, this, &ArtifactBrowser::activate);
        addPartners(menu, index);
        connect(add(menu, tr("Change its side"), Qt::CTRL | Qt::Key_B), &QAction::triggered, this,
                &ArtifactBrowser::changeSide);
    }
    if (!isSkipped) {
        connect(add(menu, m_model->isMarked(line) ? tr("Unmark") : tr("Mark"), Qt::Key_Space), &QAction::triggered,
                this, &ArtifactBrowser::mark);
        menu.addSeparator();
    }
    const auto addCopy = [&](const QString& text, int file) {
        const QString path = m_model->list()->files[std::size_t(file)].path;
        connect(add(menu, text), &QAction::triggered, this, [path] { QGuiApplication::clipboard()->setText(path); });
    };
    if (row->isPair()) {
        addCopy(tr("Copy path before"), before);
        addCopy(tr("Copy path after"), after);
    } else {
        addCopy(tr("Copy path"), std::max(before, after));
    }
}

/// "Pair with ▸": the files that stand alone as well.
void ArtifactBrowser::addPartners(QMenu& menu, int index)
{
    std::vector<int> partners = m_model->partnersOf(index);
    auto* const list = menu.addMenu(tr("Pair with"));
    list->setEnabled(!partners.empty());
    partners.resize(std::min(partners.size(), kMostPartners));
    for (const int partner : partners) {
        QString name = elideMiddle(m_model->list()->shown(m_model->rows()[std::size_t(partner)]).name,
                                   QFontMetricsF(list->font()), kPartnerWidth);
        name.replace(u'&', QStringLiteral("&&"));
        connect(list->addAction(name), &QAction::triggered, this,
                [this, index, partner] { regroup([&] { m_model->pair(index, partner); }); });
    }
}

/// Changes which files make pairs, selects the first row of what came of it, and reads what is new.
void ArtifactBrowser::regroup(const std::function<void()>& change)
{
    stop(); // what is on its way counts the rows as they were
    const int file = std::max(currentRow()->before, currentRow()->after);
    change();
    const std::vector<ArtifactRow>& rows = m_model->rows();
    const auto holds = [file](const ArtifactRow& row) { return row.before == file || row.after == file; };
    select(int(std::find_if(rows.begin(), rows.end(), holds) - rows.begin()));
    sayPairs();
    measure();
}

/// Of the heading that is selected. While the filter looks for rows, none is hidden.
void ArtifactBrowser::toggleFold()
{
    if (!m_filter->text().isEmpty())
        return;
    m_table->selectRow(m_model->toggleFold(m_table->currentIndex().row()));
}

/// Of the group that holds the selected row.
void ArtifactBrowser::setFolded(bool isFolded)
{
    const int heading = m_model->headingOf(m_table->currentIndex().row());
    if (heading < 0 || m_model->isFolded(heading) == isFolded)
        return;
    m_table->selectRow(heading);
    toggleFold();
}

} // namespace sundial
