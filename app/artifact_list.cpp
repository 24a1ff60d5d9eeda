// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/artifact_list.h"

#include "app/artifact_sides.h"
#include "app/error_text.h"
#include "app/input_file.h"
#include "app/loader.h"
#include "app/test_captures.h"
#include "model/diff.h"
#include "model/memory_guard.h"
#include "model/noise.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <tuple>

namespace sundial
{

namespace
{

constexpr std::size_t kMostFiles = 20'000; // a home folder dropped by mistake ends here

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

/// Everything at or below `path` that is a file.
QStringList filesBelow(const QString& path, std::size_t most)
{
    if (!QFileInfo(path).isDir())
        return {path};
    QStringList files;
    QDirIterator it(path, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext() && std::size_t(files.size()) <= most)
        files << it.next();
    files.sort();
    return files;
}

void addFile(ArtifactList& list, const QString& path, Progress& progress)
{
    Artifact artifact{path, path, {}, std::uint64_t(QFileInfo(path).size()), {}};
    InputFile file;
    const LoadOptions options;
    if (const std::optional<Error> error = file.open(path, options.limits.unpack, progress)) {
        artifact.skipped = displayText(error->message);
    } else if (file.isArchive()) {
        Result<ContainerListing> listing = listArchive(file.bytes(), options.limits, progress);
        if (listing) {
            for (const ContainerMember& m : listing->members) {
                const QString member = path + u'!' + text(m.path);
                list.files.push_back(
                    {member, member, m.format ? text(m.format->title) : QString(), m.size, displayText(m.skipped)});
            }
            for (const std::string& warning : listing->warnings)
                list.warnings << displayText(warning);
            return;
        }
        artifact.skipped = displayText(listing.error().message);
    } else if (file.bytes().empty()) {
        artifact.skipped = QCoreApplication::translate("Artifacts", "Empty.");
    } else if (const Format* const format = detect(file.bytes(), QFileInfo(path).fileName().toStdString())) {
        artifact.kind = text(format->title);
    } else {
        artifact.skipped = QCoreApplication::translate("Artifacts", "Not a profile; it looks like %1.")
                               .arg(text(describeContent(file.bytes())));
    }
    list.files.push_back(std::move(artifact));
}

/// Cuts from all names what they have in common up to a "/" or "!".
void shortenNames(std::vector<Artifact>& files)
{
    if (files.empty())
        return;
    QString common = files.front().name;
    for (const Artifact& file : files) {
        qsizetype same = 0;
        while (same < std::min(common.size(), file.name.size()) && common[same] == file.name[same])
            ++same;
        common.truncate(same);
    }
    const qsizetype cut = std::max(common.lastIndexOf(u'/'), common.lastIndexOf(u'!')) + 1;
    for (Artifact& file : files)
        file.name = file.name.mid(cut);
}

void addRows(ArtifactList& list, const std::vector<SidedPath>& sided)
{
    QHash<QString, int> befores; // by what is left of the path without the word
    for (int i = 0; i < int(list.files.size()); ++i) {
        if (sided[std::size_t(i)].side == Side::Before)
            befores.insert(sided[std::size_t(i)].rest, i);
    }
    std::vector<ArtifactRow> alone, skipped;
    std::vector<bool> isPaired(list.files.size());
    for (int i = 0; i < int(list.files.size()); ++i) {
        const SidedPath& path = sided[std::size_t(i)];
        const int before = path.side == Side::After ? befores.value(path.rest, -1) : -1;
        if (before < 0)
            continue;
        befores.remove(path.rest);
        if (list.beforeWord.isEmpty()) {
            list.beforeWord = sided[std::size_t(before)].word;
            list.afterWord = path.word;
        }
        isPaired[std::size_t(i)] = isPaired[std::size_t(before)] = true;
        QString key = path.rest;
        key.remove(0, key.startsWith(u'/') ? 1 : 0);
        const qsizetype slash = key.lastIndexOf(u'/');
        list.rows.push_back({slash < 0 ? QString() : key.left(slash), key.mid(slash + 1), before, i});
    }
    for (int i = 0; i < int(list.files.size()); ++i) {
        const Artifact& file = list.files[std::size_t(i)];
        if (!file.skipped.isEmpty())
            skipped.push_back({QCoreApplication::translate("Artifacts", "Skipped"), file.name, -1, i});
        else if (!isPaired[std::size_t(i)])
            alone.push_back({{}, file.name, -1, i, false, sided[std::size_t(i)].side != Side::None});
    }
    std::sort(list.rows.begin(), list.rows.end(), [](const ArtifactRow& a, const ArtifactRow& b) {
        return std::tie(a.folder, a.name) < std::tie(b.folder, b.name);
    });
    const bool anyPair = !list.rows.empty();
    for (ArtifactRow& row : alone) {
        const qsizetype slash = row.name.lastIndexOf(u'/');
        row.folder =
            anyPair ? QCoreApplication::translate("Artifacts", "Alone") : row.name.left(std::max(slash, qsizetype(0)));
        if (!anyPair)
            row.name = row.name.mid(slash + 1);
        else if (sided[std::size_t(row.after)].side == Side::Before)
            std::swap(row.before, row.after);
    }
    std::stable_sort(alone.begin(), alone.end(),
                     [](const ArtifactRow& a, const ArtifactRow& b) { return a.folder < b.folder; });
    list.rows.insert(list.rows.end(), alone.begin(), alone.end());
    list.rows.insert(list.rows.end(), skipped.begin(), skipped.end());
}

} // namespace

int ArtifactList::pairs() const
{
    return int(std::count_if(rows.begin(), rows.end(), [](const ArtifactRow& row) { return row.isPair(); }));
}

Result<ArtifactList> listArtifacts(const QStringList& paths, Progress& progress)
{
    ArtifactList list;
    list.title = paths.size() == 1 ? QFileInfo(QDir::cleanPath(paths.front())).fileName()
                                   : QCoreApplication::translate("Artifacts", "%1 files").arg(paths.size());
    for (const QString& path : paths) {
        for (const QString& file : filesBelow(QDir::cleanPath(path), kMostFiles)) {
            if (list.files.size() >= kMostFiles) {
                list.warnings << QCoreApplication::translate("Artifacts", "Only the first %1 files are listed.")
                                     .arg(countText(double(kMostFiles)));
                break;
            }
            addFile(list, file, progress);
            if (progress.isCancelled())
                return Error{ErrorKind::Cancelled, {}};
        }
    }
    nameTestCaptures(list, progress);
    shortenNames(list.files);
    const std::vector<SidedPath> sides = sidesOf(list.files, paths);
    list.sets = runsOf(list.files, sides);
    addRows(list, sides);
    return list;
}

namespace
{

/// What a profile that stands in a table tells; what cannot be read has its sentence.
ProfilePtr takeTotal(Result<ProfilePtr> profile, const QString& name, ArtifactNumbers& numbers,
                     std::optional<double>& total)
{
    if (!profile) {
        const ErrorText error = errorText(profile.error(), name);
        numbers.title = error.title;
        numbers.evidence = error.what;
        return {};
    }
    numbers.unit = (*profile)->metrics.front().unit;
    total = (*profile)->total(MetricId{0});
    return std::move(*profile);
}

/// Reads the members of one archive that are rows of their own, in one pass.
void measureMembers(const ArtifactList& list, const std::vector<ArtifactRow>& rows, const QString& archive,
                    const QHash<QString, std::size_t>& rowOf, std::vector<bool>& isDone, Progress& progress,
                    const std::function<void(std::size_t, ArtifactNumbers)>& tell)
{
    InputFile file;
    const LoadOptions options;
    if (file.open(archive, options.limits.unpack, progress) || !file.isArchive())
        return;
    const auto isWanted = [&rowOf](const std::string& path) { return rowOf.contains(text(path)); };
    const auto visit = [&](const std::string& path, const std::string& bytes) {
        const std::size_t at = rowOf.value(text(path));
        const ArtifactRow& row = rows[at];
        Result<Profile> parsed = parseAny({bytes, path}, options.parse, progress);
        if (progress.isCancelled())
            return false;
        ArtifactNumbers numbers;
        Result<ProfilePtr> profile = parsed ? Result(ProfilePtr(std::make_shared<const Profile>(std::move(*parsed))))
                                            : Result<ProfilePtr>(parsed.error());
        takeTotal(std::move(profile), list.shown(row).name, numbers, row.after >= 0 ? numbers.after : numbers.before);
        isDone[at] = true;
        tell(at, std::move(numbers));
        return true;
    };
    // What is left, also when memory runs out, is read by itself.
    (void)withinMemory([&] {
        return forEachMember(file.bytes(), isWanted, visit, options.limits, progress);
    });
}

} // namespace

std::optional<ArtifactNumbers> measureArtifact(const ArtifactList& list, const ArtifactRow& row, Progress& progress)
{
    ArtifactNumbers numbers;
    ProfilePtr before, after;
    const auto load = [&](int file, ProfilePtr& into, std::optional<double>& total) {
        if (file < 0)
            return;
        const Artifact& artifact = list.files[std::size_t(file)];
        into = takeTotal(loadFile(artifact.path, {}, progress), artifact.name, numbers, total);
    };
    load(row.before, before, numbers.before);
    load(row.after, after, numbers.after);
    if (progress.isCancelled())
        return {};
    if (!before || !after)
        return numbers;
    const Run beforeRun = wholeRun(before, MetricId{0});
    const Run afterRun = wholeRun(after, MetricId{0});
    const ComparisonPtr comparison = compare(makeRunSet({&beforeRun, 1}), makeRunSet({&afterRun, 1}));
    const Verdict verdict = judge(*comparison, measureNoise(*comparison), {}, localeStyle());
    numbers.unit = comparison->metric.unit;
    numbers.before = comparison->before.total;
    numbers.after = comparison->after.total;
    numbers.verdict = verdict.kind;
    numbers.title = displayText(verdict.title);
    numbers.evidence = displayText((verdict.change.empty() ? "" : verdict.change + ". ") + verdict.evidence);
    return numbers;
}

void measureArtifacts(const ArtifactList& list, const std::vector<ArtifactRow>& rows, Progress& progress,
                      const std::function<void(std::size_t, ArtifactNumbers)>& tell)
{
    constexpr qsizetype kFewMembers = 3; // so many are found as soon by themselves
    QHash<QString, QHash<QString, std::size_t>> archives;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const QString& path = list.shown(rows[i]).path;
        if (rows[i].isPair() || !path.contains(u'!'))
            continue;
        const InputPlace place = InputPlace::of(path);
        if (!place.member.isEmpty())
            archives[place.file].insert(place.member, i);
    }
    std::vector<bool> isDone(rows.size());
    for (auto it = archives.cbegin(); it != archives.cend() && !progress.isCancelled(); ++it) {
        if (it.value().size() > kFewMembers)
            measureMembers(list, rows, it.key(), it.value(), isDone, progress, tell);
    }
    for (std::size_t i = 0; i < rows.size() && !progress.isCancelled(); ++i) {
        if (isDone[i])
            continue;
        if (std::optional<ArtifactNumbers> numbers = measureArtifact(list, rows[i], progress))
            tell(i, std::move(*numbers));
    }
}

} // namespace sundial
