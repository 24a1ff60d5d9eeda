// SPDX-License-Identifier: GPL-3.0-or-later
#include "parsers/container.h"

#include "parsers/support/archive_stream.h"

#include <algorithm>
#include <archive_entry.h>
#include <optional>

namespace sundial
{

namespace
{

using namespace std::string_view_literals;

constexpr char kNested = '!';

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

/// Walks an archive and those inside it; collects a listing, or stops at one wanted member.
class Walker
{
public:
    Walker(const ContainerLimits& limits, Progress& progress) : m_limits(limits), m_progress(progress) {}

    /// Fails only if the archive cannot be entered at all, or was cancelled.
    std::optional<Error> list(std::string_view bytes, const std::string& prefix, std::uint32_t depth)
    {
        const ArchivePtr a = openArchive(bytes, ArchiveKind::Members);
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
            member.isUnreadable = true;
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
        const Result<std::string> head = readEntry(a, kHeadBytes, m_limits.unpack, m_progress);
        if (!head) {
            if (head.error().kind == ErrorKind::Cancelled)
                return head.error();
            member.skipped = head.error().message + (head.error().cure.empty() ? "" : " " + head.error().cure);
            member.isUnreadable = true;
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
        const auto skip = [&](std::string why, bool isUnreadable = true) -> std::optional<Error> {
            member.skipped = std::move(why);
            member.isUnreadable = isUnreadable;
            listing.members.push_back(std::move(member));
            return {};
        };
        if (depth >= m_limits.nesting)
            return skip("Archives are nested too deep; unpack it by hand.");
        const bool plainArchive = isArchive(start);
        Result<std::string> rest = readEntry(a, UINT64_MAX, m_limits.unpack, m_progress);
        if (!rest)
            return rest.error().kind == ErrorKind::Cancelled ? std::optional(rest.error()) : skip(rest.error().message);
        std::string whole = std::move(start) + *rest;
        if (plainArchive)
            return list(whole, member.path + kNested, depth + 1);
        Result<std::string> inside = decompress(whole, m_limits.unpack, m_progress);
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
                            ".",
                        false);
        listing.members.push_back(std::move(member));
        return {};
    }

    const ContainerLimits& m_limits;
    Progress& m_progress;
};

} // namespace

bool isArchive(std::string_view head)
{
    return head.substr(0, 4) == "PK\x03\x04"sv || head.substr(0, 4) == "PK\x05\x06"sv ||
           (head.size() >= 262 && head.substr(257, 5) == "ustar"sv);
}

Result<ContainerListing> listArchive(std::string_view bytes, const ContainerLimits& limits, Progress& progress)
{
    progress.setTotal(bytes.size());
    Walker walker(limits, progress);
    if (const std::optional<Error> error = walker.list(bytes, {}, 0))
        return *error;
    return std::move(walker.listing);
}

Result<std::string> readMember(std::string_view bytes, std::string_view path, const ContainerLimits& limits,
                               Progress& progress)
{
    progress.setTotal(bytes.size());
    const ArchivePtr a = openArchive(bytes, ArchiveKind::Members);
    archive_entry* entry = nullptr;
    while (a && nextEntry(a.get(), entry)) {
        const std::string name = entryPath(entry);
        const bool isIt = name == path;
        const bool isAround =
            path.size() > name.size() && path.substr(0, name.size()) == name && path[name.size()] == kNested;
        if (!isIt && !isAround)
            continue;
        Result<std::string> data = readEntry(a.get(), UINT64_MAX, limits.unpack, progress);
        while (data && isCompressed(*data)) // "a.prof.gz" and "inner.tar.gz" alike
            data = decompress(*data, limits.unpack, progress);
        if (!data || isIt)
            return data;
        return readMember(*data, path.substr(name.size() + 1), limits, progress);
    }
    return Error{ErrorKind::Io, "The archive has no member “" + std::string(path) + "”.", Error::kNoOffset,
                 "List its members with “sundial info”."};
}

std::optional<Error> forEachMember(std::string_view bytes, const std::function<bool(const std::string&)>& isWanted,
                                   const std::function<bool(const std::string&, std::string)>& visit,
                                   const ContainerLimits& limits, Progress& progress)
{
    progress.setTotal(bytes.size());
    const ArchivePtr a = openArchive(bytes, ArchiveKind::Members);
    if (!a)
        return Error{ErrorKind::Malformed, "The archive cannot be read.", 0, "Copy the file again."};
    archive_entry* entry = nullptr;
    while (nextEntry(a.get(), entry)) {
        if (progress.isCancelled())
            return Error{ErrorKind::Cancelled, {}};
        const std::string path = entryPath(entry);
        if (!isWanted(path))
            continue;
        Result<std::string> data = readEntry(a.get(), UINT64_MAX, limits.unpack, progress);
        while (data && isCompressed(*data))
            data = decompress(*data, limits.unpack, progress);
        if (data && !visit(path, std::move(*data)))
            return {};
    }
    return {};
}

} // namespace sundial
