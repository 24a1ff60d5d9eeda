// SPDX-License-Identifier: GPL-3.0-or-later
// The row of chips under the header, there only while something is filtered or a range of time is chosen.
#pragma once

#include "app/pipeline.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace sundial
{

/// Shows the filters of the context's analysis; each chip takes its filter away. Says it if nothing is left, and what
/// the filters do not reach.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    FilterBar(ViewContext* context, Pipeline* pipeline, QWidget* parent = nullptr);

    /// What it says beside the chips; empty if there is nothing to say.
    QString note() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    QToolButton* addChip(const QString& name, const QString& action, int room);
    void applyTheme();

    ViewContext* m_context;
    Pipeline* m_pipeline;
    QWidget* m_chips;
    QHBoxLayout* m_chipRow;
    QToolButton* m_add;
    QToolButton* m_undo;
    QToolButton* m_clear;
    QLabel* m_note;
};

} // namespace sundial
