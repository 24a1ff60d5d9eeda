// SPDX-License-Identifier: GPL-3.0-or-later
// Memray captures of any size, the same in every run.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace sundial::test
{

/// A format 12 capture: stacks that move up and down, blocks that mostly die young.
class SyntheticCapture
{
public:
    std::string make(std::uint64_t records)
    {
        text("memray");
        raw(std::uint32_t(12));
        raw(std::uint32_t(0x030b00f0));
        m_bytes += std::string(2, '\0');
        raw(std::uint64_t(records));
        raw(std::uint64_t(0));
        raw(std::uint64_t(1'700'000'000'000));
        raw(std::uint64_t(1'700'000'010'000));
        text("synthetic");
        raw(std::uint32_t(1));
        raw(std::uint64_t(1));
        raw(std::uint64_t(0));
        m_bytes += std::string("\1\1\0", 3);
        for (unsigned code = 1; code <= kCodes; ++code) {
            m_bytes += '\x0e';
            varint(code);
            text("function_" + std::to_string(code));
            text("bench.py");
            m_bytes += std::string("\2\4\x87\0\x87\0", 6);
        }
        m_bytes += '\x0c';
        raw(std::uint64_t(1));
        for (std::uint64_t i = 0; i < records; ++i)
            record();
        m_bytes += '\1';
        return std::move(m_bytes);
    }

private:
    static constexpr unsigned kCodes = 300;

    unsigned random(unsigned below) { return unsigned(m_engine() % below); }
    template <class T> void raw(T value) { m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void text(const std::string& value) { m_bytes.append(value.c_str(), value.size() + 1); }
    void varint(std::uint64_t value)
    {
        for (; value > 0x7f; value >>= 7)
            m_bytes += char((value & 0x7f) | 0x80);
        m_bytes += char(value);
    }
    void pointer(std::uint64_t address)
    {
        const std::uint64_t delta = (address >> 3) - m_pointer;
        m_pointer = address >> 3;
        varint(delta << 1 ^ (0 - (delta >> 63)));
    }
    void record()
    {
        if (m_depth < 5 || (m_depth < 40 && random(3) == 0)) {
            m_bytes += '\x41';
            varint(1 + random(m_depth < 5 ? 3 : kCodes));
            varint(random(8) * 4);
            ++m_depth;
        } else if (random(4) == 0) {
            m_bytes += '\x10';
            --m_depth;
        }
        if (!m_live.empty() && random(100) < 49) {
            const std::size_t back = std::min<std::size_t>(m_live.size(), random(10) == 0 ? 100'000 : 8);
            const std::size_t i = m_live.size() - 1 - random(unsigned(back));
            m_bytes += '\xfd';
            pointer(m_live[i]);
            m_live[i] = m_live.back();
            m_live.pop_back();
        } else {
            const std::uint64_t size = 16 + random(60) * 8;
            m_bytes += '\xfe';
            pointer(m_next);
            varint(size);
            m_live.push_back(m_next);
            m_next += (size + 15) & ~std::uint64_t(15);
        }
    }

    std::string m_bytes;
    std::mt19937 m_engine{7};
    std::vector<std::uint64_t> m_live;
    std::uint64_t m_next = 0x7f0000000000;
    std::uint64_t m_pointer = 0;
    unsigned m_depth = 0;
};

} // namespace sundial::test
