// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of the start page.
#pragma once

#include "app/settings.h"
#include "views/theme.h"

#include <QAbstractButton>
#include <QWidget>

namespace sundial
{

/// Icon, name and one line.
class StartTitle : public QWidget
{
    Q_OBJECT

public:
    StartTitle(const Theme& theme, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
};

/// The dashed area; dropping works on the whole window, this says so.
class DropZone : public QWidget
{
    Q_OBJECT

public:
    DropZone(const Theme& theme, QWidget* parent);

signals:
    void openRequested();
    void compareRequested();
    void watchRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
};

/// Short words in pills, wrapped.
class ChipRow : public QWidget
{
    Q_OBJECT

public:
    ChipRow(const Theme& theme, QStringList texts, QWidget* parent);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return layOut(width, nullptr); }
    QSize sizeHint() const override { return {400, heightForWidth(400)}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int layOut(int width, QList<QRectF>* rects) const;

    const Theme& m_theme;
    QStringList m_texts;
};

class SampleCard : public QAbstractButton
{
    Q_OBJECT

public:
    SampleCard(const Theme& theme, const QString& icon, const QString& name, const QString& what, QWidget* parent);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    QString m_icon, m_what;
};

/// The files that were opened, newest first; arrows and Enter work as the mouse does.
class RecentList : public QWidget
{
    Q_OBJECT

public:
    RecentList(const Theme& theme, QList<RecentFile> files, QWidget* parent);
    QSize sizeHint() const override;

signals:
    void chosen(const QString& path);
    void menuRequested(const QString& path, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    int rowAt(int y) const;
    void setCurrent(int row);

    const Theme& m_theme;
    QList<RecentFile> m_files;
    int m_current = -1;
};

} // namespace sundial
