// SPDX-License-Identifier: GPL-3.0-or-later
// How long a frame of the icicle in time order takes while it is zoomed from the whole to a microsecond, panned and
// scrolled, into an image of 1600 × 900; and what making it ready takes. Usage: bench_time [FILE | SAMPLES [STEP]];
// without, 8,000,000 generated samples. STEP: only the steps whose name begins so, many times, for a profiler. Prints
// one JSON object; times are milliseconds of the painting thread, so that a busy machine tells the same.
#include "model/profile_builder.h"
#include "parsers/formats.h"
#include "views/icicle_paint.h"
#include "views/time_paint.h"

#include <QFile>
#include <QGuiApplication>
#include <QImage>

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <time.h>

using namespace sundial;

namespace
{

constexpr int kFrames = 240;
const QSize kSize(1600, 900);

/// A stack that grows and shrinks by a few frames from sample to sample, as that of a server does: 30 levels, 2,000
/// functions, 1 ms a sample but for some that are a thousand times shorter.
Profile makeProfile(std::size_t samples)
{
    std::mt19937 engine(7);
    const auto random = [&engine] { return unsigned(engine()); };
    ProfileBuilder builder({{"time", "Time", Unit::Microseconds, NumberKind::Sampled, {}}});
    builder.setTimeOrder();
    builder.addLane({.name = "MainThread"});
    std::vector<FrameId> frames;
    for (unsigned i = 0; i < 2000; ++i)
        frames.push_back(builder.internFrame("function_number_" + std::to_string(i),
                                             "/srv/package" + std::to_string(i % 40) + "/module.py", i + 1));
    std::vector<std::uint32_t> path;
    for (std::size_t i = 0; i < samples; ++i) {
        const unsigned popped = std::min(unsigned(path.size()), random() % 5);
        path.resize(path.size() - popped);
        const unsigned wanted = std::min(30U, unsigned(path.size()) + random() % 5);
        while (path.size() < std::max(1U, wanted))
            path.push_back(builder.child(path.empty() ? 0 : path.back(),
                                         frames[(path.size() * 37 + random() % 3) % frames.size()]));
        builder.addSample(path.back(), random() % 50 == 0 ? 1 : 1000);
    }
    return std::move(builder).build();
}

double threadMs()
{
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

std::string onlyStep; ///< Empty: all of them.

void measure(const char* name, const std::function<void(QPainter&, double)>& paint)
{
    if (!std::string_view(name).starts_with(onlyStep))
        return;
    const int frames = onlyStep.empty() ? kFrames : 10 * kFrames;
    QImage image(kSize, QImage::Format_ARGB32_Premultiplied);
    std::vector<double> times;
    for (int frame = 0; frame < frames; ++frame) { // cold caches count: a zoom comes to places it never was at
        const double start = threadMs();
        QPainter painter(&image);
        painter.fillRect(image.rect(), Theme::light().surface.panel);
        paint(painter, frame / double(frames));
        painter.end();
        times.push_back(threadMs() - start);
    }
    std::sort(times.begin(), times.end());
    std::printf("  \"%s\": {\"p50\": %.2f, \"p99\": %.2f, \"worst\": %.2f},\n", name, times[times.size() / 2],
                times[times.size() * 99 / 100], times.back());
}

ProfilePtr profileOf(const char* argument)
{
    const std::size_t samples = argument ? std::size_t(std::atoll(argument)) : 8'000'000;
    if (samples > 0)
        return std::make_shared<const Profile>(makeProfile(samples));
    QFile file(QString::fromLocal8Bit(argument));
    const uchar* const bytes = file.open(QIODevice::ReadOnly) ? file.map(0, file.size()) : nullptr;
    Progress progress;
    Result<Profile> profile = parseAny(
        {{reinterpret_cast<const char*>(bytes), bytes ? std::size_t(file.size()) : 0}, argument}, {}, progress);
    if (profile)
        return std::make_shared<const Profile>(std::move(*profile));
    std::fprintf(stderr, "%s: %s\n", argument, profile.error().message.c_str());
    std::exit(3);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    installApplicationFont();
    onlyStep = argc > 2 ? argv[2] : "";
    const ProfilePtr profile = profileOf(argc > 1 ? argv[1] : nullptr);
    Progress progress;
    const AnalysisPtr analysis = *analyse(profile, MetricId{0}, progress);
    const double start = threadMs();
    const TimeLayoutPtr layout = layOutTime(*analysis, progress);
    const double layoutMs = threadMs() - start;
    std::uint64_t boxes = 0, coarse = 0;
    for (const TimeLane& lane : layout->lanes) {
        boxes += lane.order.boxCount();
        for (const std::vector<CoarseRow>& rows : lane.coarse) {
            for (const CoarseRow& row : rows)
                coarse += row.size();
        }
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("{\n  \"samples\": %zu,\n  \"nodes\": %u,\n  \"boxes\": %llu,\n  \"coarseBoxes\": %llu,\n",
                profile->samples.size(), profile->tree.size(), static_cast<unsigned long long>(boxes),
                static_cast<unsigned long long>(coarse));

    const FramePalette palette(*analysis, Theme::light(), ColorBy::Module);
    const SearchResult noSearch;
    const TimeScene scene{*analysis,      *layout,  palette,
                          Theme::light(), noSearch, {layout->scale.begin, layout->scale.end}};
    const QRectF area(0, timeAxisRoom(), kSize.width(), kSize.height() - timeAxisRoom());
    const double deepest = std::max(0.0, laneTops(*layout).back() - area.height());
    const double microsecond =
        1e-6 / secondsPer(layout->scale.unit) / layout->scale.length() * kSize.width(); // a pixel each
    measure("whole", [&](QPainter& painter, double t) {
        Viewport at = icicleViewport(area, false);
        at.scroll = t * deepest;
        paintTime(painter, scene, at);
    });
    measure("zoom", [&](QPainter& painter, double t) {
        Viewport at = icicleViewport(area, false);
        at.zoomAbout(610, std::pow(std::min(1.0, microsecond), t));
        paintTime(painter, scene, at);
    });
    for (const double span : {0.5, 0.1, 0.01, 0.001}) {
        measure(("pan at " + std::to_string(span)).c_str(), [&](QPainter& painter, double t) {
            Viewport at = icicleViewport(area, false);
            at.zoomAbout(0, span);
            at.panBy(t * (1 - span) / span * area.width());
            paintTime(painter, scene, at);
        });
    }
    std::printf("  \"layoutMs\": %.0f,\n  \"peakMiB\": %.0f\n}\n", layoutMs, double(usage.ru_maxrss) / 1024);
}
