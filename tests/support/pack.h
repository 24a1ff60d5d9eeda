// SPDX-License-Identifier: GPL-3.0-or-later
// Archives and compressed files made in memory with libarchive, byte by byte the same each time.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <string>
#include <vector>

namespace sundial::test
{

struct PackedFile {
    std::string path;
    std::string content; ///< Of a link: its target.
    bool isLink = false;
};

/// `format` and `filter` are libarchive's own functions: archive_write_set_format_zip, archive_write_add_filter_gzip…
inline std::string pack(const std::vector<PackedFile>& files, int (*format)(archive*), int (*filter)(archive*))
{
    std::string bytes(64 << 20, '\0');
    std::size_t used = 0;
    archive* const a = archive_write_new();
    format(a);
    filter(a);
    archive_write_set_bytes_in_last_block(a, 1);
    archive_write_open_memory(a, bytes.data(), bytes.size(), &used);
    for (const PackedFile& file : files) {
        archive_entry* const entry = archive_entry_new();
        archive_entry_set_pathname(entry, file.path.c_str());
        archive_entry_set_filetype(entry, file.isLink ? AE_IFLNK : AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        if (file.isLink)
            archive_entry_set_symlink(entry, file.content.c_str());
        else
            archive_entry_set_size(entry, la_int64_t(file.content.size()));
        archive_write_header(a, entry);
        if (!file.isLink)
            archive_write_data(a, file.content.data(), file.content.size());
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    bytes.resize(used);
    return bytes;
}

inline std::string zip(const std::vector<PackedFile>& files)
{
    return pack(files, archive_write_set_format_zip, archive_write_add_filter_none);
}

/// The same zip with one member marked as encrypted: its content is what no reader can make sense of.
inline std::string encrypted(std::string zipped, const std::string& member)
{
    const auto mark = [&](const char* signature, std::size_t name, std::size_t flags) {
        for (std::size_t at = zipped.find(signature); at != std::string::npos; at = zipped.find(signature, at + 4)) {
            if (zipped.compare(at + name, member.size(), member) == 0)
                zipped[at + flags] = char(zipped[at + flags] | 1);
        }
    };
    mark("PK\3\4", 30, 6);
    mark("PK\1\2", 46, 8);
    return zipped;
}

/// One file compressed, without an archive around it.
inline std::string compressed(const std::string& content, int (*filter)(archive*))
{
    return pack({{"content", content}}, archive_write_set_format_raw, filter);
}

} // namespace sundial::test
