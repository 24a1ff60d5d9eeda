// SPDX-License-Identifier: GPL-3.0-or-later
// What an empty window shows: where to drop, what was open, what can be tried.
#pragma once

#include "app/settings.h"
#include "views/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace sundial
{

class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setRecent(const QList<RecentFile>& recent);

signals:
    void openRequested();
    void compareRequested();
    void watchRequested();
    void recentChosen(const QString& path);
    void recentMenuRequested(const QString& path, const QPoint& globalPosition);
    void clearRecentRequested();
    void sampleChosen(const QString& id); ///< "before", "pair"

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void rebuild();
    void place();

    const Theme* m_theme = &Theme::light();
    QList<RecentFile> m_recent;
    QWidget* m_column = nullptr; ///< None until it is first shown.
};

} // namespace sundial
