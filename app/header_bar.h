// SPDX-License-Identifier: GPL-3.0-or-later
// The bar under the menus: what is open, where one has been, what is measured, what is searched for.
#pragma once

#include "views/view_context.h"

#include <QToolButton>
#include <QWidget>

class QBoxLayout;
class QLineEdit;

namespace sundial
{

class AllocatorButton;
class LaneButton;
class SidesBar;

/// Shows the context's profile; its buttons trigger the window's actions, so that menu, shortcut and button are one.
class HeaderBar : public QWidget
{
    Q_OBJECT

public:
    struct Actions {
        QAction *back, *forward, *compare, *watch, *exportPicture, *theme, *focusSearch;
    };
    HeaderBar(ViewContext* context, const Actions& actions, QWidget* parent = nullptr);

    /// The name to show; the facts beside it come from the profile.
    void setFileName(const QString& name);
    /// What is special about this file, behind its facts: "baseline of this folder".
    void setRemark(const QString& remark);
    LaneButton* lanes() const { return m_lanes; }
    AllocatorButton* allocators() const { return m_allocators; }
    SidesBar* sides() const { return m_sides; }
    QLineEdit* searchField() const { return m_search; }
    /// Replaces the facts while a file loads: "Reading worker.json  412 MiB of 1.02 GiB".
    void setProgress(const QString& text, double fraction);
    void clearProgress();

    QSize minimumSizeHint() const override;

signals:
    void metricChosen(sundial::MetricId metric);
    /// In a comparison: what is compared, by its id.
    void comparedMetricChosen(const std::string& id);
    void nextMatchRequested(int direction);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void refreshSearch();

    ViewContext* m_context;
    QString m_fileName, m_facts, m_remark, m_progressText;
    double m_progress = -1; ///< Below 0: nothing is loading.
    QToolButton *m_metric, *m_compare, *m_watch;
    LaneButton* m_lanes;
    AllocatorButton* m_allocators;
    QLineEdit* m_search;
    QBoxLayout* m_row = nullptr; ///< Beside each other; in a narrow window or with a large font, below each other.
    QWidget* m_left;
    SidesBar* m_sides;
};

/// "cProfile · Python 3.11 · 2.32 s · 266,822 calls · 475 functions"
QString profileFacts(const Analysis& analysis);
/// The icon that stands for a kind of profile, by format id.
QString kindIcon(const std::string& formatId);

} // namespace sundial
