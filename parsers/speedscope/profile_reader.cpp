// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/speedscope/profile_reader.h"

#include "parsers/speedscope/event_stack.h"
#include "parsers/support/common_prefix.h"

#include <cmath>
#include <cstring>

namespace sundial::speedscope
{

namespace
{

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kBytesPerProgress = 1 << 20;

/// What stands around the values of an event, as a writer puts it each time: ,{"type":"O","frame":12,"at":3.5}.
struct EventShape {
    std::string_view beforeType; ///< From the comma up to the quote that opens the letter. Empty: unknown.
    std::string_view beforeFrame;
    std::string_view beforeAt;
    std::string_view end;
};

/// Where the values of an event stand in the text.
struct EventPlaces {
    std::size_t start = 0; ///< Of the comma before it.
    std::size_t type = 0, frame = 0, frameEnd = 0, at = 0, atEnd = 0;
};

class Reader
{
public:
    Reader(JsonReader& json, ProfileBuilder& builder, Progress& progress, std::size_t number,
           const ShowSoFar& showSoFar)
        : m_json(json), m_builder(builder), m_progress(progress), m_number(number), m_showSoFar(showSoFar),
          m_text(json.text())
    {
    }
    ReadProfile read();

private:
    bool goesOn();
    void showSoFar() const;
    void fault(std::string_view item, std::uint64_t number, std::string text, FrameId first = {}, FrameId second = {});
    void note(std::string text) { m_result.notes.push_back({about() + text, {}, {}}); }
    std::string about() const { return "Profile " + std::to_string(m_number); }

    void readMember(std::string_view key);
    void readStacks();
    bool readFrames(StackCursor& cursor, std::size_t textStart);
    void readWeights();
    void readEvents();
    bool readEvent(std::size_t before);
    void readEventsOfShape();
    void learnShape(const EventPlaces& places);
    bool addEvent(char type, FrameId frame, double at);
    bool readIndex(std::string_view item, std::uint64_t number, FrameId& frame);
    void noteIndex(std::uint32_t index, std::uint64_t item);
    void checkType();
    void finishSampled();
    void finishEvented();
    void addIdle(double total);

