// SPDX-License-Identifier: GPL-3.0-or-later
// The function card's page without a selection: the profile itself.
#pragma once

#include "views/ranked_section.h"
#include "views/stat_tile.h"
#include "views/view_context.h"

#include <QStringList>
#include <QWidget>

#include <map>

class QLabel;
class QVBoxLayout;

namespace sundial
{

class ProfilePage : public QWidget
{
    Q_OBJECT

public:
    explicit ProfilePage(const ViewContext* context, QWidget* parent = nullptr);

    void showProfile();
    void applyTheme();
    /// Whether what is shown is a part of a file that is still being read.
    void setPart(bool isPart);
    RankedSection& top() { return *m_top; }

signals:
    void functionActivated(FrameId function);

private:
    void showNotes();
    void showTop();
    void showFacts();
    bool stands(const QVBoxLayout* place, const QStringList& texts);
    void showSentences(QVBoxLayout* place, QLabel* title, const QStringList& sentences, const QString& icon);

    const ViewContext* m_context;
    QLabel* m_title;
    QLabel* m_subtitle;
    StatTile* m_total;
    StatTile* m_functions;
    StatTile* m_calls;
    StatTile* m_edges;
    RankedSection* m_top;
    QLabel* m_warningsTitle;
    QVBoxLayout* m_warnings;
    QLabel* m_notesTitle;
    QVBoxLayout* m_notesColumn;
    QLabel* m_factsTitle;
    QVBoxLayout* m_facts;
    bool m_isPart = false;
    std::map<const QVBoxLayout*, QStringList> m_shown;
};

} // namespace sundial
