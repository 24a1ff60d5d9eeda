// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/input_file.h"

#include <QFileInfo>

#include <cstdio>

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

std::optional<Error> InputFile::read(const QString& path)
{
    if (path == QLatin1String("-")) {
        if (!m_file.open(stdin, QIODevice::ReadOnly))
            return ioError(QStringLiteral("Standard input cannot be read"));
    } else {
        m_file.setFileName(path);
        if (QFileInfo(path).isDir())
            return ioError(QStringLiteral("This is a folder, not a file"));
        if (!m_file.open(QIODevice::ReadOnly))
            return ioError(m_file.errorString());
    }
    if (!m_file.isSequential() && m_file.size() > 0) {
        if (const uchar* const mapped = m_file.map(0, m_file.size())) {
            m_bytes = {reinterpret_cast<const char*>(mapped), std::size_t(m_file.size())};
            return {};
        }
    }
    m_copy = m_file.readAll();
    if (m_file.error() != QFileDevice::NoError)
        return ioError(m_file.errorString());
    m_bytes = {m_copy.constData(), std::size_t(m_copy.size())};
    return {};
}

std::optional<Error> InputFile::open(const QString& path, const DecompressLimits& limits, Progress& progress)
{
    if (std::optional<Error> error = read(path))
        return error;
    for (int depth = 0; depth < kMaxNestedCompression && isCompressed(m_bytes); ++depth) {
        Result<std::string> next = decompress(m_bytes, limits, progress);
        if (!next)
            return next.error();
        replace(std::move(*next));
    }
    return {};
}

void InputFile::replace(std::string bytes)
{
    m_unpacked = std::move(bytes);
    m_bytes = m_unpacked;
}

} // namespace sundial
