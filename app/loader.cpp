// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/loader.h"

#include "model/merge_frames.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace sundial
{

namespace
{

constexpr int kMaxNestedGzip = 4;

/// The bytes of a file, mapped where the file system can.
class FileBytes
{
public:
    /// Null text means success.
    QString open(const QString& path)
    {
        if (path == QLatin1String("-")) {
            if (!m_file.open(stdin, QIODevice::ReadOnly))
                return QStringLiteral("Standard input cannot be read");
        } else {
            m_file.setFileName(path);
            if (QFileInfo(path).isDir())
                return QStringLiteral("This is a folder, not a file");
            if (!m_file.open(QIODevice::ReadOnly))
                return m_file.errorString();
        }
        if (!m_file.isSequential() && m_file.size() > 0)
            m_mapped = m_file.map(0, m_file.size());
        if (!m_mapped) {
            m_copy = m_file.readAll();
            if (m_file.error() != QFileDevice::NoError)
                return m_file.errorString();
        }
        return {};
    }
    std::string_view view() const
    {
        return m_mapped ? std::string_view(reinterpret_cast<const char*>(m_mapped), std::size_t(m_file.size()))
                        : std::string_view(m_copy.constData(), std::size_t(m_copy.size()));
    }

private:
    QFile m_file;
    const uchar* m_mapped = nullptr;
    QByteArray m_copy;
};

Error ioError(const QString& reason)
{
    QString sentence = reason;
    if (!sentence.endsWith(u'.'))
        sentence += u'.';
    return {ErrorKind::Io, sentence.toStdString(), Error::kNoOffset,
            "Check the path and whether you may read the file."};
}

} // namespace

Result<ProfilePtr> loadFile(const QString& path, const LoadOptions& options, Progress& progress)
{
    FileBytes file;
    if (const QString reason = file.open(path); !reason.isEmpty())
        return ioError(reason);
    std::string_view bytes = file.view();
    QString name = QFileInfo(path).fileName();
    std::string inflated;
    for (int depth = 0; depth < kMaxNestedGzip && isGzip(bytes); ++depth) {
        Result<std::string> next = gunzip(bytes, options.limits, progress);
        if (!next)
            return next.error();
        inflated = std::move(*next);
        bytes = inflated;
        if (name.endsWith(QLatin1String(".gz"), Qt::CaseInsensitive))
            name.chop(3);
    }
    const std::string nameBytes = name.toStdString();
    const Format* const forced = options.format.empty() ? nullptr : findFormat(options.format);
    Result<Profile> profile = parseAny({bytes, nameBytes}, options.parse, progress, forced);
    if (!profile)
        return profile.error();
    if (options.stripDirectories)
        stripDirectories(*profile);
    return std::make_shared<const Profile>(std::move(*profile));
}

} // namespace sundial
