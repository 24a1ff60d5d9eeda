// SPDX-License-Identifier: GPL-3.0-or-later
// A RankedList with its head: title, count, and what the two columns are.
#pragma once

#include "views/ranked_list.h"

#include <QWidget>

class QLabel;

namespace sundial
{

class RankedHead : public QWidget
{
    Q_OBJECT

public:
    explicit RankedHead(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// `count` may be empty. `value` is "total  ms", `share` "of this".
    void setTexts(const QString& title, const QString& count, const QString& value, const QString& share);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme;
    QString m_title, m_count, m_value, m_share;
};

class RankedSection : public QWidget
{
    Q_OBJECT

public:
    explicit RankedSection(QWidget* parent = nullptr);

    RankedHead& head() { return *m_head; }
    RankedList& list() { return *m_list; }
    void setTheme(const Theme& theme);
    /// A sentence in place of rows, where there are none.
    void setEmptyText(const QString& text);

private:
    RankedHead* m_head;
    RankedList* m_list;
    QLabel* m_empty;
};

} // namespace sundial
