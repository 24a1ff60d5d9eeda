// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/folder_watch.h"

#include "app/clipping.h"

#include <QDir>

namespace sundial
{

namespace
{

constexpr int kPollMs = 2000;
constexpr int kSettleMs = 250;
constexpr int kMostLookedInto = 20; // newest files; what lies behind so many others is old

QFileInfoList newestFirst(const QString& folder)
{
    return QDir(folder).entryInfoList(QDir::Files | QDir::Readable, QDir::Time);
}

} // namespace

FolderWatch::FolderWatch(QObject* parent) : QObject(parent)
{
    m_poll.setInterval(kPollMs);
    m_settle.setInterval(kSettleMs);
    m_settle.setSingleShot(true);
    connect(&m_poll, &QTimer::timeout, this, &FolderWatch::look);
    connect(&m_settle, &QTimer::timeout, this, &FolderWatch::look);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &FolderWatch::look);
}

QString FolderWatch::newestProfile(const QString& folder)
{
    int looked = 0;
    for (const QFileInfo& info : newestFirst(folder)) {
        if (mayHoldProfile(info.filePath()))
            return info.absoluteFilePath();
        if (++looked == kMostLookedInto)
            break;
    }
    return {};
}

void FolderWatch::watch(const QString& folder)
{
    if (!m_folder.isEmpty())
        m_watcher.removePath(m_folder);
    m_settle.stop();
    m_poll.stop();
    m_folder = folder;
    m_candidate.clear();
    if (folder.isEmpty())
        return;
    const QFileInfoList files = newestFirst(folder);
    m_known = files.isEmpty() ? QDateTime() : files.front().lastModified();
    m_watcher.addPath(folder);
    m_poll.start();
}

void FolderWatch::look()
{
    const QFileInfoList files = newestFirst(m_folder);
    if (files.isEmpty() || (m_known.isValid() && files.front().lastModified() <= m_known))
        return;
    const QFileInfo& newest = files.front();
    const bool isStill = m_candidate == newest.absoluteFilePath() && m_candidateSize == newest.size();
    m_candidate = newest.absoluteFilePath();
    m_candidateSize = newest.size();
    if (!isStill || newest.size() == 0) {
        m_settle.start();
        return;
    }
    m_known = newest.lastModified();
    if (mayHoldProfile(m_candidate))
        emit arrived(m_candidate);
}

} // namespace sundial
