// SPDX-License-Identifier: GPL-3.0-or-later
// Sides of comparisons from fixtures and from hand-made profiles.
#pragma once

#include "model/run_set.h"
#include "tests/support/files.h"

#include <memory>
#include <utility>
#include <vector>

namespace sundial::test
{

inline RunSet runSetOf(const std::vector<ProfilePtr>& profiles)
{
    std::vector<Run> runs;
    for (const ProfilePtr& profile : profiles)
        runs.push_back(wholeRun(profile, MetricId{0}));
    return makeRunSet(runs);
}

inline RunSet runSetOf(Profile profile)
{
    return runSetOf({std::make_shared<const Profile>(std::move(profile))});
}

inline ProfilePtr loadFixture(const QString& path)
{
    Result<Profile> profile = parseBytes(readFixture(path));
    if (!profile)
        qFatal("%s: %s", qPrintable(path), profile.error().message.c_str());
    return std::make_shared<const Profile>(std::move(*profile));
}

/// The files of one side, below `folder`.
inline RunSet loadRuns(const QString& folder, const QStringList& files)
{
    std::vector<ProfilePtr> runs;
    for (const QString& file : files)
        runs.push_back(loadFixture(folder + file));
    return runSetOf(runs);
}

} // namespace sundial::test
