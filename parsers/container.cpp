// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/container.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <memory>
#include <optional>

namespace sundial
{

namespace
{

using namespace std::string_view_literals;

constexpr std::uint64_t kFreeBytes = 64u << 20; // below this no ratio is suspicious
constexpr std::size_t kChunkBytes = 1u << 20;
constexpr char kNested = '!';

struct ArchiveCloser {
    void operator()(archive* a) const { archive_read_free(a); }
};
using ArchivePtr = std::unique_ptr<archive, ArchiveCloser>;

enum class Kind : std::uint8_t { Archive, Compressed };

ArchivePtr openMemory(std::string_view bytes, Kind kind)
{
    ArchivePtr a(archive_read_new());
    archive_read_support_filter_gzip(a.get());
    archive_read_support_filter_bzip2(a.get());
    archive_read_support_filter_xz(a.get());
    archive_read_support_filter_zstd(a.get());
    archive_read_support_filter_lz4(a.get());
    if (kind == Kind::Archive) {
        archive_read_support_format_zip(a.get());
        archive_read_support_format_tar(a.get());
    } else {
        archive_read_support_format_raw(a.get());
    }
    if (archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
        return {};
    return a;
}

bool nextEntry(archive* a, archive_entry*& entry)
{
    const int status = archive_read_next_header(a, &entry);
    return status == ARCHIVE_OK || status == ARCHIVE_WARN;
}

std::string entryPath(archive_entry* entry)
{
    if (const char* utf8 = archive_entry_pathname_utf8(entry))
        return utf8;
    const char* raw = archive_entry_pathname(entry);
    return raw ? raw : "(no name)";
}

bool leadsOut(std::string_view path)
{
    if (!path.empty() && path.front() == '/')
        return true;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find_first_of("/\\", start), path.size());
        if (path.substr(start, end - start) == "..")
            return true;
        start = end + 1;
    }
    return false;
}

/// Reads up to `most` further bytes of the current entry. Errors as readMember.
Result<std::string> readData(archive* a, std::uint64_t most, const ContainerLimits& limits, Progress& progress)
{
    std::string data;
    while (data.size() < most) {
        const std::size_t before = data.size();
        data.resize(before + std::size_t(std::min<std::uint64_t>(kChunkBytes, most - before)));
        const la_ssize_t size = archive_read_data(a, data.data() + before, data.size() - before);
        if (size < 0) {
            const std::string_view why = archive_error_string(a) ? archive_error_string(a) : "";
            const bool cut = why.find("runcated") != why.npos || why.find("nexpected end") != why.npos;
            return Error{cut ? ErrorKind::Truncated : ErrorKind::Malformed,
                         cut ? "The compressed data ends too early." : "The compressed data is damaged.",
                         std::uint64_t(archive_filter_bytes(a, -1)), "Copy the file again."};
        }
        data.resize(before + std::size_t(size));
        if (size == 0)
            break;
        const auto consumed = double(std::max<la_int64_t>(1, archive_filter_bytes(a, -1)));
        const std::uint64_t most64 = std::max(kFreeBytes, std::uint64_t(limits.ratio * consumed));
        if (data.size() > std::min(limits.memberBytes, most64))
            return Error{ErrorKind::TooLarge,
                         "It would unpack to more than " +
                             formatValue(double(std::min(limits.memberBytes, most64)), Unit::Bytes) + ".",
                         Error::kNoOffset, "Unpack it by hand if you trust it."};
        if (!progress.advanceTo(std::uint64_t(consumed)))
            return Error{ErrorKind::Cancelled, {}};
    }
    return data;
}

/// Walks an archive and those inside it; collects a listing, or stops at one wanted member.
class Walker
{
public:
    Walker(const ContainerLimits& limits, Progress& progress) : m_limits(limits), m_progress(progress) {}

    /// Fails only if the archive cannot be entered at all, or was cancelled.
    std::optional<Error> list(std::string_view bytes, const std::string& prefix, std::uint32_t depth)
    {
        const ArchivePtr a = openMemory(bytes, Kind::Archive);
        if (!a)
            return Error{ErrorKind::Malformed, "The archive cannot be read.", 0, "Copy the file again."};
        bool any = false;
        for (;;) {
            archive_entry* entry = nullptr;
            const int status = archive_read_next_header(a.get(), &entry);
            if (status == ARCHIVE_EOF)
                return {};
            if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
                if (!any)
                    return Error{ErrorKind::Malformed, "The archive cannot be read: it is damaged or cut short.", 0,
                                 "Copy the file again."};
                listing.warnings.push_back((prefix.empty() ? "The archive" : prefix) +
                                           " is damaged or ends too early; what stands before that is listed.");
                return {};
            }
            any = true;
            if (listing.members.size() >= m_limits.members) {
                listing.warnings.push_back("Only the first " + formatCount(m_limits.members) +
                                           " members are listed; unpack the rest by hand.");
                return {};
            }
            if (archive_entry_filetype(entry) == AE_IFDIR)
                continue;
            if (std::optional<Error> error = add(a.get(), entry, prefix, depth))
                return error;
        }
    }

