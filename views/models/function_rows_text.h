// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the function table as text to paste elsewhere.
#pragma once

#include "views/models/function_model.h"

#include <QString>

#include <span>
#include <vector>

namespace sundial
{

enum class RowsFormat {
    Text, ///< Cells as shown, separated by tabs: fits mails and spreadsheets alike.
    Csv,  ///< Full precision in the profile's own unit, C locale, with a head; names and paths as the file has them.
    Markdown, ///< A table with a head, cells as shown.
};

/// `rows` of `model`, with `columns` in this order. Groups are rows as well, but have no place in CSV: left out there.
QString rowsText(const FunctionModel& model, std::span<const int> rows, std::span<const FunctionColumn> columns,
                 RowsFormat format);
/// One function in the same form, whether it has a row or is filtered out.
QString functionText(const FunctionModel& model, FrameId frame, std::span<const FunctionColumn> columns,
                     RowsFormat format);

} // namespace sundial
