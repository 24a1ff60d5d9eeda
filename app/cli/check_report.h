// SPDX-License-Identifier: GPL-3.0-or-later
// The outcome of `sundial check` for people and for the services that read it.
#pragma once

#include "app/cli/check_rules.h"

#include <span>
#include <string>

namespace sundial::cli
{

/// One line a rule, then the verdict.
std::string checkText(std::span<const CheckOutcome> outcomes, const ComparedSides& sides);
std::string checkJson(std::span<const CheckOutcome> outcomes, const ComparedSides& sides);
/// A test case a rule, as Jenkins, GitLab and others read it.
std::string checkJunit(std::span<const CheckOutcome> outcomes, const ComparedSides& sides);
/// SARIF 2.1.0: a result for each rule that failed, at the function that it is about.
std::string checkSarif(std::span<const CheckOutcome> outcomes, const ComparedSides& sides);
/// Annotations as GitHub's workflow commands: an error for each rule that failed, else one notice with the verdict.
std::string checkGithub(std::span<const CheckOutcome> outcomes, const ComparedSides& sides);

} // namespace sundial::cli
