// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/fact_text.h"

#include "views/number_text.h"
#include "views/text_fit.h"

#include <QDateTime>
#include <QLocale>

namespace sundial
{

namespace
{

/// Takes `suffix` off the end of `key`, if it is there.
bool takeSuffix(QString& key, QLatin1String suffix)
{
    if (!key.endsWith(suffix))
        return false;
    key.chop(suffix.size());
    return true;
}

QString labelOf(QString key)
{
    key.replace(u'_', u' ');
    if (!key.isEmpty())
        key[0] = key[0].toUpper();
    return key;
}

} // namespace

FactText factText(const std::string& key, const std::string& value)
{
    constexpr int kFewestDigitsToGroup = 5; // years and process ids are read as they are
    QString name = displayText(key);
    const QString text = displayText(value);
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber)
        return {labelOf(name), text};
    if (name == QLatin1String("start_time_ms"))
        return {labelOf(QStringLiteral("started")),
                QLocale().toString(QDateTime::fromMSecsSinceEpoch(number), QLocale::ShortFormat)};
    if (takeSuffix(name, QLatin1String("_ms")))
        return {labelOf(name), valueText(double(number), Unit::Milliseconds)};
    if (takeSuffix(name, QLatin1String("_bytes")))
        return {labelOf(name), valueText(double(number), Unit::Bytes)};
    const bool isIdentity = name == QLatin1String("process") || text.size() < kFewestDigitsToGroup;
    return {labelOf(name), isIdentity ? text : countText(double(number))};
}

} // namespace sundial
