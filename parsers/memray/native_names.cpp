// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/memray/native_names.h"

#include "model/python_frames.h"
#include "parsers/memray/interpreter_frames.h"
#include "parsers/support/symbols.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace sundial::memray
{

namespace
{

std::string_view baseName(std::string_view file)
{
    return file.substr(file.find_last_of('/') + 1);
}

std::string offsetName(std::string_view file, std::uint64_t offset)
{
    char text[24];
    std::snprintf(text, sizeof text, "+0x%llx", static_cast<unsigned long long>(offset));
    return std::string(baseName(file)) + text;
}

} // namespace

/// The symbols of one image after the other.
class SymbolReader
{
public:
    std::vector<Symbol> at(const NativeImage& image, std::uint64_t address)
    {
        if (m_image != &image) {
            m_image = &image;
            std::vector<LoadedSegment> segments;
            for (const NativeImage::Segment& segment : image.segments)
                segments.push_back({segment.address, segment.size});
            m_file.reset(); // before the next one is opened
            m_file = SymbolFile::open(image.file, segments);
        }
        return m_file ? m_file->at(address) : std::vector<Symbol>();
    }

private:
    const NativeImage* m_image = nullptr;
    std::unique_ptr<SymbolFile> m_file;
};

std::optional<NativeNames> NativeNames::resolve(const NativeTraces& traces, StringTable& strings, Progress& progress,
                                                const std::function<void()>& between)
{
    NativeNames names;
    SymbolReader reader;
    return names.addAll(traces, strings, &reader, progress, between) ? std::optional(std::move(names)) : std::nullopt;
}

NativeNames NativeNames::unresolved(const NativeTraces& traces, StringTable& strings)
{
    NativeNames names;
    Progress unhurried;
    names.addAll(traces, strings, nullptr, unhurried, {});
    return names;
}

bool NativeNames::addAll(const NativeTraces& traces, StringTable& strings, SymbolReader* reader, Progress& progress,
                         const std::function<void()>& between)
{
    constexpr std::size_t kBetweenChecks = 64;
    const std::vector<NativePlace> places = traces.places();
    m_runs.emplace_back();
    m_runOf.resize(places.size());
    // By image, so that each is read once, and by address, so that equal ones stand together.
    std::vector<std::uint32_t> order(places.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&places](std::uint32_t a, std::uint32_t b) {
        return places[a].image != places[b].image ? places[a].image < places[b].image
                                                  : places[a].offset < places[b].offset;
    });
    for (std::size_t i = 0; i < order.size(); ++i) {
        const NativePlace& place = places[order[i]];
        if (place.image == NativePlace::kNoImage)
            break; // the rest is nowhere
        if (i % kBetweenChecks == 0 && progress.isCancelled())
            return false;
        if (i % kBetweenChecks == 0 && between)
            between();
        const NativeImage& image = traces.images()[place.image];
        const NativePlace* const before = i > 0 ? &places[order[i - 1]] : nullptr;
        if (!before || before->image != place.image || before->offset != place.offset)
            addRun(place, image, reader, strings);
        m_runOf[order[i]] = std::uint32_t(m_runs.size() - 1);
    }
    return true;
}

void NativeNames::addRun(const NativePlace& place, const NativeImage& image, SymbolReader* reader, StringTable& strings)
{
    // The call is the instruction before the return address.
    std::vector<Symbol> symbols = reader ? reader->at(image, place.offset - 1) : std::vector<Symbol>();
    if (symbols.empty())
        symbols.push_back({offsetName(image.file, place.offset), {}, 0});
    m_runs.push_back({std::uint32_t(m_frames.size()), std::uint32_t(symbols.size())});
    for (auto symbol = symbols.rbegin(); symbol != symbols.rend(); ++symbol) {
        const std::string& file = symbol->file.empty() ? image.file : symbol->file;
        const bool isEvaluation = isEvaluationLoop(symbol->name);
        m_knowsInterpreter = m_knowsInterpreter || isEvaluation;
        m_kinds.push_back(isEvaluation                             ? Kind::Evaluation
                          : isInterpreterFrame(symbol->name, file) ? Kind::Hidden
                                                                   : Kind::Shown);
        m_frames.push_back({strings.intern(symbol->name), strings.intern(file), symbol->line,
                            isInterpreterFile(image.file) || isInterpreterFile(file)});
    }
}

} // namespace sundial::memray
