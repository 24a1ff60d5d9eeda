// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clipping.h"

#include "app/input_file.h"
#include "parsers/formats.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace sundial
{

namespace
{

/// The path that a line of text means.
QString pathIn(QString line)
{
    line = line.trimmed();
    for (const QChar quote : {u'"', u'\''}) {
        if (line.size() > 2 && line.startsWith(quote) && line.endsWith(quote))
            line = line.mid(1, line.size() - 2);
    }
    if (line.startsWith(QLatin1String("file://")))
        return QUrl(line).toLocalFile();
    if (line.startsWith(QLatin1String("~/")))
        return QDir::homePath() + line.mid(1);
    return line;
}

bool exists(const QString& path)
{
    return QFileInfo::exists(InputPlace::of(path).file);
}

} // namespace

QStringList localFiles(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

bool mayHoldProfile(const QString& path)
{
    if (QFileInfo(path).isDir())
        return true;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return true; // opening it tells why not
    const QByteArray head = file.read(kHeadBytes);
    const std::string_view view(head.constData(), std::size_t(head.size()));
    return isArchive(view) || isCompressed(view) || detect(view, QFileInfo(path).fileName().toStdString());
}

Clipping clippingOf(const QMimeData& data)
{
    if (QStringList files = localFiles(data); !files.isEmpty())
        return {std::move(files), {}, {}};
    const QString text = data.text();
    QStringList paths;
    for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (!line.trimmed().isEmpty())
            paths << pathIn(line);
        if (!paths.isEmpty() && !exists(paths.back()))
            break; // a profile may have a million lines
    }
    if (!paths.isEmpty() && exists(paths.back()))
        return {std::move(paths), {}, {}};
    QByteArray utf8 = text.toUtf8();
    const std::string_view view(utf8.constData(), std::size_t(utf8.size()));
    if (detect(view, {}))
        return {{}, std::move(utf8), {}};
    if (paths.isEmpty())
        return {{},
                {},
                QCoreApplication::translate(
                    "Paste", "There is nothing to paste: copy a file, a path or the text of a profile.")};
    const bool isOneLine = text.trimmed().count(u'\n') == 0;
    if (isOneLine && (paths.front().startsWith(u'/') || paths.front().contains(u'.')))
        return {{}, {}, QCoreApplication::translate("Paste", "%1 is not there.").arg(paths.front())};
    return {{},
            {},
            QCoreApplication::translate("Paste", "What was copied is neither a path nor a profile; it looks like %1.")
                .arg(QString::fromUtf8(describeContent(view).data()))};
}

} // namespace sundial
