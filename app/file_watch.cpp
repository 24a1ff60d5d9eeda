// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/file_watch.h"

#include <QFileInfo>

#ifdef Q_OS_UNIX
#    include <sys/stat.h>
#endif

namespace sundial
{

namespace
{

constexpr int kPollMs = 1000;
constexpr int kSettleMs = 200; // a profile is written in one go; this long without a change is its end

} // namespace

FileWatch::FileWatch(QObject* parent) : QObject(parent)
{
    m_poll.setInterval(kPollMs);
    m_settle.setInterval(kSettleMs);
    m_settle.setSingleShot(true);
    connect(&m_poll, &QTimer::timeout, this, &FileWatch::look);
    connect(&m_settle, &QTimer::timeout, this, &FileWatch::settle);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &FileWatch::look);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &FileWatch::look);
}

FileWatch::Stamp FileWatch::stampOf(const QString& path)
{
    const QFileInfo info(path);
    Stamp stamp{info.isFile(), info.size(), info.lastModified(), 0};
#ifdef Q_OS_UNIX
    struct stat status {
    };
    if (stamp.exists && stat(QFile::encodeName(path).constData(), &status) == 0)
        stamp.inode = status.st_ino;
#endif
    return stamp;
}

void FileWatch::watch(const QString& path, const Stamp& known)
{
    m_settle.stop();
    m_known = m_last = known;
    if (path != m_path) {
        const QStringList watched = m_watcher.files() + m_watcher.directories();
        if (!watched.isEmpty())
            m_watcher.removePaths(watched);
        m_path = path;
        if (!path.isEmpty())
            m_watcher.addPath(QFileInfo(path).absolutePath());
    }
    if (path.isEmpty()) {
        m_poll.stop();
        return;
    }
    if (!m_watcher.files().contains(path))
        m_watcher.addPath(path);
    m_poll.start();
    look();
}

void FileWatch::look()
{
    const Stamp now = stampOf(m_path);
    if (now == m_last)
        return;
    m_last = now;
    if (now.exists && !m_watcher.files().contains(m_path))
        m_watcher.addPath(m_path); // a replaced file is another one to the system
    m_settle.start();              // anew with each change
}

void FileWatch::settle()
{
    const Stamp now = stampOf(m_path);
    if (now != m_last)
        return look();
    if (!now.exists)
        emit vanished(); // if it comes back, it has changed
    if (now.exists && now.size > 0 && now != m_known) {
        m_known = now;
        emit changed();
    }
}

} // namespace sundial
