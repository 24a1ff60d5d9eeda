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

inline RunSet runSetOf(const std::vector<ProfilePtr>& runs, std::string_view metric = {})
{
    std::vector<MetricId> metrics;
    for (const ProfilePtr& run : runs)
        metrics.push_back(findMetric(*run, metric));
    return makeRunSet(runs, metrics);
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
inline RunSet loadRuns(const QString& folder, const QStringList& files, std::string_view metric = {})
{
    std::vector<ProfilePtr> runs;
    for (const QString& file : files)
        runs.push_back(loadFixture(folder + file));
    return runSetOf(runs, metric);
}

} // namespace sundial::test
