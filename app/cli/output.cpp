// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "model/utf8_text.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace sundial::cli
{

namespace
{

/// Notes that wait for showNotes(): an error takes their place, so that a failure is one line.
std::vector<std::string> heldNotes;

void printError(const std::string& line)
{
    heldNotes.clear();
    std::fprintf(stderr, "%s\n", printable(line).c_str());
}

/// What cannot be replaced by another file, and is written to as it stands: /dev/stdout, a named pipe.
bool isDeviceOrPipe(const QString& name)
{
    const QFileInfo target(name);
    return target.exists() && !target.isFile() && !target.isDir();
}

ExitStatus statusOf(ErrorKind kind)
{
    return kind == ErrorKind::Cancelled ? kCancelled : kInputError;
}

} // namespace

ExitStatus writeStdout(std::string_view text)
{
    errno = 0;
    const bool isWritten = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (isWritten || errno == EPIPE)
        return kOk;
    printError(std::string("standard output: it could not be written (") + std::strerror(errno) +
               "): free some room, or write to another place");
    return kOutputError;
}

void writeStderr(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stderr);
}

ExitStatus writeFile(const std::string& path, std::string_view bytes)
{
    if (path == "-")
        return writeStdout(bytes);
    const QString name = QFile::decodeName(path.c_str());
    QSaveFile whole(name);
    QFile stream(name);
    const bool isStream = isDeviceOrPipe(name);
    QFileDevice& file = isStream ? static_cast<QFileDevice&>(stream) : whole;
    if (file.open(QIODevice::WriteOnly) && file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size()) &&
        (isStream ? stream.flush() : whole.commit()))
        return kOk;
    const bool isReasonKnown = file.error() != QFileDevice::NoError;
    printError(path + ": it could not be written (" +
               (isReasonKnown ? file.errorString().toStdString() : "there is room for a part of it") +
               "): choose a place that can be written and has room" +
               (isStream ? "" : "; a file that was there is unchanged"));
    return kOutputError;
}

ExitStatus reportError(std::string_view file, const Error& error)
{
    if (error.kind == ErrorKind::Cancelled)
        return kCancelled;
    std::string line(file);
    line.append(": ").append(error.message);
    if (line.back() == '.')
        line.pop_back();
    if (error.offset != Error::kNoOffset)
        line.append(" (at byte ").append(std::to_string(error.offset)).append(")");
    if (!error.cure.empty())
        line.append(": ").append(error.cure);
    printError(line);
    return statusOf(error.kind);
}

std::string printable(std::string_view text)
{
    if (std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7f; }))
        return std::string(text);
    QString shown = QString::fromStdString(toValidUtf8(text));
    for (QChar& c : shown) {
        if (c.category() == QChar::Other_Control)
            c = QChar::ReplacementCharacter;
    }
    return shown.toStdString();
}

ExitStatus reportUsage(std::string_view message)
{
    printError("sundial: " + std::string(message));
    return kUsageError;
}

ExitStatus reportUsage(const Error& error)
{
    return reportUsage(error.cure.empty() ? error.message : error.message + ": " + error.cure);
}

void reportNote(std::string_view file, std::string_view sentence)
{
    heldNotes.push_back(std::string(file) + ": note: " + std::string(sentence));
}

void showNotes()
{
    for (const std::string& note : heldNotes)
        std::fprintf(stderr, "%s\n", printable(note).c_str());
    heldNotes.clear();
}

std::string toCsv(std::span<const TableRow> rows)
{
    std::string text;
    for (const TableRow& row : rows) {
        bool isFirst = true;
        for (const std::string& cell : row) {
            if (!isFirst)
                text += ',';
            isFirst = false;
            if (cell.find_first_of(",\"\r\n") == cell.npos) {
                text += cell;
                continue;
            }
            text += '"';
            for (const char c : cell)
                text.append(c == '"' ? 2 : 1, c);
            text += '"';
        }
        text += '\n';
    }
    return text;
}

std::string escapeMarkdown(std::string_view text)
{
    constexpr std::string_view kMarkup = "\\`*_[]<>|~&$";
    std::string escaped;
    for (const char c : text) {
        if (kMarkup.find(c) != kMarkup.npos)
            escaped += '\\';
        escaped += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
    return escaped;
}

std::string toMarkdown(std::span<const TableRow> rows, std::span<const bool> rightAligned)
{
    std::string text;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        text += '|';
        for (const std::string& cell : rows[r]) {
            text += ' ' + escapeMarkdown(cell) + " |";
        }
        text += '\n';
        if (r > 0)
            continue;
        text += '|';
        for (const bool isRight : rightAligned)
            text += isRight ? " ---: |" : " --- |";
        text += '\n';
    }
    return text;
}

} // namespace sundial::cli
