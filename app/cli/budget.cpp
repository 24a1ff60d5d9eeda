// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of `sundial check` that stand in a TOML file.
#include "app/cli/check_rules.h"

#include <QFile>

#include <toml++/toml.h>

namespace sundial::cli
{

namespace
{

constexpr const char* kCure = "write fail-if = [\"total>+5%\"], or SUBJECT = \"+5%\" below [budget]";

Error malformed(const toml::node& node, const std::string& what)
{
    return {ErrorKind::Malformed, "line " + std::to_string(node.source().begin.line) + ": " + what, Error::kNoOffset,
            kCure};
}

/// `subject = "limit"`: the limit is not to be exceeded.
Result<CheckRule> budgetRule(std::string_view subject, const toml::node& node)
{
    const auto limit = node.value<std::string>();
    if (!limit)
        return malformed(node, "expected a limit in quotes, such as \"+5%\"");
    Result<CheckRule> rule = parseRule(std::string(subject) + ">" + *limit);
    return rule ? std::move(rule) : malformed(node, rule.error().message);
}

Result<std::vector<CheckRule>> rulesOf(const toml::table& document)
{
    std::vector<CheckRule> rules;
    for (const auto& [key, node] : document) {
        if (key == "fail-if" && node.is_array()) {
            for (const toml::node& item : *node.as_array()) {
                Result<CheckRule> rule = parseRule(item.value_or(std::string()));
                if (!rule)
                    return malformed(item, rule.error().message);
                rules.push_back(std::move(*rule));
            }
        } else if (key == "budget" && node.is_table()) {
            for (const auto& [subject, limit] : *node.as_table()) {
                Result<CheckRule> rule = budgetRule(subject.str(), limit);
                if (!rule)
                    return rule.error();
                rules.push_back(std::move(*rule));
            }
        } else {
            return malformed(node, "'" + std::string(key.str()) + "' means nothing here");
        }
    }
    return rules;
}

} // namespace

Result<std::vector<CheckRule>> readBudget(const std::string& path)
{
    QFile file(QFile::decodeName(path.c_str()));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Io, file.errorString().toStdString(), Error::kNoOffset, "check the path"};
    const QByteArray text = file.readAll();
    try {
        return rulesOf(toml::parse(std::string_view(text.constData(), std::size_t(text.size()))));
    } catch (const toml::parse_error& error) {
        return Error{ErrorKind::Malformed,
                     "line " + std::to_string(error.source().begin.line) + ": " + std::string(error.description()),
                     Error::kNoOffset, kCure};
    }
}

} // namespace sundial::cli
