// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes behind a path: a file or standard input, decompressed; an archive's members are reached through it.
#pragma once

#include "app/mapping_guard.h"
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
    /// Whether bytes() came out of a compressed file.
    bool wasCompressed() const { return m_wasCompressed; }
    /// Goes on with these bytes in place of the file's.
    void replace(std::string bytes);
    /// Whether the file lost bytes since it was opened, which read as zeros then. What was made of them is worthless.
    bool wasCut() const { return m_guard && m_guard->wasCut(); }
    /// Whether the file was written to since it was opened: bytes() may mix old and new.
    bool wasWritten() const;

private:
    std::optional<Error> read(const QString& path, Progress& progress);
    std::optional<Error> readStream(Progress& progress);

    struct Stamp {
        std::int64_t size = 0, seconds = 0, nanoseconds = 0; ///< The two latter: of the last write.
        bool operator==(const Stamp&) const = default;
    };
    Stamp stamp() const;

    QFile m_file;
    const char* m_mapped = nullptr;
    Stamp m_opened;
    std::optional<MappingGuard> m_guard; ///< Behind m_file: goes before the mapping does.
    QByteArray m_copy;
    std::string m_unpacked;
    bool m_wasCompressed = false;
    std::string_view m_bytes;
};

} // namespace sundial
