// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/artifact_sides.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr std::size_t kFewestRuns = 3; // of both sides together: with one a side there is nothing to take a mean of

/// A path without what counts runs.
QString stemOf(const QString& path)
{
    static const QRegularExpression counters(QStringLiteral("[_.T:+-]*\\d+(?:[_.T:+-]*\\d+)*"));
    return QString(path).remove(counters);
}

/// Below one of two folders or archives: the rest of the path is what both have in common.
std::vector<SidedPath> sidesByRoot(const std::vector<Artifact>& files, const QString& before, const QString& after)
{
    std::vector<SidedPath> sides;
    for (const Artifact& file : files) {
        SidedPath& sided = sides.emplace_back(SidedPath{Side::None, {}, file.name});
        for (const auto& [root, side] : {std::pair{before, Side::Before}, std::pair{after, Side::After}}) {
            if (file.path.startsWith(root) && QStringLiteral("/!").contains(file.path.mid(root.size(), 1)))
                sided = {side, QFileInfo(root).fileName() + u'/', u'/' + file.path.mid(root.size() + 1)};
        }
    }
    return sides;
}

/// "fast-1, fast-2, slow-1": two names, if the digits are left out.
std::vector<SidedPath> sidesByStem(const std::vector<Artifact>& files)
{
    std::vector<SidedPath> sides;
    QStringList stems, firstOf;
    for (const Artifact& file : files) {
        sides.push_back({Side::None, {}, file.name});
        if (!file.skipped.isEmpty() || stems.contains(stemOf(file.name)))
            continue;
        stems << stemOf(file.name);
        firstOf << file.path;
    }
    if (stems.size() != 2)
        return sides;
    const bool isInOrder = guessSides(firstOf[0], firstOf[1]).before == firstOf[0];
    for (std::size_t i = 0; i < files.size(); ++i) {
        const bool isFirst = stemOf(files[i].name) == stems[0];
        sides[i].side = isFirst == isInOrder ? Side::Before : Side::After;
        sides[i].word = QFileInfo(stemOf(files[i].name)).completeBaseName();
    }
    return sides;
}

bool hasBoth(const std::vector<SidedPath>& sides)
{
    const auto has = [&sides](Side side) {
        return std::any_of(sides.begin(), sides.end(), [side](const SidedPath& p) { return p.side == side; });
    };
    return has(Side::Before) && has(Side::After);
}

} // namespace

std::vector<SidedPath> sidesOf(const std::vector<Artifact>& files, const QStringList& dropped)
{
    std::vector<SidedPath> sides;
    if (dropped.size() == 2) {
        const ComparedPaths roots = guessSides(QDir::cleanPath(dropped[0]), QDir::cleanPath(dropped[1]));
        sides = sidesByRoot(files, roots.before, roots.after);
    }
    if (!hasBoth(sides)) {
        sides.clear();
        for (const Artifact& file : files)
            sides.push_back(sidedPath(file.name));
    }
    const bool hasSides =
        std::any_of(sides.begin(), sides.end(), [](const SidedPath& p) { return p.side != Side::None; });
    if (!hasSides)
        sides = sidesByStem(files);
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!files[i].skipped.isEmpty())
            sides[i] = {Side::None, {}, files[i].name};
    }
    return sides;
}

ArtifactSets runsOf(const std::vector<Artifact>& files, const std::vector<SidedPath>& sides)
{
    ArtifactSets sets;
    QSet<QString> beforeStems, afterStems, kinds;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const bool isBefore = sides[i].side == Side::Before;
        if (sides[i].side == Side::None)
            continue;
        (isBefore ? sets.before : sets.after).push_back(int(i));
        (isBefore ? sets.beforeWord : sets.afterWord) = sides[i].word;
        (isBefore ? beforeStems : afterStems).insert(stemOf(sides[i].rest));
        kinds.insert(files[i].kind);
    }
    const bool areRuns = beforeStems.size() == 1 && afterStems.size() == 1 && kinds.size() == 1 &&
                         sets.before.size() + sets.after.size() >= kFewestRuns;
    return areRuns ? sets : ArtifactSets{};
}

} // namespace sundial
