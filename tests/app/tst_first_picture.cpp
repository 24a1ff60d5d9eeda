// SPDX-License-Identifier: GPL-3.0-or-later
// A file that takes a while: it is seen before it is read, keeps one's place when the rest comes, and a cancelled load
// leaves the window as it was. Offscreen.
#include "app/analysis_page.h"
#include "app/main_window.h"
#include "tests/support/sanitized.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <random>

using namespace sundial;
using namespace sundial::test;

namespace
{

const QString kProfile = QStringLiteral(SUNDIAL_FIXTURES "/pstats/kitchen-py311.prof");

/// Two million functions, a line each: parts come first, and there is time to cancel, with fast and with busy machines.
QString writeLargeFile(const QString& path)
{
    constexpr qint64 kBytes = (kIsSanitized ? 16 : 128) << 20;
    constexpr int kBlock = 1 << 20;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    std::mt19937 engine(11);
    QByteArray text;
    while (file.size() < kBytes) {
        text.clear();
        while (text.size() < kBlock) {
            text += "main;serve;group_" + QByteArray::number(unsigned(engine()) % 1000);
            text += ";function_number_" + QByteArray::number(unsigned(engine()) % 2'000'000) + " 1\n";
        }
        if (file.write(text) != text.size())
            return {};
    }
    return path;
}

QToolButton* buttonWith(QWidget* window, const QString& text)
{
    for (QToolButton* button : window->findChildren<QToolButton*>()) {
        if (button->isVisible() && button->text().startsWith(text))
            return button;
    }
    return nullptr;
}

std::unique_ptr<MainWindow> makeWindow()
{
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    auto window = std::make_unique<MainWindow>(style, Settings(), false);
    window->resize(1280, 800);
    window->show();
    return window;
}

bool hasNotes(const MainWindow& window)
{
    const QList<QLabel*> labels = window.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->text() == QStringLiteral("Notes") && label->isVisibleTo(label->parentWidget());
    });
}

bool showsPart(MainWindow& window)
{
    return window.context()->analysis() && buttonWith(&window, QStringLiteral("So far: "));
}

} // namespace

class TestFirstPicture : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void partsThenTheWhole();
    void cancelBringsBackWhatWasOpen();
    void cancelLeavesTheStartPage();
    void otherFileInstead();

private:
    QTemporaryDir m_folder;
    QString m_large;
};

void TestFirstPicture::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    installApplicationFont();
    m_large = writeLargeFile(m_folder.filePath(QStringLiteral("large.txt")));
    QVERIFY(!m_large.isEmpty());
}

void TestFirstPicture::partsThenTheWhole()
{
    const auto window = makeWindow();
    ViewContext& context = *window->context();
    window->open(m_large);
    QTRY_VERIFY(showsPart(*window));
    QVERIFY(window->page()->isVisible());
    QVERIFY(buttonWith(window.get(), QStringLiteral("So far: ")));
    QTRY_VERIFY(buttonWith(window.get(), QStringLiteral("Cancel"))); // it comes a little later
    QVERIFY(!hasNotes(*window));                                     // about a whole that is not there yet
    const double soFar = context.analysis()->total;
    QVERIFY(soFar > 0);
    const CallTree& tree = context.analysis()->tree;
    const NodeId serve{2};
    QCOMPARE(context.analysis()->frames().name(tree.frame(serve)), "serve");
    context.zoomTo(serve);
    context.select(tree.frame(serve), serve);
    context.search(QStringLiteral("number_20"));

    QTRY_VERIFY_WITH_TIMEOUT(!window->isBusy(), 120'000);
    const Analysis& whole = *context.analysis();
    QVERIFY(whole.total > soFar);
    QVERIFY(hasNotes(*window));
    QVERIFY(!buttonWith(window.get(), QStringLiteral("So far: ")));
    QCOMPARE(whole.frames().name(whole.tree.frame(context.state().zoomRoot)), "serve");
    QCOMPARE(whole.frames().name(context.state().selected), "serve");
    QCOMPARE(context.state().selectedNode, context.state().zoomRoot);
    QCOMPARE(context.state().search, QStringLiteral("number_20"));
    QVERIFY(context.searchResult().count > 0);
}

void TestFirstPicture::cancelBringsBackWhatWasOpen()
{
    const auto window = makeWindow();
    window->open(kProfile);
    QTRY_VERIFY(!window->isBusy());
    ViewContext& context = *window->context();
    window->pipeline()->addFilter({FilterKind::FoldRecursion, FilterScope::Function, {}});
    QTRY_VERIFY(!window->isBusy());
    context.zoomTo(NodeId{1});
    QTRY_VERIFY(!window->isBusy());
    const AnalysisPtr before = context.analysis();
    const ViewState state = context.state();
    const QString title = window->windowTitle();

    window->open(m_large);
    QTRY_VERIFY(showsPart(*window));
    window->pipeline()->addFilter({FilterKind::OwnOnly, FilterScope::Function, {}}); // not of a part
    QToolButton* cancel = nullptr;
    QTRY_VERIFY((cancel = buttonWith(window.get(), QStringLiteral("Cancel"))));
    QElapsedTimer since;
    since.start();
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(since.elapsed() < 100);
    QCOMPARE(context.analysis(), before);
    QVERIFY(context.state() == state);
    QCOMPARE(window->windowTitle(), title);
    QVERIFY(!window->isBusy());
    // What could be undone still can.
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(context.analysis()->options.filters.empty());
    QTest::qWait(300); // nothing comes late
    QCOMPARE(context.analysis()->profile, before->profile);
}

void TestFirstPicture::cancelLeavesTheStartPage()
{
    const auto window = makeWindow();
    window->open(m_large);
    QTRY_VERIFY(showsPart(*window));
    QToolButton* cancel = nullptr;
    QTRY_VERIFY((cancel = buttonWith(window.get(), QStringLiteral("Cancel"))));
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(!window->context()->analysis());
    QVERIFY(!window->page()->isVisible());
    QCOMPARE(window->windowTitle(), QStringLiteral("Sundial"));
}

void TestFirstPicture::otherFileInstead()
{
    const auto window = makeWindow();
    window->open(m_large);
    QTRY_VERIFY(showsPart(*window));
    window->open(kProfile);
    QTRY_VERIFY(!window->isBusy());
    QVERIFY(!showsPart(*window));
    QCOMPARE(window->context()->analysis()->profile->formatId, "pstats");
    QVERIFY(!buttonWith(window.get(), QStringLiteral("Cancel")));
    QTest::qWait(300);
    QCOMPARE(window->context()->analysis()->profile->formatId, "pstats");
}

QTEST_MAIN(TestFirstPicture)
#include "tst_first_picture.moc"