    JsonReader& m_json;
    ProfileBuilder& m_builder;
    Progress& m_progress;
    std::size_t m_number;
    const ShowSoFar& m_showSoFar;
    ReadProfile m_result;
    bool m_hasType = false;
    double m_endValue = kNone;
    std::uint64_t m_items = 0;            ///< Samples or events read so far.
    std::vector<std::size_t> m_frameEnds; ///< By frame of the stack before: where its text ends, comma included.
    std::vector<FrameId> m_newFrames;     ///< Of a stack, where it differs from the one before.
    std::uint32_t m_indexLimit = 0;       ///< All frame indices so far are below.
    std::optional<EventStack> m_events;
    std::string_view m_text; ///< Of the whole file.
    EventShape m_shape;      ///< Of the event before.
    std::uint64_t m_unknownEvents = 0;
    std::string m_unknownType;
    std::size_t m_reported = 0; ///< Offset that progress has been told.
};

bool Reader::goesOn()
{
    if (m_result.fault || !m_json.ok())
        return false;
    if (m_json.offset() - m_reported < kBytesPerProgress)
        return true;
    m_reported = m_json.offset();
    showSoFar();
    if (!m_progress.advanceTo(m_reported))
        m_json.stop(); // what is left open is no fault to find the place of: counting a gigabyte's lines takes seconds
    return m_json.ok();
}

void Reader::showSoFar() const
{
    if (!m_showSoFar)
        return;
    if (m_events)
        m_showSoFar({m_result.unit, true, m_events->nodes, m_events->weights});
    else
        m_showSoFar({m_result.unit, false, m_result.nodes, m_result.weights});
}

void Reader::fault(std::string_view item, std::uint64_t number, std::string text, FrameId first, FrameId second)
{
    if (m_result.fault || !m_json.ok())
        return;
    std::string place = about();
    if (!item.empty())
        place.append(", ").append(item).append(" ").append(std::to_string(number));
    m_result.fault = Remark{place + text, first, second};
}

ReadProfile Reader::read()
{
    m_reported = m_json.offset();
    const JsonReader::Mark start = m_json.mark();
    if (m_json.peek() != JsonReader::Type::Object) {
        fault({}, 0, " is not an object.");
    } else {
        m_json.enter();
        for (std::string_view key; goesOn() && m_json.nextMember(key);)
            readMember(key);
        checkType();
    }
    if (m_result.fault) {
        m_json.restore(start);
        m_json.skip();
    } else if (m_json.ok()) {
        m_result.isEvented ? finishEvented() : finishSampled();
    }
    return std::move(m_result);
}

void Reader::readMember(std::string_view key)
{
    if (key == "type") {
        m_result.type = m_json.stringOrNothing();
        m_hasType = true;
    } else if (key == "name") {
        m_result.name = m_json.stringOrNothing();
    } else if (key == "unit") {
        m_result.unit = m_json.stringOrNothing();
    } else if (key == "startValue") {
        m_result.startValue = m_json.numberOr(0);
    } else if (key == "endValue") {
        m_endValue = m_json.numberOr(kNone);
    } else if (key == "samples" && m_json.peek() == JsonReader::Type::Array) {
        readStacks();
    } else if (key == "weights" && m_json.peek() == JsonReader::Type::Array) {
        readWeights();
    } else if (key == "events" && m_json.peek() == JsonReader::Type::Array) {
        readEvents();
    } else {
        m_json.skip();
    }
}

void Reader::checkType()
{
    if (m_result.fault || !m_json.ok())
        return;
    m_result.isEvented = m_result.type == "evented";
    if (!m_hasType)
        fault({}, 0, " has no type.");
    else if (!m_result.isEvented && m_result.type != "sampled")
        fault({}, 0, " has the unknown type '" + m_result.type + "'.");
    else if (!std::isfinite(m_result.startValue) || std::isinf(m_endValue))
        fault({}, 0, ": its start or its end is infinite.");
}

void Reader::noteIndex(std::uint32_t index, std::uint64_t item)
{
    if (index >= m_indexLimit) {
        m_indexLimit = index + 1;
        m_result.risingIndices.push_back({index, item});
    }
}

/// A frame index that is not just digits: "1.0" and "1e0" are whole numbers too, all else is a fault.
bool Reader::readIndex(std::string_view item, std::uint64_t number, FrameId& frame)
{
    if (m_json.peek() != JsonReader::Type::Number) {
        fault(item, number, ": a frame is not a number.");
        return false;
    }
    const double index = m_json.number();
    if (index != std::floor(index))
        fault(item, number, ": frame " + formatExact(index) + " is not a whole number.");
    else if (index < 0 || index >= UINT32_MAX)
        fault(item, number, ": frame " + formatExact(index) + " does not exist.");
    else
        frame = FrameId{std::uint32_t(index)};
    return bool(frame);
}

void Reader::readStacks()
{
    StackCursor cursor(m_builder);
    std::string_view before; // the text of the previous stack, from behind its opening bracket to its closing one
    m_frameEnds.clear();
    m_items = 0;
    m_result.nodes.clear();
    m_json.enter();
    while (goesOn() && m_json.nextItem()) {
        ++m_items;
        if (m_json.peek() != JsonReader::Type::Array) {
            fault("sample", m_items, " is not a list of frames.");
            return;
        }
        const std::size_t start = m_json.offset() + 1;
        m_json.seek(start);
        const std::string_view rest = m_json.rest();
        const std::size_t same = commonPrefix(before, rest);
        if (same == before.size() && !before.empty()) {
            m_json.seek(start + same);
        } else {
            std::size_t kept = m_frameEnds.size();
            while (kept > 0 && m_frameEnds[kept - 1] > same)
                --kept;
            m_frameEnds.resize(kept);
            cursor.popTo(kept);
            m_json.seek(start + (kept > 0 ? m_frameEnds[kept - 1] : 0));
            if (!readFrames(cursor, start))
                return;
            before = rest.substr(0, m_json.offset() - start);
        }
        m_result.nodes.push_back(cursor.node());
    }
}

/// Reads what differs of a stack, to its closing bracket.
bool Reader::readFrames(StackCursor& cursor, std::size_t textStart)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    const std::string_view text = m_json.rest();
    const char* const start = text.data() - (m_json.offset() - textStart);
    const char* const end = text.data() + text.size();
    const char* p = text.data();
    const auto stopAt = [&](const char* place) { m_json.seek(textStart + std::size_t(place - start)); };
    while (p < end && isSpace(*p))
        ++p;
    if (cursor.depth() == 0 && p < end && *p == ']') {
        stopAt(p + 1);
        return true;
    }
    constexpr int kMostDigits = 9; // of what surely fits into 32 bits
    m_newFrames.clear();
    while (true) {
        while (p < end && isSpace(*p))
            ++p;
        const char* const digits = p;
        std::uint32_t index = 0;
        for (; p < end && *p >= '0' && *p <= '9' && p - digits < kMostDigits; ++p)
            index = index * 10 + std::uint32_t(*p - '0');
        while (p < end && isSpace(*p))
            ++p;
        FrameId frame{index};
        if (p == digits || p == end || (*p != ',' && *p != ']')) {
            stopAt(digits);
            frame = {};
            if (!readIndex("sample", m_items, frame))
                return false;
            p = start + (m_json.offset() - textStart);
            while (p < end && isSpace(*p))
                ++p;
        }
        noteIndex(frame.value, m_items);
        m_newFrames.push_back(frame);
        const bool isLast = p == end || *p != ',';
        if (isLast && (p == end || *p != ']')) {
            stopAt(p);
            m_json.peek();  // says that the text ends here, or
            m_json.enter(); // that this is no JSON: a value without a comma before it
            return false;
        }
        ++p;
        m_frameEnds.push_back(std::size_t(p - start));
        if (isLast) {
            stopAt(p);
            cursor.push(m_newFrames);
            return true;
        }
    }
}

void Reader::readWeights()
{
    m_result.weights.clear();
    m_json.enter();
    while (goesOn() && m_json.nextItem()) {
        const std::uint64_t number = m_result.weights.size() + 1;
        if (m_json.peek() != JsonReader::Type::Number) {
            fault("sample", number, ": the weight is not a number.");
            return;
        }
        const double weight = m_json.number();
        if (weight < 0)
            fault("sample", number, ": the weight is negative.");
        else if (std::isinf(weight))
            fault("sample", number, ": the weight is infinite.");
        m_result.weights.push_back(weight);
    }
}

void Reader::readEvents()
{
    m_events.emplace(m_builder);
    m_items = 0;
    m_unknownEvents = 0;
    m_shape = {};
    m_json.enter();
    std::size_t before = m_json.offset();
    while (goesOn() && m_json.nextItem()) {
        ++m_items;
        if (m_json.peek() != JsonReader::Type::Object) {
            fault("event", m_items, " is not an object.");
            return;
        }
        if (readEvent(before))
            readEventsOfShape();
        before = m_json.offset();
    }
}

/// Reads the events that follow as long as they look like the one before. The first one that does not is left to
/// readEvent().
void Reader::readEventsOfShape()
{
    if (m_shape.beforeType.empty())
        return;
    const std::size_t textStart = m_json.offset();
    const std::string_view text = m_json.rest();
    std::size_t p = 0;
    const auto passes = [&](std::string_view part) {
        if (text.size() - p <= part.size() || std::memcmp(text.data() + p, part.data(), part.size()) != 0)
            return false;
        p += part.size();
        return true;
    };
    const auto digits = [&](std::size_t most) {
        std::uint64_t number = 0;
        for (; most > 0 && p < text.size() && text[p] >= '0' && text[p] <= '9'; ++p, --most)
            number = number * 10 + std::uint64_t(text[p] - '0');
        return number;
    };
    constexpr std::size_t kIndexDigits = 9, kExactDigits = 15; // of what surely fits into 32 bits, and a double
    while (goesOn()) {
        const std::size_t eventStart = p;
        if (!passes(m_shape.beforeType))
            return;
        const char type = text[p++];
        if ((type != 'O' && type != 'C') || !passes(m_shape.beforeFrame))
            return;
        const std::size_t indexStart = p;
        const FrameId frame{std::uint32_t(digits(kIndexDigits))};
        if (p == indexStart || !passes(m_shape.beforeAt))
            return;
        const std::size_t atStart = p;
        double at = double(digits(kExactDigits));
        if (p == atStart)
            return;
        if (!passes(m_shape.end)) { // a fraction, or many digits
            m_json.seek(textStart + atStart);
            at = m_json.number();
            p = m_json.offset() - textStart;
            if (!passes(m_shape.end)) {
                m_json.seek(textStart + eventStart);
                return;
            }
        }
        m_json.seek(textStart + p);
        ++m_items;
        if (!addEvent(type, frame, at))
            return;
    }
}

void Reader::learnShape(const EventPlaces& places)
{
    m_shape = {};
    const bool hasComma = m_items > 1;
    if (!(hasComma && places.start < places.type && places.type < places.frame && places.frame < places.at))
        return; // other orders are read member by member
    const auto between = [this](std::size_t from, std::size_t to) { return m_text.substr(from, to - from); };
    m_shape.beforeType = between(places.start, places.type);
    m_shape.beforeFrame = between(places.type + 1, places.frame);
    m_shape.beforeAt = between(places.frameEnd, places.at);
    m_shape.end = between(places.atEnd, m_json.offset());
}

/// Reads any event. `before` is where the one before it ends.
bool Reader::readEvent(std::size_t before)
{
    if (m_result.fault || !m_json.ok())
        return false;
    char type = 0;
    double at = kNone;
    FrameId frame;
    EventPlaces places{.start = before};
    m_json.enter();
    for (std::string_view key; m_json.nextMember(key);) {
        m_json.peek(); // past the space before the value
        const std::size_t value = m_json.offset();
        if (key == "at") {
            at = m_json.numberOr(kNone);
            places.at = value;
            places.atEnd = m_json.offset();
        } else if (key == "frame") {
            if (!readIndex("event", m_items, frame))
                return false;
            places.frame = value;
            places.frameEnd = m_json.offset();
        } else if (key == "type") {
            const std::string_view text = m_json.stringOrNothing();
            type = text == "O" || text == "C" ? text[0] : 0;
            places.type = value + 1;
            if (!type && m_unknownEvents++ == 0)
                m_unknownType = text;
        } else {
            m_json.skip();
        }
    }
    if (!m_json.ok())
        return false;
    if (!type)
        return true;
    learnShape(places);
    return addEvent(type, frame, at);
}

bool Reader::addEvent(char type, FrameId frame, double at)
{
    EventStack& stack = *m_events;
    if (!frame) {
        fault("event", m_items, " has no frame.");
    } else if (std::isnan(at)) {
        fault("event", m_items, " has no time.");
    } else if (std::isinf(at)) {
        fault("event", m_items, ": its time is infinite.");
    } else if (stack.hasStarted() && at < stack.now()) {
        fault("event", m_items, ": time goes back from " + formatExact(stack.now()) + " to " + formatExact(at) + ".");
    } else if (type == 'C' && stack.depth() == 0) {
        noteIndex(frame.value, m_items);
        fault("event", m_items, ": '\1' is closed but was never opened.", frame);
    } else if (type == 'C' && !(stack.top() == frame)) {
        fault("event", m_items, ": '\1' is closed while '\2' is open.", frame, stack.top());
    } else {
        noteIndex(frame.value, m_items);
        stack.advanceTo(at);
        type == 'O' ? stack.open(frame) : stack.close();
    }
    return !m_result.fault;
}

void Reader::finishSampled()
{
    std::vector<std::uint32_t>& nodes = m_result.nodes;
    std::vector<double>& weights = m_result.weights;
    if (nodes.size() != weights.size()) {
        const auto counted = [](std::size_t count, const char* what) {
            return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
        };
        fault({}, 0, " has " + counted(nodes.size(), "sample") + " but " + counted(weights.size(), "weight") + ".");
        return;
    }
    double total = 0;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (weights[i] == 0)
            continue;
        nodes[kept] = nodes[i];
        weights[kept++] = weights[i];
        total += weights[i];
    }
    m_result.hasDroppedSamples = kept < nodes.size();
    nodes.resize(kept);
    weights.resize(kept);
    addIdle(total);
}

