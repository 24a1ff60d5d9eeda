// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as the window shows them: model/units.h with the separators of the reader's locale.
#pragma once

#include "model/units.h"

#include <QLocale>
#include <QString>

namespace sundial
{

inline NumberStyle localeStyle()
{
    const QLocale locale;
    return {locale.decimalPoint().toStdString(), locale.groupSeparator().toStdString()};
}

inline QString valueText(double value, Unit unit)
{
    return QString::fromStdString(formatValue(value, unit, localeStyle()));
}

inline QString percentText(double fraction)
{
    return QString::fromStdString(formatPercent(fraction, localeStyle()));
}

inline QString countText(double count)
{
    return QString::fromStdString(formatCount(count, localeStyle()));
}

inline QString callsText(std::int64_t calls, std::int64_t primitiveCalls)
{
    return QString::fromStdString(formatCalls(calls, primitiveCalls, localeStyle()));
}

} // namespace sundial
