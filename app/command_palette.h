// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl+K: anything by its name. Actions of the menus, functions of the profile, recent files.
#pragma once

#include "views/view_context.h"

#include <QAbstractListModel>
#include <QFrame>

#include <functional>

class QLineEdit;
class QListView;
class QMenuBar;

namespace sundial
{

/// One thing that can be run.
struct PaletteEntry {
    QString title;
    QString detail; ///< Menu path, location or folder.
    QString keys;   ///< Shortcut, if it has one.
    std::function<void()> run;
    std::function<void()> reveal; ///< Alt+Enter: shows where it lives; may be none.
    int lastUse = 0;              ///< Breaks ties: what was used later comes first.
};

/// The functions and files of the open profile, which are too many to be entries, and what is done with one.
struct PalettePlaces {
    AnalysisPtr analysis;                     ///< Null: none.
    std::function<void(FrameId)> goTo;        ///< A function, by its name.
    std::function<void(FrameId)> goToSource;  ///< A function, by its place in a file.
    std::function<void(FrameId)> selectAlone; ///< Alt+Enter.
};

/// What is looked for without a prefix: "@" finds functions and ":" files in any case.
enum class PaletteScope {
    All,
    Places, ///< Functions and files.
};

/// The best matches of the typed text, at most kMost.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int kMost = 50;

    PaletteModel(std::vector<PaletteEntry> entries, PalettePlaces places, PaletteScope scope, QObject* parent);
    /// O(entries · length + functions · length).
    void filter(const QString& text);
    const PaletteEntry& at(int row) const { return m_shown[std::size_t(row)]; }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Scored {
        int score;
        PaletteEntry entry;
    };
    void addEntries(std::vector<Scored>& found, const std::string& text) const;
    void addFunctions(std::vector<Scored>& found, const std::string& text) const;
    void addFiles(std::vector<Scored>& found, const std::string& text, int score) const;

    std::vector<PaletteEntry> m_entries;
    PalettePlaces m_places;
    PaletteScope m_scope;
    std::vector<PaletteEntry> m_shown;
};

/// Floats over the window; Enter runs, Alt+Enter shows where the entry lives, Esc closes.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    CommandPalette(const Theme& theme, std::vector<PaletteEntry> entries, PalettePlaces places, PaletteScope scope,
                   QWidget* window);
    void popup();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void run(int row, bool reveal);

    const Theme& m_theme;
    PaletteModel* m_model;
    QLineEdit* m_field;
    QListView* m_list;
};

/// The enabled actions of a menu bar, with their menu's name.
std::vector<PaletteEntry> menuEntries(QMenuBar* menuBar);

} // namespace sundial
