// SPDX-License-Identifier: GPL-3.0-or-later
// Python's deterministic profiles: one marshalled dictionary
//     (file, line, function) -> (cc, nc, tt, ct, callers)
//     callers: (file, line, function) -> (nc, cc, tt, ct), or a count alone (profile, sampled dumps)
// cc: primitive calls, nc: all calls (the two places differ!), tt and ct: self and total in seconds. Written by
// cProfile, profile, pstats, yappi, pyinstrument and Python 3.15's sampling profiler, from Python 2.5 on. The bytes go
// straight into columns: references are resolved by the ids that their first reading left behind. Errors:
// UnknownFormat, NoData, Malformed with the entry or the byte, Truncated before the first row is complete (later the
// rows read so far are kept, and the profile is partial), TooLarge from 4 GiB. Odd numbers are repaired and counted.
// Source of knowledge: CPython's Lib/pstats.py, Lib/profile.py and Modules/_lsprof.c.
#include "model/merge_frames.h"
#include "model/profile_builder.h"
#include "parsers/formats.h"
#include "parsers/pstats/dialect.h"
#include "parsers/support/marshal_reader.h"
#include "parsers/support/read_pages.h"
#include "parsers/support/utf8.h"

#include <cmath>
#include <optional>
#include <unordered_map>

