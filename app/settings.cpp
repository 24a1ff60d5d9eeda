// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include <QSettings>

namespace sundial
{

Settings Settings::load()
{
    QSettings file;
    Settings s;
    const QString theme = file.value(QStringLiteral("theme")).toString();
    s.theme = theme == QLatin1String("dark")    ? ThemeChoice::Dark
              : theme == QLatin1String("light") ? ThemeChoice::Light
                                                : ThemeChoice::System;
    s.geometry = file.value(QStringLiteral("window/geometry")).toByteArray();
    s.splitters = file.value(QStringLiteral("window/splitters")).toByteArray();
    s.tableColumns = file.value(QStringLiteral("table/columns")).toByteArray();
    s.view = file.value(QStringLiteral("window/view")).toString();
    s.showCard = file.value(QStringLiteral("window/card"), true).toBool();
    s.watch = file.value(QStringLiteral("window/watch"), false).toBool();
    const int count = std::min(file.beginReadArray(QStringLiteral("recent")), int(kMostRecent));
    for (int i = 0; i < count; ++i) {
        file.setArrayIndex(i);
        RecentFile recent{
            file.value(QStringLiteral("path")).toString(), file.value(QStringLiteral("format")).toString(),
            file.value(QStringLiteral("summary")).toString(), file.value(QStringLiteral("opened")).toLongLong()};
        if (!recent.path.isEmpty())
            s.recent.append(std::move(recent));
    }
    file.endArray();
    const int baselines = std::min(file.beginReadArray(QStringLiteral("baselines")), kMostBaselines);
    for (int i = 0; i < baselines; ++i) {
        file.setArrayIndex(i);
        const QString path = file.value(QStringLiteral("path")).toString();
        if (!path.isEmpty())
            s.baselines.insert(file.value(QStringLiteral("folder")).toString(), path);
    }
    file.endArray();
    const int mappings = std::min(file.beginReadArray(QStringLiteral("paths")), kMostMappings);
    for (int i = 0; i < mappings; ++i) {
        file.setArrayIndex(i);
        const QString folder = file.value(QStringLiteral("to")).toString();
        if (!folder.isEmpty())
            s.pathMap.add({file.value(QStringLiteral("from")).toString().toStdString(), folder.toStdString()});
    }
    file.endArray();
    s.matches.load(file);
    return s;
}

void Settings::save() const
{
    QSettings file;
    file.setValue(QStringLiteral("theme"), theme == ThemeChoice::Dark    ? QStringLiteral("dark")
                                           : theme == ThemeChoice::Light ? QStringLiteral("light")
                                                                         : QStringLiteral("system"));
    file.setValue(QStringLiteral("window/geometry"), geometry);
    file.setValue(QStringLiteral("window/splitters"), splitters);
    file.setValue(QStringLiteral("table/columns"), tableColumns);
    file.setValue(QStringLiteral("window/view"), view);
    file.setValue(QStringLiteral("window/card"), showCard);
    file.setValue(QStringLiteral("window/watch"), watch);
    file.beginWriteArray(QStringLiteral("recent"), int(recent.size()));
    for (int i = 0; i < int(recent.size()); ++i) {
        file.setArrayIndex(i);
        file.setValue(QStringLiteral("path"), recent[i].path);
        file.setValue(QStringLiteral("format"), recent[i].format);
        file.setValue(QStringLiteral("summary"), recent[i].summary);
        file.setValue(QStringLiteral("opened"), recent[i].openedMs);
    }
    file.endArray();
    file.beginWriteArray(QStringLiteral("baselines"), int(baselines.size()));
    int index = 0;
    for (auto it = baselines.begin(); it != baselines.end(); ++it) {
        file.setArrayIndex(index++);
        file.setValue(QStringLiteral("folder"), it.key());
        file.setValue(QStringLiteral("path"), it.value());
    }
    file.endArray();
    file.beginWriteArray(QStringLiteral("paths"), int(pathMap.mappings().size()));
    for (int i = 0; i < int(pathMap.mappings().size()); ++i) {
        const PathMapping& mapping = pathMap.mappings()[std::size_t(i)];
        file.setArrayIndex(i);
        file.setValue(QStringLiteral("from"), QString::fromStdString(mapping.from));
        file.setValue(QStringLiteral("to"), QString::fromStdString(mapping.to));
    }
    file.endArray();
    matches.save(file);
}

void Settings::addRecent(RecentFile file)
{
    recent.removeIf([&file](const RecentFile& r) { return r.path == file.path; });
    recent.prepend(std::move(file));
    if (recent.size() > kMostRecent)
        recent.resize(kMostRecent);
}

} // namespace sundial
