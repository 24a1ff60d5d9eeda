// SPDX-License-Identifier: GPL-3.0-or-later
// Notices that an open file was written anew, and waits until whoever writes it is done.
#pragma once

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace sundial
{

/// Watches one file through its folder, so that it may be replaced, vanish and come back. Told by the system where that
/// works, else by looking once a second.
class FileWatch : public QObject
{
    Q_OBJECT

public:
    /// What tells one writing of a file from another.
    struct Stamp {
        bool exists = false;
        qint64 size = 0;
        QDateTime modified;
        quint64 inode = 0;
        bool operator==(const Stamp&) const = default;
    };
    static Stamp stampOf(const QString& path);

    explicit FileWatch(QObject* parent = nullptr);

    /// `known`: the file as it was before it was read, so that nothing written meanwhile is missed. An empty path:
    /// none.
    void watch(const QString& path, const Stamp& known);
    const QString& path() const { return m_path; }

signals:
    /// The file differs from the known one, is not empty, and has not changed for a moment. Once for each such state.
    void changed();
    /// It is not there any more, and has not come back for a moment.
    void vanished();

private:
    void look();
    void settle();

    QString m_path;
    Stamp m_known, m_last; ///< The last one seen while it changes.
    QFileSystemWatcher m_watcher;
    QTimer m_poll, m_settle;
};

} // namespace sundial
