// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/speedscope_text.h"

#include "model/json_text.h"
#include "model/lanes.h"

#include <algorithm>

namespace sundial
{

namespace
{

class Writer
{
public:
    Writer(const Profile& profile, std::string_view exporter);
    void writeSamples(const Lane& lane);
    void writeEvents(LaneId id);
    void writeTree(const NamedTree& named);
    std::string finish() &&;

private:
    void beginProfile(std::string_view type, std::string_view name, MetricId metric, double start, double end);
    void beginList(std::string_view name) { m_text.append(",\"").append(name).append("\":["); }
    void separate(bool isFirst) { m_text += isFirst ? "\n" : ",\n"; }
    void writeStack(const CallTree& tree, NodeId n);
    void writeEvent(char type, NodeId n, double at, bool isFirst);
    std::uint32_t frameOf(const CallTree& tree, NodeId n);
    void writeFrames();

    const Profile& m_profile;
    std::string m_text;
    std::vector<std::string> m_specialNames; ///< Frames behind the profile's own: an estimate's folded nodes.
    std::vector<std::uint32_t> m_stack;
    bool m_hasProfiles = false;
};

Writer::Writer(const Profile& profile, std::string_view exporter) : m_profile(profile)
{
    m_text = "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\"exporter\":";
    appendJsonString(m_text, exporter);
    m_text += ",\"name\":";
    appendJsonString(m_text, profile.name);
    m_text += ",\"activeProfileIndex\":0,\n\"profiles\":[";
}

void Writer::beginProfile(std::string_view type, std::string_view name, MetricId metric, double start, double end)
{
    separate(!m_hasProfiles);
    m_hasProfiles = true;
    const Unit unit = m_profile.metrics[metric.value].unit;
    const bool hasWord = isTime(unit) || unit == Unit::Bytes; // of the format; all else is "none" in it
    m_text.append("{\"type\":\"").append(type).append("\",\"name\":");
    appendJsonString(m_text, name);
    m_text.append(",\"unit\":\"").append(hasWord ? unitName(unit) : unitName(Unit::None));
    m_text.append("\",\"startValue\":").append(formatExact(start));
    m_text.append(",\"endValue\":").append(formatExact(end));
}

/// The index of a node's frame in the file.
std::uint32_t Writer::frameOf(const CallTree& tree, NodeId n)
{
    if (const FrameId frame = tree.frame(n))
        return frame.value;
    const std::string name = tree.kind(n) == NodeKind::Folded
                                 ? "(" + std::to_string(tree.estimate()->foldedCount[n.value]) + " smaller)"
                                 : "(unattributed)";
    const auto known = std::find(m_specialNames.begin(), m_specialNames.end(), name);
    const auto index = m_profile.frames.size() + std::uint32_t(known - m_specialNames.begin());
    if (known == m_specialNames.end())
        m_specialNames.push_back(name);
    return index;
}

void Writer::writeStack(const CallTree& tree, NodeId n)
{
    m_stack.clear();
    for (; n.value != 0; n = tree.parent(n))
        m_stack.push_back(frameOf(tree, n));
    m_text += '[';
    for (std::size_t i = m_stack.size(); i-- > 0;) {
        m_text += std::to_string(m_stack[i]);
        if (i > 0)
            m_text += ',';
    }
    m_text += ']';
}

void Writer::writeSamples(const Lane& lane)
{
    const Samples& samples = m_profile.samples;
    double end = lane.startValue;
    for (std::uint64_t i = lane.firstSample; i < lane.endSample; ++i)
        end += std::max(0.0, samples.weight[i]);
    beginProfile("sampled", lane.name, lane.metric, lane.startValue, end);
    beginList("samples");
    bool isFirst = true;
    for (std::uint64_t i = lane.firstSample; i < lane.endSample; ++i) {
        if (samples.weight[i] < 0)
            continue;
        separate(isFirst);
        writeStack(m_profile.tree, NodeId{samples.node[i]});
        isFirst = false;
    }
    m_text += ']';
    beginList("weights");
    isFirst = true;
    for (std::uint64_t i = lane.firstSample; i < lane.endSample; ++i) {
        if (samples.weight[i] < 0)
            continue;
        separate(isFirst);
        m_text += formatExact(samples.weight[i]);
        isFirst = false;
    }
    m_text += "]}";
}

void Writer::writeEvent(char type, NodeId n, double at, bool isFirst)
{
    separate(isFirst);
    m_text.append("{\"type\":\"").append(1, type).append("\",\"frame\":");
    m_text.append(std::to_string(frameOf(m_profile.tree, n))).append(",\"at\":").append(formatExact(at)).append("}");
}

void Writer::writeEvents(LaneId id)
{
    const Lane& lane = m_profile.lanes[id.value];
    const Samples& samples = m_profile.samples;
    const CallTree& tree = m_profile.tree;
    const std::vector<double> starts = sampleStarts(m_profile, id);
    const double first = std::min(lane.startValue, starts.front());
    beginProfile("evented", lane.name, lane.metric, first, starts.back());
    beginList("events");
    bool isFirst = true;
    NodeId open{0};
    const auto closeTo = [&](std::uint32_t depth, double at) {
        for (; tree.depth(open) > depth; open = tree.parent(open)) {
            writeEvent('C', open, at, isFirst);
            isFirst = false;
        }
    };
    std::vector<NodeId> opened;
    double endOfLast = first;
    for (std::uint64_t i = lane.firstSample; i < lane.endSample; ++i) {
        const NodeId node{samples.node[i]};
        const double start = std::max(starts[i - lane.firstSample], endOfLast);
        if (start > endOfLast)
            closeTo(0, endOfLast);
        NodeId shared = open;
        while (!tree.contains(shared, node))
            shared = tree.parent(shared);
        const std::uint32_t continued = samples.continued.empty() ? kContinuedUnknown : samples.continued[i];
        closeTo(std::min(tree.depth(shared), continued), start);
        for (NodeId n = node; tree.depth(n) > tree.depth(open); n = tree.parent(n))
            opened.push_back(n);
        for (; !opened.empty(); opened.pop_back()) {
            writeEvent('O', opened.back(), start, isFirst);
            isFirst = false;
        }
        open = node;
        endOfLast = std::max(start, starts[i - lane.firstSample] + std::max(0.0, samples.weight[i]));
    }
    closeTo(0, endOfLast);
    m_text += "]}";
}

void Writer::writeTree(const NamedTree& named)
{
    const MetricId metric = named.metric;
    const CallTree& tree = named.tree;
    std::vector<NodeId> nodes;
    double total = 0;
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
        if (const double self = tree.self(metric, NodeId{i}); self > 0) {
            nodes.push_back(NodeId{i});
            total += self;
        }
    }
    const std::string& ownName = m_profile.name.empty() ? m_profile.metrics[metric.value].title : m_profile.name;
    beginProfile("sampled", named.name.empty() ? ownName : named.name, metric, 0, total);
    beginList("samples");
    for (const NodeId n : nodes) {
        separate(n == nodes.front());
        writeStack(tree, n);
    }
    m_text += ']';
    beginList("weights");
    for (const NodeId n : nodes) {
        separate(n == nodes.front());
        m_text += formatExact(tree.self(metric, n));
    }
    m_text += "]}";
}

void Writer::writeFrames()
{
    const FrameTable& frames = m_profile.frames;
    m_text += "],\n\"shared\":{\"frames\":[";
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        const FrameId frame{f};
        separate(f == 0);
        m_text += "{\"name\":";
        appendJsonString(m_text, frames.name(frame));
        if (!frames.file(frame).empty()) {
            m_text += ",\"file\":";
            appendJsonString(m_text, frames.file(frame));
        }
        if (frames.line(frame) > 0)
            m_text.append(",\"line\":").append(std::to_string(frames.line(frame)));
        m_text += '}';
    }
    for (const std::string& name : m_specialNames) {
        m_text += ",\n{\"name\":";
        appendJsonString(m_text, name);
        m_text += '}';
    }
}

