// SPDX-License-Identifier: GPL-3.0-or-later
// QCustomPlot in the window's colours and units.
#pragma once

#include <QSharedPointer>
#include <QString>

class QCPAxisTicker;
class QCustomPlot;

namespace sundial
{

struct Theme;

/// Ground, axes and grid of a plot: hairlines across, no lines down, no frame.
void stylePlot(QCustomPlot* plot, const Theme& theme);
/// Labels "0", "400 MiB", "800 MiB", about `count` of them, in the reader's locale.
QSharedPointer<QCPAxisTicker> unitTicker(const QString& symbol, int count);

} // namespace sundial
