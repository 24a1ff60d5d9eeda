// SPDX-License-Identifier: GPL-3.0-or-later
// `sundial check BEFORE AFTER`: a gate for CI. Exit status 1 says that a rule failed; which one and why is printed.
#include "app/cli/check_report.h"
#include "app/cli/output.h"

#include <algorithm>
#include <map>
#include <memory>

namespace sundial::cli
{

namespace
{

struct Options : ComparisonOptions {
    std::vector<std::string> rules;
    std::string budget;
    std::string junit, sarif;
    bool github = false;
};

/// The rules of the command line and of the budget file. Prints what is wrong and sets `status`.
std::optional<std::vector<CheckRule>> collectRules(const Options& options, ExitStatus& status)
{
    std::vector<CheckRule> rules;
    for (const std::string& text : options.rules) {
        Result<CheckRule> rule = parseRule(text);
        if (!rule) {
            status = reportUsage(rule.error().message + ": " + rule.error().cure);
            return {};
        }
        rules.push_back(std::move(*rule));
    }
    if (!options.budget.empty()) {
        Result<std::vector<CheckRule>> budget = readBudget(options.budget);
        if (!budget) {
            status = reportError(options.budget, budget.error());
            return {};
        }
        rules.insert(rules.end(), budget->begin(), budget->end());
    }
    return rules;
}

ExitStatus writeReports(const Options& options, std::span<const CheckOutcome> outcomes, const ComparedSides& sides)
{
    if (!options.junit.empty()) {
        if (const ExitStatus status = writeFile(options.junit, checkJunit(outcomes, sides)); status != kOk)
            return status;
    }
    if (!options.sarif.empty()) {
        if (const ExitStatus status = writeFile(options.sarif, checkSarif(outcomes, sides)); status != kOk)
            return status;
    }
    const std::string annotations = options.github ? checkGithub(outcomes, sides) : std::string();
    if (!options.json)
        return writeStdout(checkText(outcomes, sides) + annotations);
    writeStderr(annotations); // a runner reads both streams; standard output is for the program that reads the JSON
    return writeStdout(checkJson(outcomes, sides));
}

ExitStatus run(const Options& options)
{
    ExitStatus status = kOk;
    const auto rules = collectRules(options, status);
    if (!rules)
        return status;
    const std::optional<LoadedSides> files = loadSides(options, status);
    if (!files)
        return status;
    std::map<std::string, Result<ComparedSides>> compared; // by metric: most rules share one
    const auto sidesOf = [&](const std::string& metric) -> const Result<ComparedSides>& {
        const auto found = compared.find(metric);
        return found != compared.end() ? found->second
                                       : compared.emplace(metric, compareSides(*files, options, metric)).first->second;
    };
    const Result<ComparedSides>& sides = sidesOf(options.metric);
    if (!sides)
        return reportUsage(sides.error().message);
    std::vector<CheckOutcome> outcomes;
    for (const CheckRule& rule : *rules) {
        const Result<ComparedSides>& of = sidesOf(rule.metric.empty() ? options.metric : rule.metric);
        Result<CheckOutcome> outcome = of ? applyRule(rule, *of) : Result<CheckOutcome>(of.error());
        if (!outcome)
            return reportUsage(outcome.error().message);
        outcomes.push_back(std::move(*outcome));
    }
    if (rules->empty())
        outcomes.push_back(applyVerdict(*sides));
    if (status = writeReports(options, outcomes, *sides); status != kOk)
        return status;
    const bool isPassed =
        std::all_of(outcomes.begin(), outcomes.end(), [](const CheckOutcome& o) { return o.isPassed; });
    return isPassed ? kOk : kCheckFailed;
}

std::function<ExitStatus()> setUp(CLI::App& app)
{
    auto options = std::make_shared<Options>();
    addComparisonOptions(app, *options, {.table = false});
    app.add_option("--fail-if", options->rules, "A rule such as 'total>+5%' or 'self(parse)>+200ms'; may repeat")
        ->type_name("RULE")
        ->allow_extra_args(false);
    app.add_option("--budget", options->budget,
                   "Rules in a TOML file: fail-if = [\"RULE\"], [budget] SUBJECT = \"LIMIT\"")
        ->type_name("FILE");
    app.add_option("--junit", options->junit, "Write the outcome as JUnit XML into this file")->type_name("FILE");
    app.add_option("--sarif", options->sarif, "Write what failed as SARIF into this file")->type_name("FILE");
    app.add_flag("--github", options->github, "Print annotations for GitHub Actions; with --json on standard error");
    app.footer("A rule is SUBJECT>LIMIT or SUBJECT<LIMIT.\n"
               "  SUBJECT  total, self(FUNCTION), total(FUNCTION), calls(FUNCTION) or a metric such as peak-bytes;\n"
               "           a FUNCTION with *, ? or [a-z] stands for every function that it fits: self(*/parse/*)>+10%\n"
               "  LIMIT    a change, +5% or +200ms or -1MiB, or a value, 1.5s or 2GiB\n"
               "Without a rule it fails when the verdict is slower. A change inside the noise fails no rule.\n"
               "Exit status: 0 every rule holds, 1 one is broken, 2 wrong usage, 3 a file could not be read.");
    return [options] { return run(*options); };
}

} // namespace

extern const Command checkCommand{"check", "A gate: fails if a rule about before and after is broken", setUp};

} // namespace sundial::cli
