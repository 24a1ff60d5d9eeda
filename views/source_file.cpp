// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/source_file.h"

#include <QFile>
#include <QFileInfo>

namespace sundial
{

SourceFile readSource(const std::string& file, const PathMap& map)
{
    for (const std::string& place : map.candidates(file)) {
        SourceFile source;
        source.path = QString::fromStdString(place);
        const QFileInfo info(source.path);
        if (!info.isFile())
            continue;
        if (info.size() > kLargestSource) {
            source.state = SourceFile::State::TooLarge;
            return source;
        }
        QFile bytes(source.path);
        source.state = SourceFile::State::Unreadable;
        if (!bytes.open(QIODevice::ReadOnly))
            return source;
        // No more than it said it has: some files of /proc wait for whoever reads on.
        source.text = bytes.read(info.size());
        if (bytes.error() == QFileDevice::NoError)
            source.state = source.text.contains('\0') ? SourceFile::State::NotText : SourceFile::State::Read;
        return source;
    }
    return {};
}

} // namespace sundial
