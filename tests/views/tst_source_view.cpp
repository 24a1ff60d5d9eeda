// SPDX-License-Identifier: GPL-3.0-or-later
// The source view with real files: what it shows and marks, selecting both ways, mapping, and what it refuses to read.
#include "model/profile_builder.h"
#include "views/source_editor.h"
#include "views/source_view.h"

#include <QFile>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace sundial;

namespace
{

constexpr const char* kText = "import json\n\n\ndef load(path):\n    return json.load(open(path))\n\n\n"
                              "def main():\n    load('a')\n    return sum(x for x in [1])\n";

} // namespace

class TestSourceView : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void showsTheSelectedFunction();
    void withoutSelection();
    void clickSelects();
    void returnSelects();
    void readsOnlyInSight();
    void nothingCanBeTyped();
    void messages_data();
    void messages();
    void mapping();
    void anotherFolderIsRefused();
    void refusedFiles_data();
    void refusedFiles();
    void fileOfAnotherVersion();
    void exported();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, const QByteArray& bytes) const;
    /// main and load in `file`, sum built in, and one function of each further file.
    void show(const QString& file, const QStringList& further = {});
    FrameId frame(const char* name) const;
    bool isShown()
    {
        return QTest::qWaitFor([this] { return !m_view->isBusy(); }, 10'000);
    }
    std::uint32_t caretLine() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ViewContext> m_context;
    std::unique_ptr<SourceView> m_view;
};

void TestSourceView::initTestCase()
{
    installApplicationFont();
}

void TestSourceView::init()
{
    m_view.reset();
    m_context = std::make_unique<ViewContext>();
    m_folder = std::make_unique<QTemporaryDir>();
    write(QStringLiteral("report.py"), kText);
}

void TestSourceView::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

void TestSourceView::show(const QString& file, const QStringList& further)
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const std::string place = file.toStdString();
    const std::uint32_t main = builder.child(0, builder.internFrame("main", place, 8));
    builder.addSample(main, 0.5);
    builder.addSample(builder.child(main, builder.internFrame("load", place, 4)), 0.25);
    builder.addSample(builder.child(main, builder.internFrame("sum", "~", 0, FrameKind::Builtin)), 0.125);
    for (const QString& other : further)
        builder.addSample(builder.child(main, builder.internFrame("other", other.toStdString(), 1)), 0.125);
    Progress progress;
    m_context->setAnalysis(
        *analyse(std::make_shared<const Profile>(std::move(builder).build()), MetricId{0}, progress));
    if (!m_view) {
        m_view = std::make_unique<SourceView>(m_context.get(), nullptr);
        m_view->resize(900, 400);
    }
    m_view->show();
    QVERIFY(isShown());
}

FrameId TestSourceView::frame(const char* name) const
{
    const FrameTable& frames = m_context->analysis()->frames();
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        if (frames.name(FrameId{f}) == name)
            return FrameId{f};
    }
    return {};
}

std::uint32_t TestSourceView::caretLine() const
{
    int line = 0, index = 0;
    m_view->editor().getCursorPosition(&line, &index);
    return std::uint32_t(line) + 1;
}

void TestSourceView::showsTheSelectedFunction()
{
    show(path(QStringLiteral("report.py")));
    m_context->select(frame("load"));
    QVERIFY(isShown());
    QCOMPARE(m_view->message(), QString());
    QCOMPARE(m_view->editor().text(), QString::fromLatin1(kText));
    QCOMPARE(caretLine(), 4u);
    QCOMPARE(m_view->editor().columnTitles(), "self ms, total ms");
    QCOMPARE(m_view->editor().marginText(4).simplified(), "250.00 250.00");
    QCOMPARE(m_view->editor().marginText(8).simplified(), "500.00 875.00");
    QCOMPARE(m_view->editor().marginText(5), QString());
    m_context->select(frame("main"));
    QCOMPARE(caretLine(), 8u);
}

void TestSourceView::withoutSelection()
{
    show(path(QStringLiteral("report.py")));
    QCOMPARE(caretLine(), 8u); // main has the largest self
    QVERIFY(!m_context->state().selected);
}

void TestSourceView::clickSelects()
{
    show(path(QStringLiteral("report.py")));
    SourceEditor& editor = m_view->editor();
    const auto clickLine = [&editor](int line) {
        const int height = editor.textHeight(0);
        QCOMPARE(editor.firstVisibleLine(), 0);
        QTest::mouseClick(editor.viewport(), Qt::LeftButton, {}, QPoint(20, (line - 1) * height + height / 2));
    };
    clickLine(4);
    QCOMPARE(m_context->state().selected, frame("load"));
    clickLine(6);
    QCOMPARE(m_context->state().selected, frame("load")); // nothing begins there
    clickLine(8);
    QCOMPARE(m_context->state().selected, frame("main"));
}

void TestSourceView::returnSelects()
{
    show(path(QStringLiteral("report.py")));
    m_view->editor().setCursorPosition(2, 0);
    QTest::keyClick(&m_view->editor(), Qt::Key_Down);
    QTest::keyClick(&m_view->editor(), Qt::Key_Return);
    QCOMPARE(m_context->state().selected, frame("load"));
}

