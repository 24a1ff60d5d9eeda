// SPDX-License-Identifier: GPL-3.0-or-later
// How often noise is taken for change, and change for noise: ten runs of one program (fixtures/compare/noise) in all
// 126 splits of five against five, and every five of them against five runs of the same program with one function 10 %
// slower. Prints one JSON object.
#include "model/noise.h"
#include "model/verdict.h"
#include "tests/support/compare.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <bit>
#include <cstdio>

using namespace sundial;

namespace
{

constexpr unsigned kRuns = 10, kSide = 5;
const QString kFolder = QStringLiteral("compare/noise/logmill/");

std::vector<ProfilePtr> load(const QString& pattern, unsigned count)
{
    std::vector<ProfilePtr> profiles;
    for (unsigned i = 1; i <= count; ++i)
        profiles.push_back(test::loadFixture(kFolder + pattern.arg(i, 2, 10, QLatin1Char('0'))));
    return profiles;
}

/// The runs whose bits are set, or those whose bits are not.
RunSet chosen(const std::vector<ProfilePtr>& runs, unsigned bits, bool isSet)
{
    std::vector<ProfilePtr> some;
    for (unsigned i = 0; i < runs.size(); ++i) {
        if (((bits >> i) & 1U) == unsigned(isSet))
            some.push_back(runs[i]);
    }
    return test::runSetOf(some);
}

} // namespace

int main()
{
    const std::vector<ProfilePtr> runs = load(QStringLiteral("run-%1.prof"), kRuns);
    std::vector<ProfilePtr> changed;
    for (unsigned i = 1; i <= kSide; ++i)
        changed.push_back(test::loadFixture(kFolder + QStringLiteral("planted-%1.prof").arg(i)));
    const RunSet planted = test::runSetOf(changed);
    const std::string name = test::readFixtureJson(kFolder + "truth.json")["planted"]
                                 .toObject()["function"]
                                 .toArray()[2]
                                 .toString()
                                 .toStdString();

    int splits = 0, wrongVerdicts = 0, sides = 0, found = 0, slower = 0;
    double marked = 0, most = 0, others = 0;
    for (unsigned bits = 0; bits < 1U << kRuns; ++bits) {
        if (std::popcount(bits) != int(kSide))
            continue;
        const RunSet before = chosen(runs, bits, true);
        if (bits & 1U) { // the other half are the same splits, exchanged
            const ComparisonPtr same = compare(before, chosen(runs, bits, false));
            const Noise noise = measureNoise(*same);
            const double share = double(std::count(noise.beyond.begin(), noise.beyond.end(), true)) / same->size();
            marked += share;
            most = std::max(most, share);
            wrongVerdicts += judge(*same, noise).kind != VerdictKind::Unchanged;
            ++splits;
        }
        const ComparisonPtr comparison = compare(before, planted);
        const Noise noise = measureNoise(*comparison);
        for (std::uint32_t i = 0; i < comparison->size(); ++i) {
            const bool isPlanted = comparison->frames.frames.name(FrameId{i}) == name;
            found += isPlanted && noise.beyond[i] && comparison->deltaSelf(FrameId{i}) > 0;
            others += !isPlanted && noise.beyond[i] ? 1.0 / comparison->size() : 0;
        }
        slower += judge(*comparison, noise).kind == VerdictKind::Slower;
        ++sides;
    }
    std::printf("{\"same_code\": {\"splits\": %d, \"marked_percent\": %.3f, \"marked_percent_at_most\": %.2f, "
                "\"verdicts_not_unchanged\": %d},\n \"planted_10_percent\": {\"comparisons\": %d, \"found\": %d, "
                "\"others_marked_percent\": %.3f, \"verdicts_slower\": %d}}\n",
                splits, 100 * marked / splits, 100 * most, wrongVerdicts, sides, found, 100 * others / sides, slower);
    return 0;
}
