// SPDX-License-Identifier: GPL-3.0-or-later
// The native stacks of a capture as the file has them: return addresses, and which program or library was mapped where.
#pragma once

#include <tsl/robin_map.h>

#include <cstdint>
#include <string>
#include <vector>

namespace sundial::memray
{

/// A program or a library in memory.
struct NativeImage {
    struct Segment {
        std::uint64_t address = 0; ///< In the file's own addresses.
        std::uint64_t size = 0;
        bool operator==(const Segment&) const = default;
    };
    std::string file;
    std::uint64_t load = 0; ///< Added to the file's addresses.
    std::vector<Segment> segments;
};

/// Where a return address lies.
struct NativePlace {
    static constexpr std::uint32_t kNoImage = UINT32_MAX;
    std::uint32_t image = kNoImage; ///< In NativeTraces::images().
    std::uint64_t offset = 0;       ///< From the image's load address.
};

class NativeTraces
{
public:
    /// If nobody will ask for the stacks, nothing is kept but their number.
    explicit NativeTraces(bool isKept) : m_isKept(isKept), m_maps(1) {}

    bool isKept() const { return m_isKept; }
    /// The images are told anew, all of them.
    void startMap();
    void addImage(NativeImage image);
    enum class Map : std::uint8_t { Current, ToldLater };
    /// One more return address, called from node `parent`; nodes count from 1. False if that is no earlier one. It lies
    /// in the map that stands now, or in that of setMap().
    bool addNode(std::uint64_t address, std::uint64_t parent, Map map = Map::Current);
    /// For nodes whose map is told later: that of this node and its callers. The first one told for a node stays.
    void setMap(std::uint32_t node, std::uint64_t map);

    std::uint32_t size() const { return m_count; }
    std::uint32_t parent(std::uint32_t node) const { return m_nodes[node - 1].parent; } ///< 0: outermost.
    const std::vector<NativeImage>& images() const { return m_images; }
    /// By node, from 1; entry 0 has no image. O(nodes · log(images) + maps).
    std::vector<NativePlace> places() const;

private:
    struct Node {
        std::uint64_t address = 0;
        std::uint32_t parent = 0;
        std::uint32_t map = 0;
    };

    bool m_isKept;
    std::uint32_t m_count = 0;
    std::vector<Node> m_nodes;
    std::vector<NativeImage> m_images; ///< Each once, however many maps have it.
    tsl::robin_map<std::string, std::uint32_t> m_imageIndex;
    std::vector<std::vector<std::uint32_t>> m_maps; ///< Images of each; 0 stands before the first.
};

} // namespace sundial::memray