void TestSourceView::readsOnlyInSight()
{
    show(path(QStringLiteral("report.py")), {path(QStringLiteral("other.py"))});
    write(QStringLiteral("other.py"), "def other(): pass\n");
    m_view->hide();
    m_context->select(frame("other"));
    QVERIFY(!m_view->isBusy());
    QCOMPARE(m_view->editor().text(), QString::fromLatin1(kText));
    m_view->show();
    QVERIFY(isShown());
    QCOMPARE(m_view->editor().text(), "def other(): pass\n");
}

void TestSourceView::nothingCanBeTyped()
{
    show(path(QStringLiteral("report.py")));
    QTest::keyClicks(&m_view->editor(), "x");
    QTest::keyClick(&m_view->editor(), Qt::Key_Delete);
    QTest::keyClick(&m_view->editor(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(m_view->editor().text(), QString::fromLatin1(kText));
}

void TestSourceView::messages_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("function");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("button");
    QTest::newRow("built-in") << "/app/shop/report.py"
                              << "sum"
                              << "sum is a built-in: it has no source file." << QString();
    QTest::newRow("container") << "/app/shop/report.py"
                               << "main"
                               << "/app/shop/report.py is not on this machine."
                               << "Map /app to a folder…";
    QTest::newRow("relative") << "report.py"
                              << "main"
                              << "report.py is not on this machine."
                              << "Choose its folder…";
    QTest::newRow("no file told") << ""
                                  << "main"
                                  << "This profile does not tell the source file of main." << QString();
    QTest::newRow("frozen") << "<frozen runpy>"
                            << "main"
                            << "main comes from <frozen runpy>, which is no file: such code is frozen into Python or "
                               "made while the program runs."
                            << QString();
}

void TestSourceView::messages()
{
    QFETCH(QString, file);
    QFETCH(QString, function);
    show(file);
    m_context->select(frame(function.toUtf8().constData()));
    QVERIFY(isShown());
    QTEST(m_view->message(), "message");
    QTEST(m_view->mapButton().isVisible() ? m_view->mapButton().text() : QString(), "button");
}

void TestSourceView::mapping()
{
    show(QStringLiteral("/app/shop/report.py"));
    const QSignalSpy changed(m_context.get(), &ViewContext::pathMapChanged);
    m_view->mapTo(m_folder->path());
    QVERIFY(isShown());
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_view->message(), QString());
    QCOMPARE(m_view->editor().text(), QString::fromLatin1(kText));
    QCOMPARE(m_context->pathMap().mappings(),
             (std::vector<PathMapping>{{"/app/shop", m_folder->path().toStdString()}}));
}

void TestSourceView::anotherFolderIsRefused()
{
    show(QStringLiteral("/app/shop/elsewhere.py"));
    m_view->mapTo(m_folder->path());
    QCOMPARE(m_view->message(),
             "/app/shop/elsewhere.py is not below " + m_folder->path() + ". Choose the folder that holds it.");
    QVERIFY(m_context->pathMap().mappings().empty());
    QVERIFY(m_view->mapButton().isVisible());
}

void TestSourceView::refusedFiles_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
    QTest::newRow("too large") << kLargestSource + 1 << QByteArray()
                               << " is larger than 16.0 MiB: too large to be shown.";
    QTest::newRow("binary") << qint64(-1)
                            << QByteArray("\x7f"
                                          "ELF\0\0",
                                          6)
                            << " holds bytes that are no text.";
}

void TestSourceView::refusedFiles()
{
    QFETCH(qint64, size);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, message);
    write(QStringLiteral("bad.py"), bytes);
    if (size >= 0)
        QVERIFY(QFile::resize(path(QStringLiteral("bad.py")), size));
    show(path(QStringLiteral("bad.py")));
    QCOMPARE(m_view->message(), path(QStringLiteral("bad.py")) + message);
    // A folder is no file to read, nor is a device.
    show(m_folder->path());
    QCOMPARE(m_view->message(), m_folder->path() + " is not on this machine.");
    show(QStringLiteral("/dev/zero"));
    QCOMPARE(m_view->message(), "/dev/zero is not on this machine.");
}

void TestSourceView::fileOfAnotherVersion()
{
    write(QStringLiteral("report.py"), "import json\n");
    show(path(QStringLiteral("report.py")));
    QCOMPARE(m_view->editor().text(), "import json\n"); // the marks are beyond its end
    m_context->select(frame("load"));
    QCOMPARE(m_view->editor().text(), "import json\n");
    write(QStringLiteral("report.py"), "");
    show(path(QStringLiteral("report.py")));
    QCOMPARE(m_view->editor().text(), QString());
}

void TestSourceView::exported()
{
    show(path(QStringLiteral("report.py")));
    m_context->setTheme(true);
    QImage image(m_view->size() * 2, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    m_view->paintPicture(painter, image.size());
    painter.end();
    QCOMPARE(image.pixelColor(image.width() / 2, image.height() - 10), m_context->theme().surface.panel);
}

QTEST_MAIN(TestSourceView)
#include "tst_source_view.moc"
