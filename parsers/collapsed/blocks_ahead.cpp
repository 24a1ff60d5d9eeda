// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/collapsed/blocks_ahead.h"

#include <system_error>

namespace sundial::collapsed
{

namespace
{

constexpr std::size_t kSlotsPerThread = 4; // what a thread is ahead at most: more would only take memory

} // namespace

std::string_view blockOf(std::string_view text, std::size_t bytes)
{
    const std::size_t end = text.size() > bytes ? text.find('\n', bytes) : text.npos;
    return text.substr(0, end == text.npos ? text.size() : end + 1);
}

BlocksAhead::BlocksAhead(std::string_view text, std::size_t blockBytes, Dialect dialect, std::size_t threads)
    : m_text(text), m_blockBytes(blockBytes), m_dialect(dialect), m_reader(dialect), m_slots(1 + threads * kSlotsPerThread)
{
    m_threads.reserve(threads);
    try {
        while (m_threads.size() < threads)
            m_threads.emplace_back([this] { prepareOrFail(); });
    } catch (const std::system_error&) {
        // no memory for another stack: those that run do all of it
    }
}

BlocksAhead::~BlocksAhead()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
        m_changed.notify_all();
    }
    for (std::thread& thread : m_threads)
        thread.join();
}

const LineBlock* BlocksAhead::next()
{
    std::unique_lock lock(m_mutex);
    if (m_takenEnd > 0) { // the block before goes back
        m_slots[m_taken % m_slots.size()].isPrepared = false;
        ++m_taken;
        m_changed.notify_one();
    }
    if (m_takenEnd == m_text.size())
        return nullptr;
    Slot& slot = m_slots[m_taken % m_slots.size()];
    if (m_begun == m_taken) {
        const std::string_view text = begin();
        lock.unlock();
        m_reader.read(text, slot.block);
        lock.lock();
    } else {
        m_changed.wait(lock, [&] { return m_isStopped || slot.isPrepared; });
    }
    if (m_failure)
        std::rethrow_exception(m_failure);
    m_takenEnd = slot.end;
    return &slot.block;
}

/// The text of the next block, whose slot is now somebody's.
std::string_view BlocksAhead::begin()
{
    const std::string_view text = blockOf(m_text.substr(m_begunEnd), m_blockBytes);
    m_begunEnd += text.size();
    m_slots[m_begun++ % m_slots.size()].end = m_begunEnd;
    return text;
}

void BlocksAhead::prepareOrFail()
{
    try {
        prepare();
    } catch (...) {
        const std::lock_guard lock(m_mutex);
        m_failure = std::current_exception();
        m_isStopped = true;
        m_changed.notify_all();
    }
}

void BlocksAhead::prepare()
{
    LineReader reader(m_dialect);
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [&] { return m_isStopped || m_begunEnd == m_text.size() || mayBegin(); });
        if (m_isStopped || m_begunEnd == m_text.size())
            return;
        Slot& slot = m_slots[m_begun % m_slots.size()];
        const std::string_view text = begin();
        lock.unlock();
        reader.read(text, slot.block);
        lock.lock();
        slot.isPrepared = true;
        m_changed.notify_all();
    }
}

} // namespace sundial::collapsed
