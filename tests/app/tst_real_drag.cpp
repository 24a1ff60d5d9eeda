// SPDX-License-Identifier: GPL-3.0-or-later
// Dragging from another program's window onto Sundial's, by the X server's own protocol (XDND): a second process holds
// the files, and the mouse is moved as a hand would move it. Runs under Xvfb; skipped where there is no X server.
#include "app/artifact_browser.h"
#include "app/main_window.h"
#include "tests/support/pack.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace sundial;
using namespace sundial::test;

namespace
{

const QString kBefore = QStringLiteral(SUNDIAL_FIXTURES "/pstats/shop-before.prof");
const QString kAfter = QStringLiteral(SUNDIAL_FIXTURES "/pstats/shop-after.prof");

constexpr QRect kWindow(0, 0, 1000, 700);
constexpr QRect kSource(1060, 60, 160, 120); // beside it
constexpr QPoint kLeftHalf(250, 350), kRightHalf(750, 350), kOutside(1200, 500);

std::unique_ptr<MainWindow> makeWindow()
{
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    auto window = std::make_unique<MainWindow>(style, Settings(), false);
    window->setWindowFlag(Qt::X11BypassWindowManagerHint);
    window->setGeometry(kWindow);
    window->show();
    return window;
}

/// A drag from the other program, step by step.
class Drag
{
public:
    explicit Drag(const QStringList& files)
    {
        const QStringList place{QString::number(kSource.x()), QString::number(kSource.y()),
                                QString::number(kSource.width()), QString::number(kSource.height())};
        m_source.start(QStringLiteral(SUNDIAL_DRAG_SOURCE), place + files);
    }
    ~Drag()
    {
        m_source.terminate();
        m_source.waitForFinished();
    }

    bool isReady() { return said(QStringLiteral("ready")); }
    bool said(const QString& what)
    {
        m_said += QString::fromUtf8(m_source.readAllStandardOutput());
        return m_said.contains(what);
    }
    bool begin()
    {
        const QPoint from = kSource.center();
        return mouse({QStringLiteral("mousemove"), n(from.x()), n(from.y()), QStringLiteral("mousedown"),
                      QStringLiteral("1")}) &&
               moveTo(from + QPoint(12, 8));
    }
    /// In steps, as a hand does it.
    bool moveTo(const QPoint& to)
    {
        constexpr int kSteps = 12;
        const QPoint from = m_at.isNull() ? kSource.center() : m_at;
        QStringList moves;
        for (int i = 1; i <= kSteps; ++i) {
            const QPoint p = from + (to - from) * i / kSteps;
            moves << QStringLiteral("mousemove") << n(p.x()) << n(p.y()) << QStringLiteral("sleep")
                  << QStringLiteral("0.03");
        }
        m_at = to;
        return mouse(moves);
    }
    bool drop() { return mouse({QStringLiteral("mouseup"), QStringLiteral("1")}); }

private:
    static QString n(int number) { return QString::number(number); }
    static bool mouse(const QStringList& arguments)
    {
        QProcess xdotool;
        xdotool.start(QStringLiteral("xdotool"), arguments);
        return QTest::qWaitFor([&] { return xdotool.state() == QProcess::NotRunning; }, 20'000) &&
               xdotool.exitStatus() == QProcess::NormalExit && xdotool.exitCode() == 0;
    }

    QProcess m_source;
    QString m_said;
    QPoint m_at;
};

} // namespace

class TestRealDrag : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void opens_data();
    void opens();
    void rightHalfCompares();
    void leavingChangesNothing();
    void refusesWhatIsNoProfile();

private:
    QTemporaryDir m_folder;
};

void TestRealDrag::initTestCase()
{
    if (QGuiApplication::platformName() != QLatin1String("xcb"))
        QSKIP("There is no X server.");
    QStandardPaths::setTestModeEnabled(true);
    installApplicationFont();
    QDir(m_folder.path()).mkdir(QStringLiteral("runs"));
    QVERIFY(QFile::copy(kBefore, m_folder.filePath(QStringLiteral("runs/before.prof"))));
    QVERIFY(QFile::copy(kAfter, m_folder.filePath(QStringLiteral("runs/after.prof"))));
    QFile archive(m_folder.filePath(QStringLiteral("runs.zip")));
    const std::string bytes = zip({{"one.txt", "main;a 3\n"}, {"two.txt", "main;b 4\n"}});
    QVERIFY(archive.open(QIODevice::WriteOnly) && archive.write(bytes.data(), qint64(bytes.size())) > 0);
    QFile picture(m_folder.filePath(QStringLiteral("picture.png")));
    QVERIFY(picture.open(QIODevice::WriteOnly) && picture.write("\x89PNG\r\n\x1a\n") > 0);
}

