// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/native_traces.h"

#include "parsers/memray/stacks.h"

#include <algorithm>

namespace sundial::memray
{

namespace
{

constexpr std::uint32_t kToldLater = UINT32_MAX;

/// The mapped segments of one map, by address.
class MapLookup
{
public:
    MapLookup(const std::vector<NativeImage>& images, const std::vector<std::uint32_t>& mapped) : m_images(images)
    {
        for (const std::uint32_t image : mapped) {
            for (const NativeImage::Segment& segment : images[image].segments) {
                const std::uint64_t begin = images[image].load + segment.address;
                m_ranges.push_back({begin, begin + segment.size, image});
            }
        }
        std::sort(m_ranges.begin(), m_ranges.end(), [](const Range& a, const Range& b) {
            return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
        });
    }

    NativePlace at(std::uint64_t address) const
    {
        auto range = std::upper_bound(m_ranges.begin(), m_ranges.end(), address,
                                      [](std::uint64_t a, const Range& r) { return a < r.begin; });
        if (range == m_ranges.begin() || address >= (--range)->end)
            return {};
        return {range->image, address - m_images[range->image].load};
    }

private:
    struct Range {
        std::uint64_t begin = 0, end = 0;
        std::uint32_t image = 0;
    };
    const std::vector<NativeImage>& m_images;
    std::vector<Range> m_ranges;
};

/// What makes an image the same in the next map.
std::string keyOf(const NativeImage& image)
{
    std::string key = image.file;
    const auto add = [&key](std::uint64_t value) { key.append(reinterpret_cast<const char*>(&value), sizeof value); };
    add(image.load);
    for (const NativeImage::Segment& segment : image.segments) {
        add(segment.address);
        add(segment.size);
    }
    return key;
}

} // namespace

void NativeTraces::startMap()
{
    if (m_isKept)
        m_maps.emplace_back();
}

void NativeTraces::addImage(NativeImage image)
{
    if (!m_isKept)
        return;
    const auto [entry, isNew] = m_imageIndex.try_emplace(keyOf(image), std::uint32_t(m_images.size()));
    if (isNew)
        m_images.push_back(std::move(image));
    m_maps.back().push_back(entry->second);
}

bool NativeTraces::addNode(std::uint64_t address, std::uint64_t parent, Map map)
{
    if (parent > m_count || m_count + 1 >= Stacks::kMaxNativeNodes)
        return false;
    ++m_count;
    if (m_isKept)
        m_nodes.push_back(
            {address, std::uint32_t(parent), map == Map::Current ? std::uint32_t(m_maps.size() - 1) : kToldLater});
    return true;
}

void NativeTraces::setMap(std::uint32_t node, std::uint64_t map)
{
    for (; node != 0 && m_nodes[node - 1].map == kToldLater; node = m_nodes[node - 1].parent)
        m_nodes[node - 1].map = std::uint32_t(std::min<std::uint64_t>(map, m_maps.size() - 1));
}

std::vector<NativePlace> NativeTraces::places() const
{
    std::vector<std::vector<std::uint32_t>> nodesOf(m_maps.size());
    for (std::uint32_t n = 0; n < m_nodes.size(); ++n) {
        if (m_nodes[n].map != kToldLater)
            nodesOf[m_nodes[n].map].push_back(n);
    }
    std::vector<NativePlace> places(m_nodes.size() + 1);
    for (std::size_t map = 0; map < nodesOf.size(); ++map) {
        if (nodesOf[map].empty())
            continue;
        const MapLookup lookup(m_images, m_maps[map]);
        for (const std::uint32_t n : nodesOf[map])
            places[n + 1] = lookup.at(m_nodes[n].address);
    }
    return places;
}

} // namespace sundial::memray
