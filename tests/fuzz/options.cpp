// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/options.h"

#include "app/cli/check_rules.h"
#include "app/command_line.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace sundial::test
{

namespace
{

constexpr std::size_t kMostArguments = 16;
constexpr const char* kBudget = "fuzz-budget.toml";

std::vector<std::string> argumentsOf(std::string_view lines)
{
    std::vector<std::string> arguments{"sundial"};
    while (!lines.empty() && arguments.size() < kMostArguments) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        std::string argument(lines.substr(0, end));
        argument.resize(std::min(argument.find('\0'), argument.size())); // as the system would pass it
        std::replace(argument.begin(), argument.end(), '/', '_');        // nothing outside the folder
        arguments.push_back(std::move(argument));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return arguments;
}

void removeNewFiles(const QStringList& before)
{
    for (const QString& name : QDir::current().entryList(QDir::Files | QDir::Hidden)) {
        if (!before.contains(name))
            QFile::remove(name);
    }
}

} // namespace

void runHostileArguments(std::string_view lines)
{
    std::vector<std::string> arguments = argumentsOf(lines);
    std::vector<char*> argv;
    for (std::string& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    const QStringList before = QDir::current().entryList(QDir::Files | QDir::Hidden);
    const int status =
        runCommandLine(int(arguments.size()), argv.data(), [](int&, char**, const WindowOptions& options) {
            return options.width > 0 && options.height > 0 ? 0 : -1; // no window
        });
    removeNewFiles(before);
    if (status < 0 || status > cli::kOutputError) {
        std::fprintf(stderr, "broken: exit status %d\n", status);
        std::abort();
    }
}

void readHostileRules(std::string_view text)
{
    {
        QFile file{QString::fromLatin1(kBudget)};
        if (!file.open(QIODevice::WriteOnly))
            return;
        file.write(text.data(), qint64(text.size()));
    }
    const auto judge = [](const auto& result) {
        if (!result && result.error().message.empty()) {
            std::fputs("broken: rules were refused without a sentence\n", stderr);
            std::abort();
        }
    };
    judge(cli::readBudget(kBudget));
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        judge(cli::parseRule(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    QFile::remove(QString::fromLatin1(kBudget));
}

} // namespace sundial::test