    ContainerListing listing;

private:
    std::optional<Error> add(archive* a, archive_entry* entry, const std::string& prefix, std::uint32_t depth)
    {
        ContainerMember member;
        member.path = prefix + entryPath(entry);
        member.size = archive_entry_size_is_set(entry) ? std::uint64_t(archive_entry_size(entry)) : 0;
        if (archive_entry_filetype(entry) == AE_IFLNK || archive_entry_hardlink(entry)) {
            member.skipped = "A link; links in archives are not followed.";
        } else if (archive_entry_is_encrypted(entry)) {
            member.skipped = "Encrypted; unpack it by hand.";
        } else if (leadsOut(entryPath(entry))) {
            member.skipped = "Its path leads out of the archive.";
        } else {
            return look(a, std::move(member), depth);
        }
        listing.members.push_back(std::move(member));
        return {};
    }

    std::optional<Error> look(archive* a, ContainerMember member, std::uint32_t depth)
    {
        const Result<std::string> head = readData(a, kHeadBytes, m_limits, m_progress);
        if (!head) {
            if (head.error().kind == ErrorKind::Cancelled)
                return head.error();
            member.skipped = head.error().message + (head.error().cure.empty() ? "" : " " + head.error().cure);
        } else if (head->empty()) {
            member.skipped = "Empty.";
        } else if (isArchive(*head) || isCompressed(*head)) {
            return enter(a, std::move(member), *head, depth);
        } else if (const Format* format = detect(*head, member.path)) {
            member.format = format;
        } else {
            member.skipped = "Not a profile; it looks like " + std::string(describeContent(*head)) + ".";
        }
        listing.members.push_back(std::move(member));
        return {};
    }

    /// Looks into an archive or a compressed file that is itself a member.
    std::optional<Error> enter(archive* a, ContainerMember member, std::string start, std::uint32_t depth)
    {
        const auto skip = [&](std::string why) -> std::optional<Error> {
            member.skipped = std::move(why);
            listing.members.push_back(std::move(member));
            return {};
        };
        if (depth >= m_limits.nesting)
            return skip("Archives are nested too deep; unpack it by hand.");
        const bool plainArchive = isArchive(start);
        Result<std::string> rest = readData(a, UINT64_MAX, m_limits, m_progress);
        if (!rest)
            return rest.error().kind == ErrorKind::Cancelled ? std::optional(rest.error()) : skip(rest.error().message);
        std::string whole = std::move(start) + *rest;
        if (plainArchive)
            return list(whole, member.path + kNested, depth + 1);
        Result<std::string> inside = decompress(whole, m_limits, m_progress);
        if (!inside)
            return inside.error().kind == ErrorKind::Cancelled ? std::optional(inside.error())
                                                               : skip(inside.error().message);
        member.size = inside->size();
        if (isArchive(*inside))
            return list(*inside, member.path + kNested, depth + 1);
        if (const Format* format = detect(*inside, member.path))
            member.format = format;
        else
            return skip("Not a profile; it looks like " + std::string(describeContent(inside->substr(0, kHeadBytes))) +
                        ".");
        listing.members.push_back(std::move(member));
        return {};
    }

    const ContainerLimits& m_limits;
    Progress& m_progress;
};

constexpr std::array kCompressionMarks{"\x1f\x8b"sv, "\x28\xb5\x2f\xfd"sv,
                                       "\xfd"
                                       "7zXZ"sv,
                                       "BZh"sv};

} // namespace

bool isArchive(std::string_view head)
{
    return head.substr(0, 4) == "PK\x03\x04"sv || head.substr(0, 4) == "PK\x05\x06"sv ||
           (head.size() >= 262 && head.substr(257, 5) == "ustar"sv);
}

bool isCompressed(std::string_view head)
{
    return std::any_of(kCompressionMarks.begin(), kCompressionMarks.end(),
                       [head](std::string_view mark) { return head.substr(0, mark.size()) == mark; });
}

Result<ContainerListing> listArchive(std::string_view bytes, const ContainerLimits& limits, Progress& progress)
{
    Walker walker(limits, progress);
    if (const std::optional<Error> error = walker.list(bytes, {}, 0))
        return *error;
    return std::move(walker.listing);
}

Result<std::string> readMember(std::string_view bytes, std::string_view path, const ContainerLimits& limits,
                               Progress& progress)
{
    const ArchivePtr a = openMemory(bytes, Kind::Archive);
    archive_entry* entry = nullptr;
    while (a && nextEntry(a.get(), entry)) {
        const std::string name = entryPath(entry);
        const bool isIt = name == path;
        const bool isAround =
            path.size() > name.size() && path.substr(0, name.size()) == name && path[name.size()] == kNested;
        if (!isIt && !isAround)
            continue;
        Result<std::string> data = readData(a.get(), UINT64_MAX, limits, progress);
        while (data && isCompressed(*data)) // "a.prof.gz" and "inner.tar.gz" alike
            data = decompress(*data, limits, progress);
        if (!data || isIt)
            return data;
        return readMember(*data, path.substr(name.size() + 1), limits, progress);
    }
    return Error{ErrorKind::Io, "The archive has no member “" + std::string(path) + "”.", Error::kNoOffset,
                 "List its members with “sundial info”."};
}

Result<std::string> decompress(std::string_view bytes, const ContainerLimits& limits, Progress& progress)
{
    const ArchivePtr a = openMemory(bytes, Kind::Compressed);
    archive_entry* entry = nullptr;
    if (!a || !nextEntry(a.get(), entry) || archive_filter_count(a.get()) < 2) // one: no compression was recognised
        return Error{ErrorKind::Malformed, "The compressed data is damaged.", 0, "Copy the file again."};
    return readData(a.get(), UINT64_MAX, limits, progress);
}

} // namespace sundial
