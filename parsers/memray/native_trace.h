// SPDX-License-Identifier: GPL-3.0-or-later
// Native stacks as a capture has them: return addresses, and the images that were loaded, each time the list changed.
#pragma once

#include "model/hash.h"
#include "model/ids.h"

#include <tsl/robin_map.h>

#include <cstdint>
#include <span>
#include <vector>

namespace sundial::memray
{

/// A file of machine code at the place where it was loaded.
struct Image {
    struct Segment {
        std::uint64_t address = 0; ///< In the file's own addresses.
        std::uint64_t size = 0;
        friend bool operator==(const Segment&, const Segment&) = default;
    };
    StringId file;
    std::uint64_t load = 0;
    std::vector<Segment> segments;
    friend bool operator==(const Image&, const Image&) = default;
};

class NativeTraces
{
public:
    struct Node {
        std::uint64_t ip = 0;     ///< A return address in the traced process.
        std::uint32_t parent = 0; ///< Node number of the caller; 0: none.
    };

    /// Nodes are numbered from 1. False if the parent is not an earlier one.
    bool addNode(std::uint64_t ip, std::uint64_t parent);
    const Node* node(std::uint32_t number) const
    {
        return number != 0 && number <= m_nodes.size() ? &m_nodes[number - 1] : nullptr;
    }
    bool isEmpty() const { return m_nodes.empty(); }

    /// The images that follow are a new list.
    void beginGeneration() { m_generations.emplace_back(); }
    /// Equal images are kept once: the whole list comes again for each library that is loaded.
    void addImage(Image image);
    /// Number of the latest list; 0 before the first one.
    std::uint32_t generation() const { return std::uint32_t(m_generations.size()); }
    /// Indices into images(), of one list.
    std::span<const std::uint32_t> imagesIn(std::uint32_t generation) const;
    const std::vector<Image>& images() const { return m_images; }

private:
    std::vector<Node> m_nodes;
    std::vector<Image> m_images;
    std::vector<std::vector<std::uint32_t>> m_generations;
    tsl::robin_map<std::uint64_t, std::uint32_t, PairHash> m_imageByHash;
};

} // namespace sundial::memray
