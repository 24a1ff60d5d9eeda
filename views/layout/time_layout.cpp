// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/layout/time_layout.h"

#include <algorithm>

namespace sundial
{

namespace
{

constexpr std::size_t kFewBoxes = 4096; // of a row: cheap to walk over at any zoom
constexpr double kGrainStep = 4;        // so a pixel holds some eight boxes of the level for its zoom at most

template <class Row> CoarseRow gathered(const Row& row, double grain)
{
    CoarseRow coarse;
    coarse.grain = grain;
    bool isGathering = false; // the last box may take more in
    double widest = 0;
    for (std::size_t box = 0; box < row.size(); ++box) {
        const double begin = row.begin(box), end = row.end(box);
        const bool isNarrow = end - begin < grain;
        if (isGathering && isNarrow && end - coarse.begins.back() <= grain) {
            coarse.ends.back() = end;
            if (end - begin > widest)
                coarse.frames.back() = row.frame(box);
            widest = std::max(widest, end - begin);
            continue;
        }
        coarse.begins.push_back(begin);
        coarse.ends.push_back(end);
        coarse.frames.push_back(row.frame(box));
        isGathering = isNarrow;
        widest = end - begin;
    }
    return coarse;
}

void shrink(CoarseRow& row)
{
    row.begins.shrink_to_fit();
    row.ends.shrink_to_fit();
    row.frames.shrink_to_fit();
}

/// Each level is made of the one before it, and only kept if it is less than half as long.
std::vector<CoarseRow> coarseRows(const FineRow& fine, double length)
{
    std::vector<CoarseRow> levels;
    std::size_t size = fine.size();
    double grain = kGrainStep * length / double(std::max<std::size_t>(size, 1));
    for (; size > kFewBoxes && grain < length; grain *= kGrainStep) {
        CoarseRow level = levels.empty() ? gathered(fine, grain) : gathered(levels.back(), grain);
        if (level.size() > size / 2)
            continue;
        shrink(level);
        size = level.size();
        levels.push_back(std::move(level));
    }
    return levels;
}

} // namespace

const CoarseRow* TimeLane::coarseRow(std::uint32_t row, double pixel) const
{
    const std::vector<CoarseRow>& levels = coarse[row];
    const auto tooCoarse = std::partition_point(levels.begin(), levels.end(),
                                                [pixel](const CoarseRow& level) { return level.grain <= pixel; });
    return tooCoarse == levels.begin() ? nullptr : &*(tooCoarse - 1);
}

TimeLayoutPtr layOutTime(const Analysis& analysis, Progress& progress)
{
    const Profile& profile = *analysis.profile;
    auto layout = std::make_shared<TimeLayout>();
    layout->scale = timeScale(profile, analysis.metric);
    std::vector<LaneId> shown = lanesInOrder(profile);
    std::erase_if(shown, [&](LaneId lane) {
        const auto isIn = [lane](const std::vector<LaneId>& lanes) {
            return std::find(lanes.begin(), lanes.end(), lane) != lanes.end();
        };
        return !isIn(layout->scale.lanes) || (!analysis.options.lanes.empty() && !isIn(analysis.options.lanes));
    });
    for (const LaneId id : shown) {
        if (progress.isCancelled())
            return {};
        TimeLane lane{id, TimeOrder(profile, id, analysis.paths, analysis.pathOf), analysis.paths, {}};
        for (std::uint32_t row = 0; row < lane.depth(); ++row) {
            if (progress.isCancelled())
                return {};
            lane.coarse.push_back(coarseRows(lane.fine(row), layout->scale.length()));
        }
        layout->lanes.push_back(std::move(lane));
    }
    layout->scale.lanes = std::move(shown);
    return layout;
}

} // namespace sundial
