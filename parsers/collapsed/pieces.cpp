// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/collapsed/pieces.h"

#include "parsers/support/processors.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

namespace sundial::collapsed
{

namespace
{

constexpr std::size_t kMostThreads = 8; // putting the pieces together is the work of one

/// Cut behind line ends.
std::vector<std::string_view> piecesOf(std::string_view text, std::size_t bytes)
{
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const std::size_t end = text.size() > bytes ? text.find('\n', bytes) : text.npos;
        pieces.push_back(text.substr(0, end == text.npos ? text.size() : end + 1));
        text.remove_prefix(pieces.back().size());
    }
    return pieces;
}

/// Threads take the pieces in order; whoever puts them together takes the finished ones in the same order.
class Pieces
{
public:
    Pieces(std::string_view text, std::size_t pieceBytes, const ParseOptions& options, Dialect dialect,
           const Progress& progress)
        : m_texts(piecesOf(text, pieceBytes)), m_options(options), m_dialect(dialect), m_progress(progress),
          m_readers(m_texts.size())
    {
        const std::size_t processors = allowedProcessors();
        const std::size_t threads = std::min({processors, kMostThreads, size()});
        m_ahead = threads + 1;
        m_threads.reserve(threads);
        for (std::size_t i = 0; i < threads; ++i) {
            try {
                m_threads.emplace_back([this] { workOrFail(); });
            } catch (const std::system_error&) { // no memory for another stack: those that run do all of it
                if (m_threads.empty())
                    throw std::bad_alloc();
                break;
            }
        }
    }
    ~Pieces()
    {
        stop();
        for (std::thread& thread : m_threads)
            thread.join();
    }

    std::size_t size() const { return m_texts.size(); }
    std::string_view text(std::size_t piece) const { return m_texts[piece]; }
    /// Waits for it. Null if the work was cancelled; throws what a thread ended with.
    std::unique_ptr<FileReader> take(std::size_t piece)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_isStopped || m_readers[piece] != nullptr; });
        if (m_failure)
            std::rethrow_exception(m_failure);
        m_taken = piece + 1;
        m_changed.notify_all();
        return std::move(m_readers[piece]);
    }

private:
    void stop()
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
        m_changed.notify_all();
    }

    /// What a thread throws (there may be no memory left) is thrown again where the pieces are put together.
    void workOrFail()
    {
        try {
            work();
        } catch (...) {
            {
                const std::lock_guard lock(m_mutex);
                m_failure = std::current_exception();
            }
            stop();
        }
    }

    void work()
    {
        while (true) {
            std::size_t piece = 0;
            {
                std::unique_lock lock(m_mutex);
                m_changed.wait(lock, [&] { return m_isStopped || m_next == size() || m_next <= m_taken + m_ahead; });
                if (m_isStopped || m_next == size())
                    return;
                piece = m_next++;
            }
            auto reader = std::make_unique<FileReader>(m_options, m_dialect);
            if (!reader->read(m_texts[piece], [this](std::size_t) { return !m_progress.isCancelled(); }))
                return stop();
            const std::lock_guard lock(m_mutex);
            m_readers[piece] = std::move(reader);
            m_changed.notify_all();
        }
    }

    const std::vector<std::string_view> m_texts;
    const ParseOptions& m_options;
    const Dialect m_dialect;
    const Progress& m_progress;
    std::mutex m_mutex; ///< Of all below.
    std::condition_variable m_changed;
    std::vector<std::unique_ptr<FileReader>> m_readers; ///< By piece, while it is read and not taken.
    std::size_t m_next = 0, m_taken = 0;
    bool m_isStopped = false;
    std::exception_ptr m_failure;
    std::size_t m_ahead = 0; ///< So many pieces are read before the last one is taken; more would only take memory.
    std::vector<std::thread> m_threads;
};

} // namespace

void showSoFar(const FileReader& reader, double readShare)
{
    Snapshots* const snapshots = Snapshots::current();
    if (!snapshots || !snapshots->isWanted())
        return;
    if (std::optional<Profile> profile = reader.soFar())
        snapshots->publish(std::move(*profile), readShare);
}

Result<Profile> readInPieces(const Input& input, const ParseOptions& options, Dialect dialect, Progress& progress,
                             std::size_t pieceBytes)
{
    FileReader whole(options, dialect);
    Pieces pieces(input.text, pieceBytes, options, dialect, progress);
    std::size_t offset = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::unique_ptr<FileReader> piece = pieces.take(i);
        offset += pieces.text(i).size();
        if (!piece || !progress.advanceTo(offset))
            return Error{ErrorKind::Cancelled, {}};
        whole.append(*piece);
        showSoFar(whole, double(offset) / double(input.text.size()));
    }
    return whole.finish();
}

} // namespace sundial::collapsed
