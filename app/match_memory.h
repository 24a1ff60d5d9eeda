// SPDX-License-Identifier: GPL-3.0-or-later
// Which matches the user has overruled in which pair of files.
#pragma once

#include "model/match_rules.h"

#include <QList>
#include <QString>

class QSettings;

namespace sundial
{

/// At most 50 pairs, the one that was changed last first. A side is known by the path of its first file.
class MatchMemory
{
public:
    /// What was said about the pair, whichever side was before; empty if nothing was.
    std::vector<MatchRule> rulesOf(const QString& before, const QString& after) const;
    /// Replaces it; without rules the pair is forgotten.
    void remember(const QString& before, const QString& after, const std::vector<MatchRule>& rules);

    void load(QSettings& file);
    void save(QSettings& file) const;

private:
    static constexpr int kMostPairs = 50;
    static constexpr int kMostRules = 200; ///< Of a pair.

    struct Pair {
        QString before, after;
        std::vector<MatchRule> rules;
    };
    QList<Pair> m_pairs;
};

} // namespace sundial
