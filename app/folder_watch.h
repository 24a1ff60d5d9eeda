// SPDX-License-Identifier: GPL-3.0-or-later
// Notices that another profile has come into a folder, and waits until it is written.
#pragma once

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace sundial
{

/// Watches the files that lie directly in one folder. Told by the system where that works, else by looking every two
/// seconds.
class FolderWatch : public QObject
{
    Q_OBJECT

public:
    explicit FolderWatch(QObject* parent = nullptr);

    /// What is there now is known. An empty path: none.
    void watch(const QString& folder);
    const QString& folder() const { return m_folder; }
    /// The profile that was written last, by content; empty if there is none.
    static QString newestProfile(const QString& folder);

signals:
    /// The newest profile of the folder is newer than all that was known, and has not changed for a moment.
    void arrived(const QString& path);

private:
    void look();

    QString m_folder, m_candidate;
    qint64 m_candidateSize = -1;
    QDateTime m_known; ///< When the newest known file was written.
    QFileSystemWatcher m_watcher;
    QTimer m_poll, m_settle;
};

} // namespace sundial
