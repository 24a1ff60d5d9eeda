// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of a large text of collapsed stacks, prepared by several threads ahead of the one that takes them.
#pragma once

#include "parsers/collapsed/line_block.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace sundial::collapsed
{

/// Whole lines, about `bytes` of them, from the start of a text; all of it if no line ends behind that.
std::string_view blockOf(std::string_view text, std::size_t bytes);

/// Hands out the blocks in the order of the text. Whoever takes them prepares the next one himself where no thread has
/// begun with it: nobody waits while there is work.
class BlocksAhead
{
public:
    /// `threads` may be 0 (and has to be for Austin's files, see LineReader); fewer run where the system has no more.
    BlocksAhead(std::string_view text, std::size_t blockBytes, Dialect dialect, std::size_t threads);
    ~BlocksAhead();
    BlocksAhead(const BlocksAhead&) = delete;

    /// Null behind the last. Valid until the next call. Throws what a thread ended with (there may be no memory left).
    const LineBlock* next();
    std::size_t offset() const { return m_takenEnd; } ///< Where the block ends that was taken last.

private:
    struct Slot {
        LineBlock block;
        std::size_t end = 0; ///< In the text.
        bool isPrepared = false;
    };

    bool mayBegin() const { return m_begunEnd < m_text.size() && m_begun - m_taken < m_slots.size(); }
    std::string_view begin();
    void prepareOrFail();
    void prepare();

    const std::string_view m_text;
    const std::size_t m_blockBytes;
    const Dialect m_dialect;
    LineReader m_reader; ///< Of whoever takes the blocks.
    std::mutex m_mutex;  ///< Of all below, except the block of a slot between begin() and isPrepared.
    std::condition_variable m_changed;
    std::vector<Slot> m_slots;            ///< Of block i: i % size.
    std::size_t m_begun = 0, m_taken = 0; ///< Blocks; the one in use counts as taken when the next is asked for.
    std::size_t m_begunEnd = 0;           ///< In the text.
    std::size_t m_takenEnd = 0;
    bool m_isStopped = false;
    std::exception_ptr m_failure;
    std::vector<std::thread> m_threads;
};

} // namespace sundial::collapsed
