// SPDX-License-Identifier: GPL-3.0-or-later
// Another program to drag from: a window at X,Y of WIDTH×HEIGHT that drags the given files once the mouse is pressed in
// it. drag_source X Y WIDTH HEIGHT FILE… Says "ready" when it can be seen, and what became of each drag.
#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QMouseEvent>
#include <QTimer>
#include <QUrl>
#include <QWidget>

#include <cstdio>

namespace
{

void say(const char* what)
{
    std::puts(what);
    std::fflush(stdout);
}

class Source : public QWidget
{
public:
    explicit Source(const QList<QUrl>& files) : m_files(files) {}

protected:
    void mouseMoveEvent(QMouseEvent*) override
    {
        auto* const files = new QMimeData;
        files->setUrls(m_files);
        auto* const drag = new QDrag(this); // lives until the other side has taken the data: Qt's own care
        drag->setMimeData(files);
        say(drag->exec(Qt::CopyAction) == Qt::CopyAction ? "copied" : "refused");
    }
    void mousePressEvent(QMouseEvent* event) override { event->accept(); }

private:
    QList<QUrl> m_files;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 6)
        return 2;
    QList<QUrl> files;
    for (const QString& file : arguments.mid(5))
        files << QUrl::fromLocalFile(file);
    Source source(files);
    source.setWindowFlag(Qt::X11BypassWindowManagerHint);
    source.setGeometry(arguments[1].toInt(), arguments[2].toInt(), arguments[3].toInt(), arguments[4].toInt());
    source.show();
    QTimer::singleShot(300, [] { say("ready"); });
    return QApplication::exec();
}
