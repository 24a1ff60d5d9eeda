// SPDX-License-Identifier: GPL-3.0-or-later
// A vector that grows without moving what it holds: millions of entries never lie in memory twice.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace sundial
{

template <class T> class ChunkedVector
{
public:
    std::size_t size() const { return m_size; }
    T& operator[](std::size_t i) { return m_chunks[i / kChunk][i % kChunk]; }
    const T& operator[](std::size_t i) const { return m_chunks[i / kChunk][i % kChunk]; }
    void push_back(const T& value)
    {
        if (m_size == m_chunks.size() * kChunk)
            m_chunks.push_back(std::make_unique_for_overwrite<T[]>(kChunk));
        (*this)[m_size++] = value;
    }

private:
    static constexpr std::size_t kChunk = 1 << 14;

    std::vector<std::unique_ptr<T[]>> m_chunks;
    std::size_t m_size = 0;
};

} // namespace sundial
