// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes behind a path: a file or standard input, decompressed; an archive's members are reached through it.
#pragma once

#include "parsers/container.h"

#include <QFile>
#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace sundial
{

/// "run.zip!unit/a.prof" names a member of an archive. The file is the shortest part before a "!" that exists, so a
/// file may have "!" in its own name.
struct InputPlace {
    QString file;
    QString member; ///< Empty: the file itself.

    static InputPlace of(const QString& path);
    QString path() const { return member.isEmpty() ? file : file + u'!' + member; }
    /// Without folders and without the suffix of a compression: what the profile is called.
    QString name() const;
};

/// A regular file is mapped, so that its bytes are in memory once; what is compressed is decompressed into memory.
class InputFile
{
public:
    /// "-" is standard input. Nothing means success. Errors: Io, and those of decompress().
    std::optional<Error> open(const QString& path, const DecompressLimits& limits, Progress& progress);
    std::string_view bytes() const { return m_bytes; }
    bool isMapped() const { return m_mapped && m_bytes.data() == m_mapped; }
    bool isArchive() const { return sundial::isArchive(m_bytes); }
    /// Goes on with these bytes in place of the file's.
    void replace(std::string bytes);

private:
    std::optional<Error> read(const QString& path, Progress& progress);
    std::optional<Error> readStream(Progress& progress);

    QFile m_file;
    const char* m_mapped = nullptr;
    QByteArray m_copy;
    std::string m_unpacked;
    std::string_view m_bytes;
};

} // namespace sundial
