// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/memory_stats.h"

#include <algorithm>
#include <numeric>

namespace sundial
{

std::vector<std::uint32_t> largestLocations(const MemoryStatistics& statistics, LocationOrder order, std::size_t limit)
{
    const std::vector<MemoryStatistics::Location>& locations = statistics.locations;
    const auto value = [&](std::uint32_t i) {
        return order == LocationOrder::Bytes ? locations[i].sum.bytes : locations[i].sum.count;
    };
    std::vector<std::uint32_t> index(locations.size());
    std::iota(index.begin(), index.end(), 0u);
    const std::size_t kept = std::min(limit, index.size());
    std::partial_sort(index.begin(), index.begin() + std::ptrdiff_t(kept), index.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                          if (value(a) != value(b))
                              return value(a) > value(b);
                          if (bool(locations[a].function) != bool(locations[b].function))
                              return bool(locations[a].function);
                          return a > b;
                      });
    index.resize(kept);
    return index;
}

} // namespace sundial
