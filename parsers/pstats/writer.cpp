// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/pstats/writer.h"

#include "parsers/support/utf8.h"

#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

namespace sundial
{

namespace
{

constexpr char kFlagRef = '\x80';

/// Writes marshal objects. Texts and keys that occurred before become references.
class MarshalWriter
{
public:
    MarshalWriter(const FrameTable& frames)
        : m_frames(frames), m_textReference(frames.strings().size(), kNone), m_keyReference(frames.size(), kNone)
    {
    }

    void byte(char c) { m_out += c; }
    void tuple(std::uint8_t items)
    {
        m_out += ')';
        m_out += char(items);
    }
    void integer(std::int64_t value)
    {
        if (value >= std::numeric_limits<std::int32_t>::min() && value <= std::numeric_limits<std::int32_t>::max()) {
            m_out += 'i';
            raw(std::int32_t(value));
            return;
        }
        constexpr unsigned kBitsPerDigit = 15;
        std::uint64_t rest = value < 0 ? ~std::uint64_t(value) + 1 : std::uint64_t(value);
        std::int32_t digits = 0;
        for (std::uint64_t left = rest; left > 0; left >>= kBitsPerDigit)
            ++digits;
        m_out += 'l';
        raw(value < 0 ? -digits : digits);
        for (; rest > 0; rest >>= kBitsPerDigit)
            raw(std::uint16_t(rest & 0x7fff));
    }
    void number(double value)
    {
        m_out += 'g';
        raw(value);
    }
    /// (file, line, function)
    void key(FrameId frame)
    {
        std::uint32_t& known = m_keyReference[frame.value];
        if (known != kNone) {
            reference(known);
            return;
        }
        known = m_nextReference++;
        m_out += char(')' | kFlagRef);
        m_out += '\3';
        const FrameKey& parts = m_frames.key(frame);
        text(parts.file);
        integer(parts.line);
        text(parts.name);
    }
    void asciiText(std::string_view word)
    {
        m_out += 'z';
        m_out += char(word.size());
        m_out += word;
    }
    std::string take() && { return std::move(m_out); }

private:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    template <class T> void raw(T value)
    {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof(T));
        m_out.append(bytes, sizeof(T));
    }
    void reference(std::uint32_t index)
    {
        m_out += 'r';
        raw(index);
    }
    void text(StringId id)
    {
        std::uint32_t& known = m_textReference[id.value];
        if (known != kNone) {
            reference(known);
            return;
        }
        known = m_nextReference++;
        const std::string_view bytes = m_frames.strings().text(id);
        const std::string name = isUtf8(bytes) ? std::string(bytes) : latin1ToUtf8(bytes); // Python reads UTF-8 only
        m_out += char('u' | kFlagRef);
        raw(std::uint32_t(name.size()));
        m_out += name;
    }

    const FrameTable& m_frames;
    std::string m_out;
    std::vector<std::uint32_t> m_textReference;
    std::vector<std::uint32_t> m_keyReference;
    std::uint32_t m_nextReference = 0;
};

} // namespace

std::string writePstats(const Profile& profile, const CallGraph& graph, const Metric& metric)
{
    const FunctionTable& functions = graph.functions();
    const ArcDialect& dialect = graph.dialect();
    const double seconds = secondsPer(metric.unit);
    MarshalWriter out(profile.frames);
    out.byte('{');
    for (std::uint32_t f = 0; f < functions.size(); ++f) {
        if (!functions.listed[f])
            continue;
        out.key(FrameId{f});
        out.tuple(5);
        out.integer(functions.primitiveCalls[f]);
        out.integer(functions.calls[f]);
        out.number(functions.self[f] * seconds);
        out.number(functions.total[f] * seconds);
        out.byte('{');
        for (const EdgeId e : graph.callers(FrameId{f})) {
            const Edge& edge = graph.edge(e);
            out.key(edge.caller);
            if (dialect.edgeCounts) {
                out.integer(edge.calls);
                continue;
            }
            out.tuple(4);
            out.integer(edge.calls); // callers hold the two counts in the other order than rows
            out.integer(edge.primitiveCalls);
            out.number(edge.self * seconds);
            out.number(edge.total * seconds);
        }
        out.byte('0');
    }
    if (dialect.sampled) {
        out.tuple(1);
        out.asciiText("__sampled__");
        out.byte('T');
    }
    out.byte('0');
    return std::move(out).take();
}

} // namespace sundial
