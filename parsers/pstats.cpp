// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/formats.h"
namespace sundial
{
static Match sniff(std::string_view, std::string_view)
{
    return Match::No;
}
static Result<Profile> parse(const Input&, const ParseOptions&, Progress&)
{
    return Error{};
}
extern const Format pstatsFormat{"pstats", "Python pstats (cProfile)", sniff, parse};
} // namespace sundial