void TestRealDrag::opens_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<bool>("isListed");
    QTest::addColumn<bool>("isComparison");
    QTest::newRow("one file") << QStringList{kBefore} << false << false;
    QTest::newRow("two files") << QStringList{kAfter, kBefore} << false << true;
    QTest::newRow("a folder") << QStringList{m_folder.filePath(QStringLiteral("runs"))} << true << false;
    QTest::newRow("an archive") << QStringList{m_folder.filePath(QStringLiteral("runs.zip"))} << true << false;
}

void TestRealDrag::opens()
{
    QFETCH(QStringList, files);
    QFETCH(bool, isListed);
    QFETCH(bool, isComparison);
    const auto window = makeWindow();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    auto* const overlay = window->findChild<QWidget*>(QStringLiteral("dropOverlay"));
    Drag drag(files);
    QTRY_VERIFY(drag.isReady());
    QVERIFY(drag.begin());
    QVERIFY(drag.moveTo(kLeftHalf));
    QTRY_VERIFY(overlay->isVisible());
    QVERIFY(drag.drop());
    QTRY_VERIFY(drag.said(QStringLiteral("copied")));
    QVERIFY(!overlay->isVisible());
    if (isListed) {
        QTRY_VERIFY(window->browser()->isVisible() && window->browser()->hasFiles());
        QTRY_VERIFY(!window->isBusy());
    } else {
        QTRY_VERIFY(window->context()->analysis() && !window->isBusy());
        QCOMPARE(window->context()->analysis()->comparison != nullptr, isComparison);
    }
}

void TestRealDrag::rightHalfCompares()
{
    const auto window = makeWindow();
    window->open(kBefore);
    QTRY_VERIFY(window->context()->analysis() && !window->isBusy());
    Drag drag({kAfter});
    QTRY_VERIFY(drag.isReady());
    QVERIFY(drag.begin());
    QVERIFY(drag.moveTo(kRightHalf));
    QTRY_VERIFY(window->findChild<QWidget*>(QStringLiteral("dropOverlay"))->isVisible());
    QVERIFY(drag.drop());
    QTRY_VERIFY(window->context()->analysis()->comparison);
    QCOMPARE(window->context()->analysis()->comparison->beforeName, "shop-before.prof");
    QCOMPARE(window->context()->analysis()->comparison->afterName, "shop-after.prof");
}

void TestRealDrag::leavingChangesNothing()
{
    const auto window = makeWindow();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    auto* const overlay = window->findChild<QWidget*>(QStringLiteral("dropOverlay"));
    Drag drag({kBefore});
    QTRY_VERIFY(drag.isReady());
    QVERIFY(drag.begin());
    QVERIFY(drag.moveTo(kLeftHalf));
    QTRY_VERIFY(overlay->isVisible());
    QVERIFY(drag.moveTo(kOutside));
    QTRY_VERIFY(!overlay->isVisible());
    QVERIFY(drag.drop());
    QTRY_VERIFY(drag.said(QStringLiteral("refused")));
    QVERIFY(!window->context()->analysis() && !window->isBusy());
}

void TestRealDrag::refusesWhatIsNoProfile()
{
    const auto window = makeWindow();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    Drag drag({m_folder.filePath(QStringLiteral("picture.png"))});
    QTRY_VERIFY(drag.isReady());
    QVERIFY(drag.begin());
    QVERIFY(drag.moveTo(kLeftHalf));
    QTRY_VERIFY(window->findChild<QWidget*>(QStringLiteral("dropOverlay"))->isVisible()); // and says why not
    QVERIFY(drag.drop());
    QTRY_VERIFY(drag.said(QStringLiteral("refused")));
    QVERIFY(!window->isBusy() && !window->failure());
}

QTEST_MAIN(TestRealDrag)
#include "tst_real_drag.moc"
