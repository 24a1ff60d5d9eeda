// SPDX-License-Identifier: GPL-3.0-or-later
// Where typed text leads: names by their letters, files by a part of the path, lines to the function they belong to.
#include "model/go_to.h"
#include "model/profile_builder.h"

#include <QTest>

using namespace sundial;

class TestGoTo : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void names_data();
    void names();
    void places_data();
    void places();

private:
    static QString namesOf(const Analysis& analysis, const std::vector<FrameId>& frames);

    AnalysisPtr m_analysis;
};

void TestGoTo::initTestCase()
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    const auto add = [&builder](std::string_view name, std::string_view file, std::uint32_t line, double self) {
        builder.addFunction(builder.internFrame(name, file, line), {1, 1, self, self});
    };
    add("load_orders", "/app/shop/orders.py", 10, 1);
    add("order_total", "/app/shop/orders.py", 30, 4);
    add("render", "/app/shop/Report.py", 5, 3);
    add("_render_row", "/app/shop/Report.py", 50, 1);
    builder.addFunction(builder.internFrame("<built-in method len>", "~", 0, FrameKind::Builtin), {1, 1, 9, 9});
    Progress progress;
    m_analysis = *analyse(std::make_shared<const Profile>(std::move(builder).build()), MetricId{0}, progress);
}

QString TestGoTo::namesOf(const Analysis& analysis, const std::vector<FrameId>& frames)
{
    QStringList names;
    for (const FrameId frame : frames)
        names << QString::fromStdString(std::string(analysis.frames().name(frame)));
    return names.join(QLatin1Char(' '));
}

void TestGoTo::names_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found");
    QTest::newRow("beginnings of words") << "or"
                                         << "order_total load_orders";
    QTest::newRow("case does not matter") << "RENDER"
                                          << "render _render_row";
    QTest::newRow("not in order") << "xo"
                                  << "";
}

void TestGoTo::names()
{
    QFETCH(QString, text);
    QFETCH(QString, found);
    QCOMPARE(namesOf(*m_analysis, functionsLike(*m_analysis, text.toStdString(), 10)), found);
    QCOMPARE(functionsLike(*m_analysis, text.toStdString(), 1).size(), std::size_t(found.isEmpty() ? 0 : 1));
}

void TestGoTo::places_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found");
    QTest::newRow("a file: what holds most itself") << "orders.py"
                                                    << "order_total";
    QTest::newRow("a line inside a function") << "orders.py:29"
                                              << "load_orders";
    QTest::newRow("the line of a definition") << "orders.py:30"
                                              << "order_total";
    QTest::newRow("above the first") << "orders.py:2"
                                     << "load_orders";
    QTest::newRow("the line is still to be typed") << "orders.py:"
                                                   << "order_total";
    QTest::newRow("several files, largest first") << "shop/"
                                                  << "order_total render";
    QTest::newRow("case does not matter") << "report.PY:60"
                                          << "_render_row";
    QTest::newRow("built-ins have no place") << "~"
                                             << "";
    QTest::newRow("absent") << "orders.pyx:3"
                            << "";
}

void TestGoTo::places()
{
    QFETCH(QString, text);
    QFETCH(QString, found);
    QCOMPARE(namesOf(*m_analysis, functionsAt(*m_analysis, text.toStdString(), 10)), found);
}

QTEST_GUILESS_MAIN(TestGoTo)
#include "tst_go_to.moc"