void Reader::finishEvented()
{
    if (!m_events)
        m_events.emplace(m_builder);
    EventStack& stack = *m_events;
    const double start = m_result.startValue;
    if (const std::size_t open = stack.depth(); open > 0) {
        const double end = std::max(stack.now(), m_endValue); // NaN second: the first
        note(": " + std::to_string(open) + (open == 1 ? " frame was" : " frames were") +
             " never closed; closed at the end (" + formatExact(end) + ").");
        stack.advanceTo(end);
        while (stack.depth() > 0)
            stack.close();
    }
    if (m_unknownEvents > 0)
        note(": " + std::to_string(m_unknownEvents) + (m_unknownEvents == 1 ? " event" : " events") +
             " of unknown type '" + m_unknownType + "' ignored.");
    m_result.nodes = std::move(stack.nodes);
    m_result.weights = std::move(stack.weights);
    m_result.continued = std::move(stack.continued);
    if (!stack.hasStarted()) {
        addIdle(0);
        return;
    }
    if (const double idle = stack.firstAt() - start; idle > 0) {
        m_result.nodes.insert(m_result.nodes.begin(), 0);
        m_result.weights.insert(m_result.weights.begin(), idle);
        m_result.continued.insert(m_result.continued.begin(), 0);
    } else {
        m_result.startValue = stack.firstAt();
    }
    addIdle(stack.now() - m_result.startValue);
}

/// What the profile lasts beyond its samples belongs to nobody, but counts in its total. Sums of decimal fractions miss
/// endValue by their rounding, which is no time.
void Reader::addIdle(double total)
{
    constexpr double kRounding = 1e-9;
    const double idle = m_endValue - m_result.startValue - total;
    if (!(idle > kRounding * std::abs(m_endValue)))
        return;
    m_result.nodes.push_back(0);
    m_result.weights.push_back(idle);
    if (m_result.isEvented)
        m_result.continued.push_back(0);
}

} // namespace

ReadProfile readProfile(JsonReader& json, ProfileBuilder& builder, Progress& progress, std::size_t number,
                        const ShowSoFar& showSoFar)
{
    return Reader(json, builder, progress, number, showSoFar).read();
}

} // namespace sundial::speedscope
