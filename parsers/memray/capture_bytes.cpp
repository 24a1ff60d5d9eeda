// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/capture_bytes.h"

#include <algorithm>
#include <lz4frame.h>

namespace sundial::memray
{

namespace
{

constexpr std::string_view kLz4Magic = "\x04\x22\x4d\x18";
constexpr std::size_t kChunk = 256 * 1024;
constexpr std::size_t kLongestText = 64 * 1024 * 1024; // a path, a name or a line table; beyond it, damage

} // namespace

CaptureBytes::CaptureBytes(std::string_view file, bool isMapped, Progress& progress)
    : m_file(file), m_readPages(file, isMapped), m_progress(progress)
{
    if (isLz4(file))
        LZ4F_createDecompressionContext(&m_decoder, LZ4F_VERSION);
    m_buffer.resize(kChunk + kAhead);
    m_at = m_end = m_buffer.data();
}

CaptureBytes::~CaptureBytes()
{
    LZ4F_freeDecompressionContext(m_decoder);
}

bool CaptureBytes::isLz4(std::string_view file)
{
    return file.substr(0, kLz4Magic.size()) == kLz4Magic;
}

void CaptureBytes::dropPadding()
{
    if (isCompressed())
        return;
    const std::size_t last = m_file.find_last_not_of('\0');
    const std::size_t size = std::max(std::size_t(offset()), last == m_file.npos ? 0 : last + 1);
    m_file = m_file.substr(0, size);
    m_fileAt = std::min(m_fileAt, size);
    m_end = std::min(m_end, static_cast<const std::uint8_t*>(m_buffer.data() + (size - m_base)));
}

void CaptureBytes::refill(std::size_t count)
{
    if (m_ending != Ending::Open || m_at > m_end)
        return;
    const std::size_t kept = std::size_t(m_end - m_at);
    m_base += std::uint64_t(m_at - m_buffer.data());
    std::memmove(m_buffer.data(), m_at, kept);
    const std::size_t wanted = std::max(count, kChunk);
    if (m_buffer.size() < wanted + kAhead)
        m_buffer.resize(wanted + kAhead);
    std::size_t filled = kept;
    while (filled < wanted && m_ending == Ending::Open)
        filled += pull(m_buffer.data() + filled, wanted - filled);
    std::memset(m_buffer.data() + filled, 0, kAhead);
    m_at = m_buffer.data();
    m_end = m_at + filled;
}

std::size_t CaptureBytes::pull(std::uint8_t* place, std::size_t room)
{
    if (!m_progress.advanceTo(m_fileAt)) {
        m_ending = Ending::Cancelled;
        return 0;
    }
    m_readPages.letGoBefore(m_fileAt);
    if (isCompressed())
        return decompress(place, room);
    const std::size_t count = std::min(room, m_file.size() - m_fileAt);
    std::memcpy(place, m_file.data() + m_fileAt, count);
    m_fileAt += count;
    if (m_fileAt == m_file.size())
        m_ending = Ending::End;
    return count;
}

std::size_t CaptureBytes::decompress(std::uint8_t* place, std::size_t room)
{
    std::size_t written = room;
    std::size_t taken = m_file.size() - m_fileAt;
    const bool isInputDone = taken == 0;
    const std::size_t hint = LZ4F_decompress(m_decoder, place, &written, m_file.data() + m_fileAt, &taken, nullptr);
    m_fileAt += taken;
    if (LZ4F_isError(hint)) {
        m_ending = Ending::BadFrame;
        return 0;
    }
    if (hint == 0)
        m_ending = Ending::End;
    else if (isInputDone && written == 0)
        m_ending = Ending::CutFrame;
    return written;
}

void CaptureBytes::runOut()
{
    m_at = m_end + 1;
}

std::string_view CaptureBytes::cstr()
{
    std::size_t searched = 0;
    for (;;) {
        if (m_at > m_end)
            return {};
        const std::size_t have = std::size_t(m_end - m_at);
        const void* const nul = std::memchr(m_at + searched, 0, have - searched);
        if (nul) {
            const std::size_t length = std::size_t(static_cast<const std::uint8_t*>(nul) - m_at);
            return bytes(length + 1).substr(0, length);
        }
        if (m_ending != Ending::Open || have > kLongestText) {
            runOut();
            return {};
        }
        searched = have;
        refill(have + kChunk);
    }
}

std::string_view CaptureBytes::bytes(std::uint64_t count)
{
    if (count > kLongestText) {
        runOut();
        return {};
    }
    // What follows a text in its record can be read without a check again.
    if (m_at <= m_end && std::size_t(m_end - m_at) < count + kAhead)
        refill(count + kAhead);
    if (m_at > m_end || std::size_t(m_end - m_at) < count) {
        runOut();
        return {};
    }
    const std::string_view view(reinterpret_cast<const char*>(m_at), count);
    m_at += count;
    return view;
}

} // namespace sundial::memray
