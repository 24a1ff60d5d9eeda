// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/match_memory.h"

#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace sundial
{

namespace
{

QString keyOf(const QString& path)
{
    return QFileInfo(path).absoluteFilePath();
}

FunctionName readFunction(const QSettings& file, const QString& prefix)
{
    return {file.value(prefix + QStringLiteral("Name")).toString().toStdString(),
            file.value(prefix + QStringLiteral("File")).toString().toStdString(),
            file.value(prefix + QStringLiteral("Line")).toUInt()};
}

void writeFunction(QSettings& file, const QString& prefix, const FunctionName& function)
{
    file.setValue(prefix + QStringLiteral("Name"), QString::fromStdString(function.name));
    file.setValue(prefix + QStringLiteral("File"), QString::fromStdString(function.file));
    file.setValue(prefix + QStringLiteral("Line"), function.line);
}

} // namespace

std::vector<MatchRule> MatchMemory::rulesOf(const QString& before, const QString& after) const
{
    const QString b = keyOf(before), a = keyOf(after);
    for (const Pair& pair : m_pairs) {
        if (pair.before == b && pair.after == a)
            return pair.rules;
        if (pair.before == a && pair.after == b)
            return exchanged(pair.rules);
    }
    return {};
}

void MatchMemory::remember(const QString& before, const QString& after, const std::vector<MatchRule>& rules)
{
    const QString b = keyOf(before), a = keyOf(after);
    m_pairs.removeIf([&](const Pair& pair) {
        return (pair.before == b && pair.after == a) || (pair.before == a && pair.after == b);
    });
    if (!rules.empty())
        m_pairs.prepend({b, a, rules});
    if (m_pairs.size() > kMostPairs)
        m_pairs.resize(kMostPairs);
}

void MatchMemory::load(QSettings& file)
{
    const int pairs = std::min(file.beginReadArray(QStringLiteral("matches")), kMostPairs);
    for (int i = 0; i < pairs; ++i) {
        file.setArrayIndex(i);
        Pair pair{file.value(QStringLiteral("before")).toString(), file.value(QStringLiteral("after")).toString(), {}};
        const int rules = std::min(file.beginReadArray(QStringLiteral("rules")), kMostRules);
        for (int r = 0; r < rules; ++r) {
            file.setArrayIndex(r);
            pair.rules.push_back({readFunction(file, QStringLiteral("before")),
                                  readFunction(file, QStringLiteral("after")),
                                  file.value(QStringLiteral("same"), true).toBool()});
        }
        file.endArray();
        if (!pair.before.isEmpty() && !pair.after.isEmpty() && !pair.rules.empty())
            m_pairs.append(std::move(pair));
    }
    file.endArray();
}

void MatchMemory::save(QSettings& file) const
{
    file.remove(QStringLiteral("matches"));
    file.beginWriteArray(QStringLiteral("matches"), int(m_pairs.size()));
    for (int i = 0; i < int(m_pairs.size()); ++i) {
        file.setArrayIndex(i);
        file.setValue(QStringLiteral("before"), m_pairs[i].before);
        file.setValue(QStringLiteral("after"), m_pairs[i].after);
        file.beginWriteArray(QStringLiteral("rules"), int(m_pairs[i].rules.size()));
        for (int r = 0; r < int(m_pairs[i].rules.size()); ++r) {
            const MatchRule& rule = m_pairs[i].rules[std::size_t(r)];
            file.setArrayIndex(r);
            writeFunction(file, QStringLiteral("before"), rule.before);
            writeFunction(file, QStringLiteral("after"), rule.after);
            file.setValue(QStringLiteral("same"), rule.isSame);
        }
        file.endArray();
    }
    file.endArray();
}

} // namespace sundial
