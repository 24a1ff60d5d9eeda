// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compare_sides.h"

#include <QDateTime>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>

namespace sundial
{

namespace
{

constexpr std::array kBeforeWords{"before", "baseline", "base", "old", "main", "master", "orig", "original", "slow"};
constexpr std::array kAfterWords{"after", "head", "new", "pr", "patch", "patched", "changed", "fast", "fixed"};

/// The words of a path, without what both paths share.
QStringList wordsOf(const QString& path)
{
    static const QRegularExpression separator(QStringLiteral("[^A-Za-z]+"));
    return path.toLower().split(separator, Qt::SkipEmptyParts);
}

template <std::size_t N>
bool hasAny(const QStringList& words, const QStringList& others, const std::array<const char*, N>& wanted)
{
    for (const char* word : wanted) {
        if (words.contains(QLatin1String(word)) && !others.contains(QLatin1String(word)))
            return true;
    }
    return false;
}

/// The last number in which the two names differ.
std::optional<bool> firstCountsLower(const QString& first, const QString& second)
{
    static const QRegularExpression number(QStringLiteral("\\d+"));
    const auto numbers = [](const QString& text) {
        QList<qulonglong> all;
        for (auto it = number.globalMatch(text); it.hasNext();)
            all << it.next().captured().toULongLong();
        return all;
    };
    const QList<qulonglong> a = numbers(first);
    const QList<qulonglong> b = numbers(second);
    if (a.size() != b.size())
        return {};
    for (qsizetype i = 0; i < a.size(); ++i) {
        if (a[i] != b[i])
            return a[i] < b[i];
    }
    return {};
}

} // namespace

ComparedPaths guessSides(const QString& first, const QString& second)
{
    const QStringList a = wordsOf(first);
    const QStringList b = wordsOf(second);
    const bool inOrder = hasAny(a, b, kBeforeWords) || hasAny(b, a, kAfterWords);
    const bool inReverse = hasAny(b, a, kBeforeWords) || hasAny(a, b, kAfterWords);
    if (inOrder != inReverse)
        return inOrder ? ComparedPaths{first, second} : ComparedPaths{second, first};
    if (const std::optional<bool> lower = firstCountsLower(QFileInfo(first).fileName(), QFileInfo(second).fileName()))
        return *lower ? ComparedPaths{first, second} : ComparedPaths{second, first};
    const bool firstIsOlder = QFileInfo(first).lastModified() <= QFileInfo(second).lastModified();
    return firstIsOlder ? ComparedPaths{first, second, SideHint::Date} : ComparedPaths{second, first, SideHint::Date};
}

SidedPath sidedPath(const QString& path)
{
    static const QRegularExpression word(QStringLiteral("[A-Za-z]+"));
    const auto isOneOf = [](const QString& text, const auto& words) {
        return std::any_of(words.begin(), words.end(), [&text](const char* w) { return text == QLatin1String(w); });
    };
    for (auto it = word.globalMatch(path); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString text = match.captured().toLower();
        const Side side = isOneOf(text, kBeforeWords)  ? Side::Before
                          : isOneOf(text, kAfterWords) ? Side::After
                                                       : Side::None;
        if (side == Side::None)
            continue;
        const bool isFolder = path.mid(match.capturedEnd(), 1) == QLatin1String("/");
        return {side, match.captured() + (isFolder ? QStringLiteral("/") : QString()),
                path.left(match.capturedStart()) + path.mid(match.capturedEnd())};
    }
    return {Side::None, {}, path};
}

} // namespace sundial
