// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles at the edge of what can be: they open, every view paints them, and their sums hold.
#include "app/analysis_page.h"
#include "app/main_window.h"
#include "tests/support/cli.h"
#include "tests/support/sanitized.h"
#include "views/text_fit.h"
#include "views/view_table.h"

#include <QJsonArray>
#include <QLabel>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace sundial;
using namespace sundial::test;

namespace
{

constexpr std::size_t kLongName = 1 << 20;
constexpr int kDeep = 100'000;
constexpr int kDistinct = kIsSanitized ? 200'000 : 10'000'000; // each byte costs many there

void append(std::string& bytes, std::int32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        bytes += char(value >> shift);
}

void append(std::string& bytes, double value)
{
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof raw);
}

/// A pstats file of one function that is called once.
std::string pstats(const std::string& name, double self, double total)
{
    std::string bytes = "{(";
    append(bytes, 3);
    bytes += "s";
    append(bytes, 4);
    bytes += "a.pyi";
    append(bytes, 1);
    bytes += "s";
    append(bytes, std::int32_t(name.size()));
    bytes += name + "(";
    append(bytes, 5);
    for (int i = 0; i < 2; ++i) {
        bytes += "i";
        append(bytes, 1);
    }
    for (const double time : {self, total}) {
        bytes += "g";
        append(bytes, time);
    }
    return bytes + "{00";
}

std::string speedscope(const std::string& weights)
{
    return R"({"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{"name":"a"},{"name":"b"}]},)"
           R"("profiles":[{"type":"sampled","name":"x","unit":"milliseconds","startValue":0,"endValue":10,)"
           R"("samples":[[0],[0,1],[1]],"weights":)" +
           weights + "}]}";
}

std::string deepStack()
{
    std::string line;
    for (int i = 0; i < kDeep; ++i)
        line += (i == 0 ? "f" : ";f") + std::to_string(i % 40'000);
    return line + " 7\n";
}

} // namespace

class TestExtremes : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void opensEverywhere_data();
    void opensEverywhere();
    void millionsOfFunctions();

private:
    QTemporaryDir m_folder;
};

void TestExtremes::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    installApplicationFont();
}

void TestExtremes::opensEverywhere_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<double>("total"); // NaN: whatever
    const auto row = [](const char* name, const std::string& bytes, double total) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << total;
    };
    const std::string longName(kLongName, 'x');
    row("name of 1 MiB, collapsed", "main;" + longName + " 5\nmain;b 1\n", 6);
    row("name of 1 MiB, pstats", pstats(longName, 0.5, 0.5), 0.5);
    row("NUL in a name", pstats(std::string("a\0b", 3), 0.5, 0.5), 0.5);
    row("right-to-left marks", "main;\u202egnp.exe\u202c;\u05d0\u05d1 3\n", 3);
    row("invalid UTF-8, collapsed", "main;\xff\xfe\x80;\xc3( 3\n", 3);
    row("invalid UTF-8, pstats", pstats("\xff\xfe\x80", 0.5, 0.5), 0.5);
    std::string plain;
    for (int i = 0; i < 20; ++i)
        plain += "main;plain 1\n"; // a file of little else is taken for binary data
    row("control characters", "main;\x1b[31mred\x07 3\n" + plain, 23);
    row("100,000 deep", deepStack(), 7);
    row("one sample", "main;parse 1\n", 1);
    row("one function without calls", pstats("f", 0, 0), 0);
    row("zero weights", speedscope("[0,0,0]"), 10); // from start to end: what no sample holds is idle
    row("smallest and largest weights", speedscope("[5e-324,1e300,1]"), 1e300);
    row("negative time", pstats("f", -0.5, -0.5), std::nan(""));
}

void TestExtremes::opensEverywhere()
{
    QFETCH(QByteArray, bytes);
    QFETCH(double, total);
    QFile file(m_folder.filePath(QStringLiteral("extreme")));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
    file.close();
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    MainWindow window(style, Settings(), false);
    window.resize(1280, 800);
    window.show();
    window.open(file.fileName());
    QVERIFY(QTest::qWaitFor([&] { return !window.isBusy() && (window.context()->analysis() || window.failure()); },
                            60'000));
    QVERIFY2(!window.failure(), window.failure() ? window.failure()->message.c_str() : "");
    if (!std::isnan(total))
        QCOMPARE(window.context()->analysis()->total, total);
    const FunctionTable& functions = window.context()->analysis()->functions();
    window.context()->select(FrameId{functions.size() - 1});
    for (const ViewType* type : viewTypes()) {
        if (type->mode == ViewMode::Comparison)
            continue;
        window.showView(QLatin1String(type->id));
        QVERIFY(QTest::qWaitFor([&] { return !window.isBusy(); }, 60'000));
        QElapsedTimer clock;
        clock.start();
        QVERIFY(!window.grab().isNull());
        QVERIFY2(clock.elapsed() < 10'000, type->id);
    }
    for (const QLabel* label : window.findChildren<QLabel*>())
        QVERIFY2(!label->text().contains(QChar(0x202e)), "a mark that turns text round is shown as it is");
}

/// 10 million functions, none of them twice, through standard input.
void TestExtremes::millionsOfFunctions()
{
    const QString path = m_folder.filePath(QStringLiteral("many.folded"));
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        std::string chunk;
        for (int i = 0; i < kDistinct; ++i) {
            chunk += "f" + std::to_string(i) + " 1\n";
            if (chunk.size() > (1 << 20) || i == kDistinct - 1) {
                file.write(chunk.data(), qint64(chunk.size()));
                chunk.clear();
            }
        }
    }
    QProcess process;
    process.start(QStringLiteral(SUNDIAL_PROGRAM), {"info", path, "--json"});
    QVERIFY(process.waitForFinished(240'000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    const QJsonObject profile = QJsonDocument::fromJson(process.readAllStandardOutput())["profiles"][0].toObject();
    QCOMPARE(profile["functions"].toInt(), kDistinct);
    QCOMPARE(profile["metrics"][0]["total"].toDouble(), double(kDistinct));
}

QTEST_MAIN(TestExtremes)
#include "tst_extremes.moc"
