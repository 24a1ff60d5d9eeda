// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl+K: anything by its name. Actions of the menus, functions of the profile, recent files.
#pragma once

#include "views/view_context.h"

#include <QAbstractListModel>
#include <QFrame>

#include <functional>

class QAction;
class QLineEdit;
class QListView;

namespace sundial
{

/// One thing that can be run.
struct PaletteEntry {
    QString title;
    QString detail; ///< Menu path, location or folder.
    QString keys;   ///< Shortcut, if it has one.
    std::function<void()> run;
};

/// The best matches of the typed text, at most kMost.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int kMost = 50;

    using QAbstractListModel::QAbstractListModel;
    void setEntries(std::vector<PaletteEntry> entries);
    /// "@text" looks among functions only, anything else among all. O(entries · length).
    void filter(const QString& text);
    const PaletteEntry& at(int row) const { return m_entries[m_shown[std::size_t(row)]]; }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<PaletteEntry> m_entries;
    std::vector<std::size_t> m_shown;
};

/// Floats over the window; Enter runs, Esc closes.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    CommandPalette(const Theme& theme, std::vector<PaletteEntry> entries, QWidget* window);
    void popup();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void run(int row);

    const Theme& m_theme;
    PaletteModel* m_model;
    QLineEdit* m_field;
    QListView* m_list;
};

/// The enabled actions of a menu bar, with their menu's name.
std::vector<PaletteEntry> menuEntries(const QList<QAction*>& menus);
/// The functions of the open profile, by total.
std::vector<PaletteEntry> functionEntries(ViewContext* context, const std::function<void(FrameId)>& show);

} // namespace sundial
