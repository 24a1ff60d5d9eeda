// SPDX-License-Identifier: GPL-3.0-or-later
// Back and forward between places: what was shown, not what was changed.
#pragma once

#include "model/analysis.h"
#include "views/view_state.h"

#include <QString>

#include <vector>

namespace sundial
{

/// A place: a view, a zoom root and a selection, in the tree as it was expanded there.
struct Place {
    AnalysisPtr analysis;
    ViewState state;
    QString view;
    bool operator==(const Place&) const = default;
};

/// Like a browser's: visiting drops what lies ahead. At most 200 places; the oldest go first.
class History
{
public:
    void clear() { *this = {}; }
    void visit(Place place)
    {
        if (!m_places.empty() && m_places[m_current] == place)
            return;
        if (!m_places.empty())
            m_places.resize(m_current + 1);
        m_places.push_back(std::move(place));
        if (m_places.size() > kMostPlaces)
            m_places.erase(m_places.begin());
        m_current = m_places.size() - 1;
    }
    bool canGoBack() const { return m_current > 0; }
    bool canGoForward() const { return m_current + 1 < m_places.size(); }
    const Place& back() { return m_places[--m_current]; }
    const Place& forward() { return m_places[++m_current]; }

private:
    static constexpr std::size_t kMostPlaces = 200;

    std::vector<Place> m_places;
    std::size_t m_current = 0;
};

} // namespace sundial
