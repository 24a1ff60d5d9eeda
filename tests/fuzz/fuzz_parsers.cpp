// SPDX-License-Identifier: GPL-3.0-or-later
// One target over all formats and containers:
//   cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_parsers
//   build/fuzz/tests/fuzz/fuzz_parsers CORPUS tests/fixtures/pstats tests/fixtures/speedscope …
#include "tests/fuzz/fuzz_parsers.h"

#include "model/analysis.h"
#include "parsers/container.h"
#include "parsers/formats.h"

#include <cstdio>
#include <cstdlib>

namespace sundial::test
{

namespace
{

constexpr std::uint64_t kMemberBytes = 64u << 20;

void require(bool holds, const std::string& what)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken: %s\n", what.c_str());
    std::abort();
}

} // namespace

void openHostile(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    Progress progress;
    ContainerLimits limits;
    limits.unpack.maxBytes = kMemberBytes;
    if (isArchive(text)) {
        const Result<ContainerListing> listing = listArchive(text, limits, progress);
        require(bool(listing) || !listing.error().message.empty(), "an archive was refused without a sentence");
        return;
    }
    Result<Profile> profile = parseAny({text, "unknown"}, {}, progress);
    if (!profile) {
        require(!profile.error().message.empty(), "a file was refused without a sentence");
        return;
    }
    const std::string broken = validate(*profile);
    require(broken.empty(), broken);
    const auto shared = std::make_shared<const Profile>(std::move(*profile));
    require(bool(analyse(shared, MetricId{0}, progress)), "a profile could not be analysed");
}

} // namespace sundial::test

#ifdef SUNDIAL_LIBFUZZER
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    sundial::test::openHostile(data, size);
    return 0;
}
#endif
