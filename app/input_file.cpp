// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/input_file.h"

#include <QFileInfo>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <poll.h>
#include <unistd.h>

namespace sundial
{

namespace
{

constexpr int kMaxNestedCompression = 4;

Error ioError(QString reason)
{
    if (!reason.endsWith(u'.'))
        reason += u'.';
    return {ErrorKind::Io, reason.toStdString(), Error::kNoOffset, "Check the path and whether you may read the file."};
}

} // namespace

InputPlace InputPlace::of(const QString& path)
{
    if (QFileInfo::exists(path))
        return {path, {}};
    for (qsizetype at = path.indexOf(u'!'); at > 0; at = path.indexOf(u'!', at + 1)) {
        const QString file = path.left(at);
        if (file == QLatin1String("-") || QFileInfo(file).isFile())
            return {file, path.mid(at + 1)};
    }
    return {path, {}};
}

QString InputPlace::name() const
{
    QString name = QFileInfo(member.isEmpty() ? file : member).fileName();
    for (const QLatin1String suffix :
         {QLatin1String(".gz"), QLatin1String(".zst"), QLatin1String(".xz"), QLatin1String(".bz2")}) {
        if (name.size() > suffix.size() && name.endsWith(suffix, Qt::CaseInsensitive)) {
            name.chop(suffix.size());
            break;
        }
    }
    return name;
}

/// A pipe may say nothing for long: looks at it in steps, so that Ctrl+C is heard.
std::optional<Error> InputFile::readStream(Progress& progress)
{
    constexpr int kStepMs = 100;
    QByteArray piece(1 << 20, Qt::Uninitialized);
    pollfd pipe{m_file.handle(), POLLIN, 0};
    while (progress.advanceTo(0)) {
        if (poll(&pipe, 1, kStepMs) <= 0)
            continue;
        const ssize_t size = ::read(m_file.handle(), piece.data(), std::size_t(piece.size()));
        if (size == 0)
            return {};
        if (size < 0 && errno != EINTR && errno != EAGAIN)
            return ioError(QString::fromLocal8Bit(std::strerror(errno)));
        m_copy.append(piece.constData(), std::max<qsizetype>(size, 0));
    }
    return Error{ErrorKind::Cancelled, {}};
}

std::optional<Error> InputFile::read(const QString& path, Progress& progress)
{
    if (path == QLatin1String("-")) {
        if (!m_file.open(stdin, QIODevice::ReadOnly))
            return ioError(QStringLiteral("Standard input cannot be read"));
    } else {
        m_file.setFileName(path);
        if (QFileInfo(path).isDir())
            return Error{ErrorKind::Io, "This is a folder, not a file.", Error::kNoOffset,
                         "Name a file in it, or open the folder in the window."};
        if (!m_file.open(QIODevice::ReadOnly))
            return ioError(m_file.errorString());
    }
    m_opened = stamp();
    if (!m_file.isSequential() && m_opened.size > 0) {
        if (const uchar* const mapped = m_file.map(0, m_opened.size)) {
            m_mapped = reinterpret_cast<const char*>(mapped);
            m_bytes = {m_mapped, std::size_t(m_opened.size)};
            m_guard.emplace(m_bytes);
            return {};
        }
    }
    if (m_file.isSequential()) {
        if (std::optional<Error> error = readStream(progress))
            return error;
    } else {
        m_copy = m_file.readAll();
    }
    if (m_file.error() != QFileDevice::NoError)
        return ioError(m_file.errorString());
    m_bytes = {m_copy.constData(), std::size_t(m_copy.size())};
    return {};
}

std::optional<Error> InputFile::open(const QString& path, const DecompressLimits& limits, Progress& progress)
{
    if (std::optional<Error> error = read(path, progress))
        return error;
    for (int depth = 0; depth < kMaxNestedCompression && isCompressed(m_bytes); ++depth) {
        Result<std::string> next = decompress(m_bytes, limits, progress);
        if (!next)
            return next.error();
        replace(std::move(*next));
        m_wasCompressed = true;
    }
    return {};
}

InputFile::Stamp InputFile::stamp() const
{
    struct stat now = {};
    if (m_file.isSequential() || fstat(m_file.handle(), &now) != 0)
        return {};
    return {now.st_size, now.st_mtim.tv_sec, now.st_mtim.tv_nsec};
}

bool InputFile::wasWritten() const
{
    return stamp() != m_opened;
}

void InputFile::replace(std::string bytes)
{
    m_unpacked = std::move(bytes);
    m_bytes = m_unpacked;
}

} // namespace sundial
