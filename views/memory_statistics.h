// SPDX-License-Identifier: GPL-3.0-or-later
// What a memory capture tells over all of its allocations: the numbers of `memray stats`.
#pragma once

#include "model/profile.h"
#include "views/theme.h"

#include <QDialog>

class QTableWidget;

namespace sundial
{

/// Totals, a histogram of sizes, allocators, and the largest locations by size and by count. Of the whole time. Needs
/// profile.memory->hasStatistics.
class MemoryStatisticsDialog : public QDialog
{
    Q_OBJECT

public:
    MemoryStatisticsDialog(const Profile& profile, const Theme& theme, QWidget* parent = nullptr);

private:
    QWidget* makeTotals(const Profile& profile, const Theme& theme);
    QWidget* makeHistogram(const MemoryStatistics& statistics, const Theme& theme);
    QTableWidget* makeAllocators(const MemoryStatistics& statistics);
    QTableWidget* makeLocations(const Profile& profile, LocationOrder order);
};

} // namespace sundial