namespace sundial
{

namespace
{

constexpr std::size_t kProgressStep = 1 << 16;
constexpr std::uint32_t kNoRow = UINT32_MAX;

bool isText(const MarshalToken& token)
{
    return token.type == MarshalType::Text || token.type == MarshalType::Bytes;
}

std::string plural(std::uint64_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

/// What was changed or ignored; becomes the profile's warnings.
struct Repairs {
    std::uint64_t notANumber = 0, infinite = 0, negative = 0; ///< Functions and edges with such a time.
    std::uint64_t hugeCounts = 0;
    std::uint64_t duplicates = 0;

    std::vector<std::string> sentences() const
    {
        std::vector<std::string> result;
        const auto say = [&result](std::uint64_t count, std::string_view one, std::string_view many) {
            if (count > 0)
                result.push_back(plural(count, one, many));
        };
        say(notANumber, "function has a time that is not a number; shown as 0.",
            "functions have a time that is not a number; shown as 0.");
        say(infinite, "function has an infinite time; shown as 0.", "functions have an infinite time; shown as 0.");
        say(negative, "function has a negative time, kept as it is.", "functions have a negative time, kept as it is.");
        if (hugeCounts > 0)
            result.emplace_back("A call count is larger than 2^63; shown as the largest number.");
        say(duplicates, "function occurs twice; its last numbers are shown.",
            "functions occur twice; their last numbers are shown.");
        return result;
    }
};

/// Reads one profile. After a failure (m_error, or the marshal reader's own) every step returns false.
class PstatsReader
{
public:
    PstatsReader(const Input& input, const ParseOptions& options, Progress& progress)
        : m_bytes(input.text), m_in(input.text), m_pages(input.text, input.isMapped), m_keepsEdges(options.edges),
          m_progress(progress)
    {
    }
    Result<Profile> read();

private:
    bool readRows();
    bool readRow(FrameId frame);
    bool readSampledMarker(const MarshalToken& key);
    bool readCallers(std::uint32_t row);
    bool readCaller(FrameId caller, std::uint32_t row);
    FrameId knownKey();
    FrameId readKey(const MarshalToken& key);
    StringId readName(std::string_view what, bool mayBeCode);
    bool readCount(std::int64_t& count);
    bool readTime(double& seconds);
    std::uint32_t rowOf(FrameId frame);
    void addEdge(const Edge& edge);
    void dropReplacedEdges();
    Profile finish();

    bool wrong(const MarshalToken& at, std::string message);
    std::string entry() const { return "Entry " + std::to_string(m_entry + 1); }

    std::string_view m_bytes;
    MarshalReader m_in;
    ReadPages m_pages;
    const bool m_keepsEdges;
    Progress& m_progress;
    std::optional<Error> m_error;
    ProfileBuilder m_builder{{{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}}};
    // Frames are numbered by first mention while reading, rows by their place in the file; finish() makes the two
    // agree.
    FunctionTable m_functions;                                       ///< By row.
    std::vector<Edge> m_edges;                                       ///< Callers are frames, callees are rows.
    std::vector<std::uint32_t> m_rowOfFrame;                         ///< kNoRow: only mentioned as a caller.
    std::vector<std::uint32_t> m_lastEdgeOfCaller;                   ///< By frame.
    std::unordered_map<std::uint32_t, std::size_t> m_replacedBefore; ///< Row → first edge that still counts.
    std::uint64_t m_entry = 0;
    std::size_t m_rowStart = 0; ///< First edge of the row that is being read.
    bool m_rowIsOdd[3] = {};    ///< NaN, infinite, negative: each row counts once.
    PstatsTraits m_traits;
    Repairs m_repairs;
};

bool PstatsReader::wrong(const MarshalToken& at, std::string message)
{
    m_in.skip(at); // damage inside it is the better message
    if (m_in.ok() && !m_error)
        m_error = Error{ErrorKind::Malformed, std::move(message), at.offset,
                        "Open a file that cProfile, profile or a profiler's pstats export wrote."};
    return false;
}

Result<Profile> PstatsReader::read()
{
    if (readRows()) {
        if (m_functions.size() == 0)
            return Error{ErrorKind::NoData, "The profile holds no functions.", Error::kNoOffset,
                         "Check that the profiler was running while the program ran."};
        return finish();
    }
    if (m_error)
        return *m_error;
    if (m_in.error().kind != ErrorKind::Truncated || m_functions.size() == 0)
        return m_in.error();
    m_edges.resize(m_rowStart);
    m_builder.profile().isPartial = true;
    m_builder.profile().warnings.push_back(
        "The profile ends too early (byte " + std::to_string(m_in.error().offset) + "): only its first " +
        plural(m_functions.size(), "function is", "functions are") + " shown, and every sum is too small.");
    return finish();
}

bool PstatsReader::readRows()
{
    const MarshalToken top = m_in.next();
    if (top.type != MarshalType::Dict)
        return wrong(top, "The file holds " + std::string(describeType(top.type)) + ", not profile data.");
    const MarshalReader::Visit visit(m_in, top);
    for (std::size_t nextReport = kProgressStep;; ++m_entry) {
        if (m_in.offset() >= nextReport) {
            nextReport = m_in.offset() + kProgressStep;
            m_pages.letGoBefore(m_in.offset());
            if (!m_progress.advanceTo(m_in.offset())) {
                m_error = Error{ErrorKind::Cancelled, {}, m_in.offset(), {}};
                return false;
            }
        }
        m_rowStart = m_edges.size();
        if (m_in.codeFollows()) {
            m_error = Error{ErrorKind::Malformed, "The file holds compiled code, not profile data.", m_in.offset(),
                            "Open a file that a profiler wrote."};
            return false;
        }
        FrameId frame = knownKey();
        if (!frame) {
            const MarshalToken key = m_in.next();
            if (key.type == MarshalType::End)
                return true;
            if (key.type == MarshalType::Tuple && key.count == 1) {
                if (!readSampledMarker(key))
                    return false;
                continue;
            }
            frame = readKey(key);
        }
        if (!frame || !readRow(frame))
            return false;
    }
}

bool PstatsReader::readSampledMarker(const MarshalToken& key)
{
    {
        const MarshalReader::Visit visit(m_in, key);
        const MarshalToken word = m_in.next();
        if (word.text != "__sampled__")
            return wrong(word, entry() + " is not a (file, line, function) key.");
    }
    m_traits.hasSampledMarker = true;
    const MarshalToken value = m_in.next();
    m_in.skip(value);
    return m_in.ok();
}

bool PstatsReader::readRow(FrameId frame)
{
    const MarshalToken value = m_in.next();
    if (value.type != MarshalType::Tuple)
        return wrong(value, entry() + " holds " + std::string(describeType(value.type)) + " instead of five values.");
    if (value.count != 5)
        return wrong(value, entry() + " has " + plural(value.count, "value", "values") + " instead of 5.");

    const MarshalReader::Visit visit(m_in, value);
    std::fill(std::begin(m_rowIsOdd), std::end(m_rowIsOdd), false);
    ArcCounts counts;
    if (!readCount(counts.primitiveCalls) || !readCount(counts.calls) || !readTime(counts.self) ||
        !readTime(counts.total))
        return false;
    const std::uint32_t row = m_rowOfFrame[frame.value];
    const std::uint32_t newRow = row == kNoRow ? m_functions.size() : row;
    if (!readCallers(newRow))
        return false;
    // Only a whole row is added, so that a file that ends inside one leaves nothing behind.
    if (row == kNoRow) {
        m_rowOfFrame[frame.value] = newRow;
        m_functions.self.push_back(counts.self);
        m_functions.total.push_back(counts.total);
        m_functions.calls.push_back(counts.calls);
        m_functions.primitiveCalls.push_back(counts.primitiveCalls);
        m_functions.listed.push_back(true);
    } else { // as in a dictionary: the first one's place, the last one's numbers
        ++m_repairs.duplicates;
        m_replacedBefore[row] = m_rowStart;
        m_functions.self[row] = counts.self;
        m_functions.total[row] = counts.total;
        m_functions.calls[row] = counts.calls;
        m_functions.primitiveCalls[row] = counts.primitiveCalls;
    }
    m_repairs.notANumber += m_rowIsOdd[0];
    m_repairs.infinite += m_rowIsOdd[1];
    m_repairs.negative += m_rowIsOdd[2];
    return true;
}

bool PstatsReader::readCallers(std::uint32_t row)
{
    const MarshalToken callers = m_in.next();
    if (callers.type != MarshalType::Dict)
        return wrong(callers, entry() + ": the callers are " + std::string(describeType(callers.type)) +
                                  " instead of a dictionary.");
    const MarshalReader::Visit visit(m_in, callers);
    for (;;) {
        FrameId caller = knownKey();
        if (!caller) {
            const MarshalToken key = m_in.next();
            if (key.type == MarshalType::End)
                return true;
            caller = readKey(key);
        }
        if (!caller || !readCaller(caller, row))
            return false;
    }
}

bool PstatsReader::readCaller(FrameId caller, std::uint32_t row)
{
    Edge edge{.caller = caller, .callee = FrameId{row}};
    const MarshalToken value = m_in.next();
    if (value.type == MarshalType::Int) {
        edge.calls = edge.primitiveCalls = std::max<std::int64_t>(value.integer, kCallsUnknown);
        m_repairs.hugeCounts += value.isClamped;
        m_traits.hasCountEdges = true;
        addEdge(edge);
        return true;
    }
    if (value.type != MarshalType::Tuple)
        return wrong(value, entry() + ": a caller holds " + std::string(describeType(value.type)) +
                                " instead of four values.");
    if (value.count != 4)
        return wrong(value, entry() + ": a caller has " + plural(value.count, "value", "values") + " instead of 4.");
    const MarshalReader::Visit visit(m_in, value);
    if (!readCount(edge.calls) || !readCount(edge.primitiveCalls) || !readTime(edge.self) || !readTime(edge.total))
        return false;
    m_traits.hasFullEdges = true;
    addEdge(edge);
    return true;
}

/// The frame of a key that is a reference to one which has been read before; none if something else follows.
FrameId PstatsReader::knownKey()
{
    const std::uint32_t memo = m_in.takeMemo(true);
    return memo != 0 ? FrameId{memo - 1} : FrameId{};
}

FrameId PstatsReader::readKey(const MarshalToken& key)
{
    if (key.type != MarshalType::Tuple || key.count != 3) {
        wrong(key, m_entry == 0 && key.type != MarshalType::Tuple ? "The file holds Python data, but not profile data."
                                                                  : entry() + " is not a (file, line, function) key.");
        return {};
    }
    FrameKey frame;
    {
        const MarshalReader::Visit visit(m_in, key);
        frame.file = readName("file name", false);
        if (!frame.file)
            return {};
        const MarshalToken line = m_in.next();
        if (line.type != MarshalType::Int) {
            wrong(line, entry() + ": the line number is not a number.");
            return {};
        }
        frame.name = readName("function's name", true);
        if (!frame.name)
            return {};
        const bool isLine = line.integer >= 0 && line.integer <= UINT32_MAX;
        frame.line = isLine ? std::uint32_t(line.integer) : 0;
        frame.variant = isLine ? 0 : std::uint32_t(line.integer) | 1; // absurd lines stay apart
    }
    const StringTable& strings = m_builder.frames().strings();
    frame.kind = pstatsKind(strings.text(frame.file), frame.line, strings.text(frame.name));
    const FrameId id = m_builder.frames().intern(frame);
    if (id.value == m_rowOfFrame.size()) {
        m_rowOfFrame.push_back(kNoRow);
        m_lastEdgeOfCaller.push_back(UINT32_MAX);
    }
    m_in.setMemo(key, id.value + 1);
    return id;
}

/// The interned text of a file or function name, or none. `python -m profile -o` leaves the compiled script in a name's
/// place.
StringId PstatsReader::readName(std::string_view what, bool mayBeCode)
{
    if (const std::uint32_t memo = m_in.takeMemo(false); memo != 0)
        return StringId{memo - 1};
    const MarshalToken token = m_in.next();
    StringTable& strings = m_builder.frames().strings();
    StringId id;
    if (token.type == MarshalType::Code && mayBeCode) {
        id = strings.intern("<code object " + std::string(token.text) + ", file \"" + std::string(token.file) +
                            "\", line " + std::to_string(token.integer) + '>');
    } else if (isText(token)) {
        m_traits.isPython2 |= token.type == MarshalType::Bytes;
        id = token.isUnknownCoded && !isUtf8(token.text) ? strings.intern(latin1ToUtf8(token.text))
                                                         : strings.intern(token.text);
    } else {
        wrong(token, entry() + ": the " + std::string(what) + " is not text.");
        return {};
    }
    m_in.setMemo(token, id.value + 1);
    return id;
}

bool PstatsReader::readCount(std::int64_t& count)
{
    const MarshalToken token = m_in.next();
    if (token.type != MarshalType::Int)
        return wrong(token, entry() + ": a call count is not a whole number.");
    m_repairs.hugeCounts += token.isClamped;
    count = std::max<std::int64_t>(token.integer, kCallsUnknown); // -1 is what samplers write who count no calls
    return true;
}

bool PstatsReader::readTime(double& seconds)
{
    const MarshalToken token = m_in.next();
    if (token.type == MarshalType::Int)
        seconds = double(token.integer); // a custom timer may count in whole numbers
    else if (token.type == MarshalType::Float)
        seconds = token.number;
    else
        return wrong(token, entry() + ": a time is not a number.");
    if (std::isfinite(seconds)) {
        m_rowIsOdd[2] |= seconds < 0;
    } else {
        m_rowIsOdd[std::isnan(seconds) ? 0 : 1] = true;
        seconds = 0;
    }
    return true;
}

void PstatsReader::addEdge(const Edge& edge)
{
    if (!m_keepsEdges)
        return;
    std::uint32_t& last = m_lastEdgeOfCaller[edge.caller.value];
    if (last != UINT32_MAX && last >= m_rowStart) { // the same key twice in one dictionary
        m_edges[last] = edge;
        return;
    }
    if (m_edges.size() == m_edges.capacity()) {
        // Doubling holds three times the edges at its worst. What the rest of the file will need follows from the part
        // that has been read; half as much again costs nothing, since memory that is never touched is never taken.
        const double share = double(m_in.offset()) / double(m_bytes.size());
        const auto expected = std::size_t(double(m_edges.size()) / share * 1.5);
        m_edges.reserve(std::min(m_edges.size() * 4, expected) + 1024);
    }
    last = std::uint32_t(m_edges.size());
    m_edges.push_back(edge);
}

void PstatsReader::dropReplacedEdges()
{
    if (m_replacedBefore.empty())
        return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_edges.size(); ++i) {
        const auto replaced = m_replacedBefore.find(m_edges[i].callee.value);
        if (replaced == m_replacedBefore.end() || i >= replaced->second)
            m_edges[kept++] = m_edges[i];
    }
    m_edges.resize(kept);
}

Profile PstatsReader::finish()
{
    dropReplacedEdges();
    // Rows first, in the file's order, then those that are only mentioned as callers.
    std::uint32_t next = m_functions.size();
    for (std::uint32_t& row : m_rowOfFrame)
        row = row == kNoRow ? next++ : row;
    for (Edge& edge : m_edges)
        edge.caller = FrameId{m_rowOfFrame[edge.caller.value]};
    const std::uint32_t rows = m_functions.size();
    m_builder.frames().reorder(m_rowOfFrame);
    m_functions.self.resize(next, 0);
    m_functions.total.resize(next, 0);
    m_functions.calls.resize(next, kCallsUnknown);
    m_functions.primitiveCalls.resize(next, kCallsUnknown);
    m_functions.listed.resize(next, false);

    Profile& profile = m_builder.profile();
    profile.formatId = "pstats";
    for (std::string& sentence : m_repairs.sentences())
        profile.warnings.push_back(std::move(sentence));
    if (next > rows && !profile.isPartial)
        profile.warnings.push_back(plural(next - rows, "caller has", "callers have") +
                                   " no numbers of its own in the file; shown with unknown times.");
    if (m_in.ok() && m_in.left() > 0)
        profile.warnings.push_back(plural(m_in.left(), "byte after the profile was", "bytes after the profile were") +
                                   " ignored.");
    applyPstatsDialect(m_builder, m_traits, m_functions);
    m_builder.setArcs(std::move(m_functions), std::move(m_edges));
    return std::move(m_builder).build();
}

/// The text that print_stats prints, saved by mistake.
bool isPrintedReport(std::string_view head)
{
    return !head.starts_with('{') && head.find("ncalls") != head.npos &&
           head.find("filename:lineno(function)") != head.npos;
}

bool isTuple(char head)
{
    return (head & 0x7f) == '(' || (head & 0x7f) == ')';
}

Match sniff(std::string_view head, std::string_view)
{
    if (head.size() < 2)
        return Match::No;
    if (isPrintedReport(head))
        return Match::Strong;
    const bool isDict = (head[0] & 0x7f) == '{';
    const bool isMarked = head[0] & '\x80'; // no text in UTF-8 starts with such a byte
    if (isDict && isTuple(head[1])) {
        const std::size_t items = (head[1] & 0x7f) == ')' ? 3 : 6;
        const bool isKey = head.size() > items && (head[2] == 3 || head[2] == 1) && (head[items] & 0x7f) >= 'A';
        return isKey ? Match::Certain : Match::Weak;
    }
    // Marshalled all the same, so that the reader says what is in it: JSON has a quote, a brace or a space here.
    if (isDict &&
        (isMarked || head[1] == '0' || std::string_view("rczZtuasiQ").find(head[1]) != std::string_view::npos))
        return Match::Weak;
    const bool isSequence = (head[0] & 0x7f) == '[' || (head[0] & 0x7f) == '(';
    return isSequence && head.size() > 5 && head[3] == 0 && head[4] == 0 ? Match::Weak : Match::No;
}

Result<Profile> parse(const Input& input, const ParseOptions& options, Progress& progress)
{
    if (isPrintedReport(input.text.substr(0, kHeadBytes)))
        return Error{ErrorKind::UnknownFormat, "This is the text that pstats prints, not the profile.",
                     Error::kNoOffset, "Save the profile itself: python -m cProfile -o FILE."};
    if (input.text.size() >= UINT32_MAX)
        return Error{ErrorKind::TooLarge, "A pstats profile of 4 GiB or more cannot be read.", Error::kNoOffset, {}};
    if (sniff(input.text.substr(0, kHeadBytes), input.name) == Match::No)
        return Error{ErrorKind::UnknownFormat,
                     "This is not a Python profile; it looks like " + std::string(describeContent(input.text)) + ".",
                     Error::kNoOffset,
                     {}};
    Result<Profile> profile = PstatsReader(input, options, progress).read();
    if (profile && profile->arcs.dialect().sampled && !options.byLine)
        mergeLines(*profile); // sampled dumps hold the line that ran, not that of the definition
    return profile;
}

} // namespace

extern const Format pstatsFormat{"pstats", "Python pstats (cProfile)", sniff, parse};

} // namespace sundial
