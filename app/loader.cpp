// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loader.h"

#include "app/input_file.h"
#include "model/memory_guard.h"
#include "model/merge_frames.h"
#include "model/units.h"

#include <algorithm>

namespace sundial
{

namespace
{

constexpr std::size_t kMostNamed = 8; // members in a message, which is one line

/// "a.prof, b.prof and 3 others"
std::string namesOf(const std::vector<const ContainerMember*>& members)
{
    std::string names;
    for (std::size_t i = 0; i < std::min(members.size(), kMostNamed); ++i)
        names.append(i == 0 ? "" : ", ").append(members[i]->path);
    if (members.size() > kMostNamed)
        names += " and " + formatCount(double(members.size() - kMostNamed)) + " others";
    return names;
}

/// Which member to open: the wanted one, or the only profile.
Result<std::string> chooseMember(const ContainerListing& listing, const InputPlace& place, bool isForced)
{
    std::vector<const ContainerMember*> profiles;
    const std::string wanted = place.member.toStdString();
    for (const ContainerMember& member : listing.members) {
        if (!wanted.empty() && member.path == wanted) {
            if (member.format || isForced)
                return member.path;
            return Error{ErrorKind::UnknownFormat, member.skipped, Error::kNoOffset,
                         "Name a member that is a profile; 'sundial info' lists them."};
        }
        if (member.format)
            profiles.push_back(&member);
    }
    const std::string file = place.file.toStdString();
    if (profiles.empty()) {
        std::string message = "The archive holds no profile that Sundial can read.";
        if (!listing.members.empty())
            message.append(" ")
                .append(listing.members.front().path)
                .append(": ")
                .append(listing.members.front().skipped);
        return Error{ErrorKind::NoData, std::move(message), Error::kNoOffset,
                     "Put a profile into it, or open the profile itself."};
    }
    if (!wanted.empty())
        return Error{ErrorKind::Io, "The archive has no member “" + wanted + "”.", Error::kNoOffset,
                     "Its profiles are: " + namesOf(profiles) + "."};
    if (profiles.size() > 1)
        return Error{ErrorKind::Several,
                     "The archive holds " + formatCount(double(profiles.size())) + " profiles: " + namesOf(profiles) +
                         ".",
                     Error::kNoOffset, "Name one of them, as in “" + file + "!" + profiles.front()->path + "”."};
    return profiles.front()->path;
}

/// What was not looked at beside the one profile that opens: "secret.prof was left out: Encrypted; unpack it by hand."
std::optional<std::string> noteOfUnreadable(const ContainerListing& listing)
{
    const auto isUnreadable = [](const ContainerMember& member) { return member.isUnreadable; };
    const auto first = std::find_if(listing.members.begin(), listing.members.end(), isUnreadable);
    if (first == listing.members.end())
        return {};
    const auto others = std::count_if(first + 1, listing.members.end(), isUnreadable);
    const std::string more = others == 0 ? " was left out: "
                             : others == 1
                                 ? " and 1 other were left out. The first: "
                                 : " and " + formatCount(double(others)) + " others were left out. The first: ";
    return first->path + more + first->skipped;
}

/// Replaces an archive's bytes by those of the member to open, and names it in `place`.
std::optional<Error> enterArchive(InputFile& file, InputPlace& place, const LoadOptions& options,
                                  std::vector<std::string>& warnings, Progress& progress)
{
    Result<ContainerListing> listing = listArchive(file.bytes(), options.limits, progress);
    if (!listing)
        return listing.error();
    const Result<std::string> member = chooseMember(*listing, place, !options.format.empty());
    if (!member)
        return member.error();
    Result<std::string> bytes = readMember(file.bytes(), *member, options.limits, progress);
    if (!bytes)
        return bytes.error();
    warnings = std::move(listing->warnings);
    if (std::optional<std::string> note = place.member.isEmpty() ? noteOfUnreadable(*listing) : std::nullopt)
        warnings.push_back(std::move(*note));
    file.replace(std::move(*bytes));
    place.member = QString::fromStdString(*member);
    return {};
}

Result<ProfilePtr> load(const QString& path, const LoadOptions& options, Progress& progress)
{
    InputPlace place = InputPlace::of(path);
    InputFile file;
    const Error cut{ErrorKind::Truncated, "The file became shorter while it was read.", Error::kNoOffset,
                    "Wait until it is written completely, then open it again."};
    if (std::optional<Error> error = file.open(place.file, options.limits.unpack, progress))
        return file.wasCut() ? cut : *error;
    std::vector<std::string> warnings;
    if (file.isArchive()) {
        if (std::optional<Error> error = enterArchive(file, place, options, warnings, progress))
            return file.wasCut() ? cut : *error;
    } else if (!place.member.isEmpty()) {
        return Error{ErrorKind::Io, place.file.toStdString() + " is no archive.", Error::kNoOffset,
                     "Leave out what follows the “!”."};
    }
    const std::string name = place.name().toStdString();
    const Format* const forced = options.format.empty() ? nullptr : findFormat(options.format);
    Result<Profile> profile = parseAny({file.bytes(), name, file.isMapped()}, options.parse, progress, forced);
    if (file.wasCut())
        return cut;
    if (!profile) {
        Error error = profile.error();
        if (error.kind == ErrorKind::UnknownFormat && !forced && place.member.isEmpty() && file.wasCompressed())
            error.message = "The compressed file holds no known profile; it looks like " +
                            std::string(describeContent(file.bytes())) + ".";
        return error;
    }
    if (file.wasWritten())
        profile->warnings.emplace_back("The file was written to while it was read, so that old and new may be mixed. "
                                       "Reload it once it is complete.");
    profile->warnings.insert(profile->warnings.begin(), warnings.begin(), warnings.end());
    if (options.stripDirectories)
        stripDirectories(*profile);
    return std::make_shared<const Profile>(std::move(*profile));
}

} // namespace

Result<ProfilePtr> loadFile(const QString& path, const LoadOptions& options, Progress& progress)
{
    return withinMemory([&] { return load(path, options, progress); });
}

} // namespace sundial
