// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/native_trace.h"

namespace sundial::memray
{

bool NativeTraces::addNode(std::uint64_t ip, std::uint64_t parent)
{
    if (parent > m_nodes.size() || m_nodes.size() >= UINT32_MAX - 1)
        return false;
    m_nodes.push_back({ip, std::uint32_t(parent)});
    return true;
}

void NativeTraces::addImage(Image image)
{
    if (m_generations.empty())
        beginGeneration();
    std::uint64_t hash = mixBits(image.file.value) ^ mixBits(image.load);
    for (const Image::Segment& segment : image.segments)
        hash = mixBits(hash ^ segment.address) + segment.size;
    const auto [entry, isNew] = m_imageByHash.try_emplace(hash, std::uint32_t(m_images.size()));
    std::uint32_t index = entry->second;
    if (!isNew && !(m_images[index] == image))
        index = std::uint32_t(m_images.size()); // two hashes that meet: keep it apart
    if (index == m_images.size())
        m_images.push_back(std::move(image));
    m_generations.back().push_back(index);
}

std::span<const std::uint32_t> NativeTraces::imagesIn(std::uint32_t generation) const
{
    if (generation == 0 || generation > m_generations.size())
        return {};
    return m_generations[generation - 1];
}

} // namespace sundial::memray
