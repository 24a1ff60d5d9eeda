// SPDX-License-Identifier: GPL-3.0-or-later
// The page for a folder, an archive or several files: what was found, which files make pairs, and which pairs got
// worse.
#pragma once

#include "app/artifact_model.h"
#include "views/theme.h"

#include <QFutureWatcher>
#include <QWidget>

class QLabel;
class QTableView;
class QToolButton;

namespace sundial
{

/// Lists on a worker, then measures row by row while it is shown; leaving cancels, coming back goes on. Enter compares
/// a pair and opens a file.
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
    bool isBusy() const { return m_listing.isRunning() || m_measuring.isRunning(); }
    bool hasFiles() const { return m_model->list() != nullptr; }
    const QString& title() const { return m_title; }
    ArtifactModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }

signals:
    void openRequested(const QString& path);
    void compareRequested(const QStringList& before, const QStringList& after);
    /// "3 of 10 pairs measured"
    void described(const QString& text);

protected:
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
    const ArtifactRow* currentRow() const;
    void open(int file);
    void say();
    void sayPairs();
    /// Why a file was skipped takes the room of its numbers.
    void spanReasons();

    const Theme* m_theme = &Theme::light();
    QString m_title;
    ArtifactModel* m_model;
    QTableView* m_table;
    QLabel *m_head, *m_facts, *m_pairs, *m_pairsHow, *m_name, *m_verdict, *m_evidence, *m_files;
    QWidget *m_banner, *m_side;
    QToolButton *m_swap, *m_compareSets, *m_compare, *m_openBefore, *m_openAfter;
    std::shared_ptr<Progress> m_progress;
    QFutureWatcher<Listed> m_listing;
    QFutureWatcher<Measured> m_measuring;
};

} // namespace sundial
