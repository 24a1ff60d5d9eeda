// SPDX-License-Identifier: GPL-3.0-or-later
// Where results and messages go: standard output, files that appear whole or not at all, one line on standard error.
#pragma once

#include "app/cli/command.h"
#include "model/result.h"

#include <QByteArray>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sundial::cli
{

/// Writes `text` and flushes. A reader that went away (`| head`) is no error.
ExitStatus writeStdout(std::string_view text);
/// Writes `text` to standard error; that it may be closed is no error.
void writeStderr(std::string_view text);
/// Writes a file in one step, so that nobody sees half of it; "-" is standard output. Reports its own failure.
ExitStatus writeFile(const std::string& path, std::string_view bytes);

/// Words of a file as a terminal shows them: U+FFFD stands for what is no UTF-8, for line breaks and for all else that
/// moves the cursor.
std::string printable(std::string_view text);

/// "FILE: what is wrong (at byte N): what to do" on standard error, in one line. Returns the status that fits.
ExitStatus reportError(std::string_view file, const Error& error);
ExitStatus reportUsage(std::string_view message);
/// The same from an Error about an argument: "what is wrong: what to do".
ExitStatus reportUsage(const Error& error);
/// A sentence that is no error: "FILE: note: …". It is held until showNotes(), which a command ends with; an error that
/// is reported meanwhile is all that the reader sees.
void reportNote(std::string_view file, std::string_view sentence);
/// Prints the notes that were held.
void showNotes();

using TableRow = std::vector<std::string>;
/// Comma-separated values as RFC 4180 has them, first row first.
std::string toCsv(std::span<const TableRow> rows);
/// Text inside Markdown, in one line, without a character that would become markup.
std::string escapeMarkdown(std::string_view text);
/// A Markdown table; the first row is its head. `rightAligned` has one entry a column.
std::string toMarkdown(std::span<const TableRow> rows, std::span<const bool> rightAligned);

} // namespace sundial::cli
