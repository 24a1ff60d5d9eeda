// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles for tests: built by hand from text, or random from a seed that failing tests print.
#pragma once

#include "model/profile_builder.h"

#include <random>
#include <string_view>

namespace sundial::test
{

/// An exact profile from lines "a;b;c 12", in one metric of samples (or whatever `metric` says).
inline Profile fromStacks(std::string_view text, Metric metric = {"samples", "Samples", Unit::Samples, {}, {}})
{
    ProfileBuilder builder({std::move(metric)});
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::size_t space = line.rfind(' ');
        if (space == line.npos)
            continue;
        std::uint32_t node = 0;
        for (std::string_view rest = line.substr(0, space); !rest.empty();) {
            const std::string_view name = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(rest.size(), name.size() + 1));
            node = builder.child(node, builder.internFrame(name, "test.py", 1));
        }
        builder.addSample(node, std::stod(std::string(line.substr(space + 1))));
    }
    return std::move(builder).build();
}

/// A random exact profile: `samples` stacks over `functions` functions, up to `depth` deep, with recursion.
inline Profile randomPaths(unsigned seed, unsigned samples = 500, unsigned functions = 40, unsigned depth = 20)
{
    std::mt19937 engine(seed);
    const auto random = [&engine] { return unsigned(engine()); };
    ProfileBuilder builder({{"time", "Time", Unit::Microseconds, NumberKind::Exact, {}}});
    std::vector<FrameId> frames;
    for (unsigned i = 0; i < functions; ++i)
        frames.push_back(builder.internFrame("f" + std::to_string(i), "pkg/m" + std::to_string(i % 7) + ".py", i + 1));
    for (unsigned s = 0; s < samples; ++s) {
        std::uint32_t node = 0;
        unsigned previous = 0;
        const unsigned length = random() % depth + 1;
        for (unsigned d = 0; d < length; ++d) {
            previous = (previous * 3 + random() % 4) % functions; // few successors, so that stacks share prefixes
            node = builder.child(node, frames[previous]);
        }
        builder.addSample(node, random() % 1000);
    }
    return std::move(builder).build();
}

} // namespace sundial::test