std::string Writer::finish() &&
{
    writeFrames();
    m_text += "]}}\n";
    return std::move(m_text);
}

bool needsEvents(const Profile& profile, const Lane& lane)
{
    const Samples& samples = profile.samples;
    if (!samples.start.empty())
        return true;
    return !samples.continued.empty() &&
           std::any_of(samples.continued.begin() + std::ptrdiff_t(lane.firstSample),
                       samples.continued.begin() + std::ptrdiff_t(lane.endSample),
                       [](std::uint32_t continued) { return continued != kContinuedUnknown; });
}

} // namespace

std::string speedscopeText(const Profile& profile, std::span<const LaneId> lanes, std::string_view exporter)
{
    Writer writer(profile, exporter);
    for (const LaneId id : lanes) {
        const Lane& lane = profile.lanes[id.value];
        if (needsEvents(profile, lane))
            writer.writeEvents(id);
        else
            writer.writeSamples(lane);
    }
    return std::move(writer).finish();
}

std::string speedscopeText(const Profile& profile, std::span<const NamedTree> trees, std::string_view exporter)
{
    Writer writer(profile, exporter);
    for (const NamedTree& tree : trees)
        writer.writeTree(tree);
    return std::move(writer).finish();
}

std::string speedscopeText(const Profile& profile, const CallTree& tree, MetricId metric, std::string_view exporter)
{
    const NamedTree named{tree, {}, metric};
    return speedscopeText(profile, {&named, 1}, exporter);
}

} // namespace sundial
