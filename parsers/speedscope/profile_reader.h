// SPDX-License-Identifier: GPL-3.0-or-later
// One entry of a speedscope file's "profiles": a thread, as samples or as open and close events.
#pragma once

#include "model/profile_builder.h"
#include "model/progress.h"
#include "parsers/support/json_reader.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sundial::speedscope
{

/// A sentence about a profile in which frames may have to be named: their names may come later in the file.
struct Remark {
    std::string text; ///< With \1 and \2 where the two frames' names belong.
    FrameId first, second;
};

/// The first mention of each frame index that is higher than all before it: enough to say, once the number of frames is
/// known, where the first one stands that does not exist.
struct RisingIndex {
    std::uint32_t index;
    std::uint64_t item; ///< Which sample or event, from 1.
};

/// A profile as read. Frames are the file's indices.
struct ReadProfile {
    std::string name;
    std::string type;
    std::string unit;
    double startValue = 0;
    bool isEvented = false;
    std::vector<std::uint32_t> nodes; ///< Of the builder.
    std::vector<double> weights;
    std::vector<std::uint32_t> continued; ///< See Samples; empty if sampled.
    bool hasDroppedSamples = false;       ///< Of weight zero: they are no samples, and their stacks no nodes.
    std::vector<RisingIndex> risingIndices;
    std::optional<Remark> fault; ///< Why it cannot be shown.
    std::vector<Remark> notes;   ///< What was repaired or left out.
};

/// What there is of a profile that is being read. Views into it hold for the call that gets it.
struct ProfileSoFar {
    std::string_view unit; ///< Empty, too, if it has not come yet.
    bool isEvented = false;
    std::span<const std::uint32_t> nodes; ///< Of the builder.
    std::span<const double> weights;      ///< Fewer than nodes where a list of them comes later in the file.
};
using ShowSoFar = std::function<void(const ProfileSoFar&)>;

/// Reads the object that comes next in `json`, and makes its stacks in `builder`. `number` counts profiles from 1, for
/// sentences. A profile with a fault is read to its end all the same; after json has failed, or progress says stop, the
/// result means nothing. `showSoFar` is called every megabyte or so; it may be empty.
ReadProfile readProfile(JsonReader& json, ProfileBuilder& builder, Progress& progress, std::size_t number,
                        const ShowSoFar& showSoFar);

} // namespace sundial::speedscope
