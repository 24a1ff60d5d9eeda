// SPDX-License-Identifier: GPL-3.0-or-later
// How long stack formats take from mapped bytes to a model that is ready, and how much memory: bench_engine stacks FILE
// [RUNS]. For JSON, in turn with a walk of simdjson's on-demand parser that reads every number of the same file. Prints
// JSON: processor time in milliseconds, which other load on the machine disturbs least, and memory in MiB with the
// mapping included. The first run of each warms up and is not counted.
#include "parsers/formats.h"
#include "tests/bench/sections.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <simdjson.h>
#include <vector>

using namespace sundial;

namespace
{

double sumOfNumbers(simdjson::ondemand::value value)
{
    double sum = 0;
    switch (value.type()) {
    case simdjson::ondemand::json_type::array:
        for (auto item : value.get_array())
            sum += sumOfNumbers(item.value());
        break;
    case simdjson::ondemand::json_type::object:
        for (auto member : value.get_object())
            sum += sumOfNumbers(member.value());
        break;
    case simdjson::ondemand::json_type::number:
        sum = double(value.get_double());
        break;
    default:
        break;
    }
    return sum;
}

double walk(simdjson::ondemand::parser& parser, const simdjson::padded_string& text)
{
    simdjson::ondemand::document document = parser.iterate(text);
    double sum = 0;
    for (auto member : document.get_object())
        sum += sumOfNumbers(member.value());
    return sum;
}

double processorMs()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double peakMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

QJsonObject summary(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return {{"min", times.front()}, {"median", times[times.size() / 2]}};
}

} // namespace

int bench::stacks(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: bench_engine stacks FILE [RUNS]\n", stderr);
        return 2;
    }
    QFile file(QString::fromLocal8Bit(argv[1]));
    const uchar* const bytes = file.open(QIODevice::ReadOnly) ? file.map(0, file.size()) : nullptr;
    if (!bytes) {
        std::fprintf(stderr, "%s: cannot be mapped\n", argv[1]);
        return 3;
    }
    const std::string_view text(reinterpret_cast<const char*>(bytes), std::size_t(file.size()));
    const int runs = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    const Format* const format = detect(text, argv[1]);
    const bool isJson = text.starts_with('{');

    QJsonObject report{{"file", argv[1]}, {"bytes", file.size()}, {"runs", runs}};
    std::vector<double> load, numbers;
    std::unique_ptr<simdjson::padded_string> padded;
    simdjson::ondemand::parser parser;
    for (int run = 0; run <= runs; ++run) {
        double start = processorMs();
        {
            Progress progress;
            const Result<Profile> profile = parseAny({text, argv[1]}, {}, progress, format);
            if (!profile) {
                std::fprintf(stderr, "%s: %s\n", argv[1], profile.error().message.c_str());
                return 3;
            }
            load.push_back(processorMs() - start);
            if (run == 0) {
                report["format"] = QString::fromUtf8(format->id.data(), qsizetype(format->id.size()));
                report["total"] = profile->total(MetricId{0});
                report["nodes"] = qint64(profile->tree.size());
                report["functions"] = qint64(profile->frames.size());
                report["peakMiB"] = peakMiB();
                report["fileMiB"] = double(file.size()) / 1024 / 1024;
            }
        }
        if (!isJson)
            continue;
        if (!padded)
            padded = std::make_unique<simdjson::padded_string>(text);
        start = processorMs();
        const double sum = walk(parser, *padded);
        numbers.push_back(processorMs() - start);
        report["sumOfNumbers"] = sum;
    }
    load.erase(load.begin());
    report["load"] = summary(load);
    if (isJson) {
        numbers.erase(numbers.begin());
        report["simdjson"] = summary(numbers);
        report["ratio"] = summary(load)["median"].toDouble() / summary(numbers)["median"].toDouble();
    }
    std::puts(QJsonDocument(report).toJson().constData());
    return 0;
}
