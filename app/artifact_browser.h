// SPDX-License-Identifier: GPL-3.0-or-later
// The page for a folder, an archive or several files: what was found, which files make pairs, and which pairs got
// worse.
#pragma once

#include "app/artifact_model.h"
#include "app/pair_preview.h"
#include "views/theme.h"

#include <QFutureWatcher>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QMenu;
class QTableView;
class QToolButton;

namespace sundial
{

/// Lists on a worker, then measures row by row while it is shown; leaving cancels, coming back goes on. Enter compares
/// a pair and opens a file; Space marks, Ctrl+B changes a side, and what is marked can be compared: all files before
/// with all files after. ← and → fold groups; a row's menu makes pairs and takes them apart.
class ArtifactBrowser : public QWidget
{
    Q_OBJECT

public:
    explicit ArtifactBrowser(QWidget* parent = nullptr);
    ~ArtifactBrowser() override;

    void browse(const QStringList& paths);
    /// Back to nothing listed.
    void forget();
    void setTheme(const Theme& theme);
    bool isBusy() const { return m_listing.isRunning() || m_measuring.isRunning() || m_preview->isBusy(); }
    bool hasFiles() const { return m_model->list() != nullptr; }
    const QString& title() const { return m_title; }
    ArtifactModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }
    PairPreview* preview() const { return m_preview; }
    /// The field that shows some of the rows only.
    QLineEdit* filterField() const { return m_filter; }

signals:
    void openRequested(const QString& path);
    void compareRequested(const QStringList& before, const QStringList& after);
    /// "3 of 10 pairs measured"
    void described(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    using Measured = std::vector<std::pair<int, ArtifactNumbers>>; ///< By index into the model's rows.
    using Listed = std::shared_ptr<Result<ArtifactList>>;

    void onListed();
    void measure();
    void stop();
    void refreshSelection();
    void swapSides();
    void activate();
    void compareSets();
    void compareMarked();
    QStringList pathsOf(const std::vector<int>& files) const;
    void changeSide();
    void mark();
    /// Selects this row of the list, or the first one that is shown.
    void select(int index);
    const ArtifactRow* currentRow() const;
    void open(int file);
    void say();
    void sayPairs();
    void sayMarked();
    void sayGroup();
    void showMenu(const QPoint& at);
    void fillMenu(QMenu& menu);
    void addPartners(QMenu& menu, int index);
    void regroup(const std::function<void()>& change);
    void toggleFold();
    void setFolded(bool isFolded);
    /// Why a file was skipped takes the room of its numbers.
    void spanReasons();

    const Theme* m_theme = &Theme::light();
    QString m_title;
    ArtifactModel* m_model;
    QTableView* m_table;
    QLineEdit* m_filter;
    QLabel *m_head, *m_facts, *m_keys, *m_pairs, *m_pairsHow, *m_name, *m_verdict, *m_evidence, *m_files;
    QWidget *m_banner, *m_side;
    PairPreview* m_preview;
    QToolButton *m_swap, *m_compareSets, *m_compareMarked, *m_compare, *m_openBefore, *m_openAfter;
    std::shared_ptr<Progress> m_progress;
    QFutureWatcher<Listed> m_listing;
    QFutureWatcher<Measured> m_measuring;
};

} // namespace sundial
