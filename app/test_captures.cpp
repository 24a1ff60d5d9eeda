// SPDX-License-Identifier: GPL-3.0-or-later
// Source: pytest-memray 1.11, which writes {"test_id": "tests/test_a.py::test_b", "peak_memory": …, "result_file": …}.
#include "app/test_captures.h"

#include "app/input_file.h"
#include "app/loader.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <memory>

namespace sundial
{

namespace
{

constexpr std::uint64_t kMostBytes = 64 * 1024; // of metadata, which are one small object

/// Reads small files, also out of archives, each of which it opens once for those that follow one another.
class SmallFiles
{
public:
    explicit SmallFiles(Progress& progress) : m_progress(progress) {}

    QByteArray read(const QString& path)
    {
        const InputPlace place = InputPlace::of(path);
        const LoadOptions options;
        if (!m_file || m_path != place.file) {
            m_file = std::make_unique<InputFile>();
            m_path = place.file;
            if (m_file->open(place.file, options.limits.unpack, m_progress))
                return {};
        }
        if (place.member.isEmpty())
            return QByteArray(m_file->bytes().data(), qsizetype(m_file->bytes().size()));
        const Result<std::string> member =
            readMember(m_file->bytes(), place.member.toStdString(), options.limits, m_progress);
        return member ? QByteArray::fromStdString(*member) : QByteArray();
    }

private:
    Progress& m_progress;
    QString m_path;
    std::unique_ptr<InputFile> m_file;
};

/// The capture that metadata are about: "runs/metadata/a.metadata" tells of "runs/a.bin". Empty for other files.
QString captureOf(const QString& path)
{
    static const QString folder = QStringLiteral("metadata/"), suffix = QStringLiteral(".metadata");
    const qsizetype name = path.lastIndexOf(u'/') + 1;
    const qsizetype start = name - folder.size();
    const bool isBelow = start >= 0 && QStringView(path).mid(start, folder.size()) == folder;
    if (!isBelow || !path.endsWith(suffix) || (start > 0 && path[start - 1] != u'/' && path[start - 1] != u'!'))
        return {};
    return path.left(start) + path.mid(name, path.size() - name - suffix.size()) + QStringLiteral(".bin");
}

/// "tests/test_a.py/test_b" for "tests/test_a.py::test_b": a test stands below its file.
QString testPath(const QByteArray& metadata)
{
    const QString id = QJsonDocument::fromJson(metadata).object().value(QStringLiteral("test_id")).toString();
    return QString(id).replace(QStringLiteral("::"), QStringLiteral("/"));
}

} // namespace

void nameTestCaptures(ArtifactList& list, Progress& progress)
{
    QHash<QString, std::size_t> metadataOf; // by the path of the capture
    for (std::size_t i = 0; i < list.files.size(); ++i) {
        const Artifact& file = list.files[i];
        if (const QString capture = captureOf(file.path); !capture.isEmpty() && file.size <= kMostBytes)
            metadataOf.insert(capture, i);
    }
    if (metadataOf.isEmpty())
        return;
    SmallFiles files(progress);
    std::vector<bool> isUsed(list.files.size());
    for (Artifact& file : list.files) {
        const auto metadata = metadataOf.constFind(file.path);
        if (metadata == metadataOf.constEnd() || progress.isCancelled())
            continue;
        const QString test = testPath(files.read(list.files[*metadata].path));
        if (test.isEmpty())
            continue;
        isUsed[*metadata] = true;
        file.name = file.name.left(std::max(file.name.lastIndexOf(u'/'), file.name.lastIndexOf(u'!')) + 1) + test;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < list.files.size(); ++i) {
        if (!isUsed[i] && kept++ != i)
            list.files[kept - 1] = std::move(list.files[i]);
    }
    list.files.resize(kept);
}

} // namespace sundial
