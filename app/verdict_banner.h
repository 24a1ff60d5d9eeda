// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence on top of a comparison, always: faster, slower, relocated, no change, mixed.
#pragma once

#include "model/compare_analysis.h"
#include "views/view_context.h"

#include <QWidget>

class QToolButton;

namespace sundial
{

class VerdictBanner : public QWidget
{
    Q_OBJECT

public:
    explicit VerdictBanner(ViewContext* context, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    /// Breaks the evidence into two lines; what has no room there is behind a button.
    void fitEvidence();
    void showAll();
    void showWhatIsCompared();

    ViewContext* m_context;
    QToolButton* m_more;
    QToolButton* m_about;
    QToolButton* m_copy;
    QStringList m_evidence; ///< By line.
};

/// The two files of a comparison in the header, and the button that swaps them.
class SidesBar : public QWidget
{
    Q_OBJECT

public:
    explicit SidesBar(ViewContext* context, QWidget* parent = nullptr);

signals:
    void swapRequested();
    void openSideRequested(bool after);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    QRectF pill(int index) const;

    ViewContext* m_context;
    QToolButton* m_swap;
};

} // namespace sundial
