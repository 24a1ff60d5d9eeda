// SPDX-License-Identifier: GPL-3.0-or-later
// Which function is which: against pairs of real profiles whose truth was derived from the sources (fixtures/compare),
// and small cases for each rule.
#include "model/function_identity.h"
#include "model/profile_builder.h"
#include "model/source_path.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QTest>

#include <map>
#include <set>

using namespace sundial;
using namespace sundial::test;

namespace
{

/// A function as truth.json writes it: [file, line, name].
using Key = std::tuple<std::string, int, std::string>;

Key keyOf(const QJsonValue& value)
{
    const QJsonArray parts = value.toArray();
    return {parts[0].toString().toStdString(), parts[1].toInt(), parts[2].toString().toStdString()};
}

Key keyOf(const Profile& profile, FrameId f)
{
    return {std::string(profile.frames.file(f)), int(profile.frames.line(f)), std::string(profile.frames.name(f))};
}

Profile load(const QString& path)
{
    Result<Profile> profile = parseBytes(readFixture(path));
    if (!profile)
        qFatal("%s: %s", qPrintable(path), profile.error().message.c_str());
    return std::move(*profile);
}

std::vector<FrameMatch> match(const Profile& before, const Profile& after, const MatchOverrides& overrides = {})
{
    return matchFunctions({before.frames, before.arcs}, {after.frames, after.arcs}, overrides);
}

bool isBuiltin(const Key& key)
{
    return std::get<0>(key) == "~";
}

struct Function {
    const char* name;
    const char* file;
    std::uint32_t line;
};
/// A profile of these functions, called in a chain as often as `calls` says, each taking a second.
Profile chain(const std::vector<Function>& functions, int calls = 10)
{
    ProfileBuilder builder({{"time", "Time", Unit::Seconds, NumberKind::Exact, {}}});
    FrameId caller;
    for (const Function& function : functions) {
        const FrameId f = builder.internFrame(function.name, function.file, function.line);
        builder.addFunction(f, {calls, calls, 1, 1});
        if (caller)
            builder.addEdge(caller, f, {calls, calls, 1, 1});
        caller = f;
    }
    return std::move(builder).build();
}

} // namespace

class TestFunctionIdentity : public QObject
{
    Q_OBJECT

private slots:
    void realPairs_data();
    void realPairs();
    void refactoredPairs_data();
    void refactoredPairs();
    void eachFunctionOnce_data() { realPairs_data(); }
    void eachFunctionOnce();
    void rules_data();
    void rules();
    void overrides();
    void paths_data();
    void paths();
    void names_data();
    void names();
    void manyOfOneName();
};

void TestFunctionIdentity::realPairs_data()
{
    QTest::addColumn<bool>("swapped");
    QTest::addColumn<QString>("folder");
    for (const char* name : {"parsing", "templates", "graphs"}) {
        QTest::addRow("%s", name) << false << QStringLiteral("compare/identity/%1/").arg(QLatin1String(name));
        QTest::addRow("%s, sides exchanged", name)
            << true << QStringLiteral("compare/identity/%1/").arg(QLatin1String(name));
    }
}

// At least 98 % of the time of the pairs that the sources prove, and at most 0.5 % of all time in wrong matches.
void TestFunctionIdentity::realPairs()
{
    QFETCH(bool, swapped);
    QFETCH(QString, folder);
    Profile before = load(folder + "before.prof"), after = load(folder + "after.prof");
    if (swapped)
        std::swap(before, after);
    const QJsonObject truth = readFixtureJson(folder + "truth.json");
    const auto pairOf = [swapped](const QJsonValue& value) {
        const QJsonArray pair = value.toArray();
        return std::pair{keyOf(pair[swapped ? 1 : 0]), keyOf(pair[swapped ? 0 : 1])};
    };
    std::map<Key, Key> strict, strictBack;
    for (const QJsonValue& value : truth["strict"].toArray()) {
        const auto [b, a] = pairOf(value);
        strict[b] = a;
        strictBack[a] = b;
    }
    std::set<std::pair<Key, Key>> notJudged;
    for (const char* list : {"probable", "not_judged_pairs"}) {
        for (const QJsonValue& value : truth[QLatin1String(list)].toArray())
            notJudged.insert(pairOf(value));
    }
    std::set<Key> alsoThere; // did not run on the other side, though its source is there
    for (const char* list : {"removed", "new"}) {
        for (const QJsonValue& value : truth[QLatin1String(list)].toArray()) {
            if (value.toArray()[3].toString() == "not called")
                alsoThere.insert(keyOf(value));
        }
    }
    double all = 0, provable = 0, right = 0, wrong = 0;
    for (const FrameMatch& match : match(before, after)) {
        if (!match.before)
            continue;
        const Key b = keyOf(before, match.before);
        const double self = before.arcs.functions().self[match.before.value];
        all += self;
        provable += strict.contains(b) ? self : 0;
        if (!match.after)
            continue;
        const Key a = keyOf(after, match.after);
        const auto proven = strict.find(b);
        if (proven != strict.end() && proven->second == a)
            right += self;
        else if (!notJudged.contains({b, a}) &&
                 (proven != strict.end() || strictBack.contains(a) || (isBuiltin(a) && isBuiltin(b)) ||
                  (alsoThere.contains(a) && alsoThere.contains(b))))
            wrong += self;
    }
    qInfo("right %.2f %% of the provable time, wrong %.3f %% of all", 100 * right / provable, 100 * wrong / all);
    QVERIFY(right >= 0.998 * provable);
    QVERIFY(wrong <= 0.002 * all);
}

void TestFunctionIdentity::refactoredPairs_data()
{
    QTest::addColumn<bool>("swapped");
    QTest::addColumn<QString>("name");
    for (const char* name : {"refactor", "checkout", "nplus1", "relocated", "doublecall"}) {
        QTest::addRow("%s", name) << false << QString::fromLatin1(name);
        QTest::addRow("%s, sides exchanged", name) << true << QString::fromLatin1(name);
    }
}

// Renamed functions included: 98 % of the time of what is the same function; and what is new or gone has no partner.
void TestFunctionIdentity::refactoredPairs()
{
    QFETCH(bool, swapped);
    QFETCH(QString, name);
    const QString folder = QStringLiteral("compare/verdicts/%1/").arg(name);
    const QJsonObject truth = readFixtureJson(folder + "truth.json");
    Profile before = load(folder + truth["single"].toObject()["before"].toString());
    Profile after = load(folder + truth["single"].toObject()["after"].toString());
    std::map<Key, Key> expected;
    for (const QJsonValue& pair : truth["pairs"].toArray())
        expected[keyOf(pair.toArray()[0])] = keyOf(pair.toArray()[1]);
    const double all = before.total(MetricId{0});
    double right = 0, same = 0;
    const std::vector<FrameMatch> matches = swapped ? match(after, before) : match(before, after);
    for (FrameMatch match : matches) {
        if (swapped)
            std::swap(match.before, match.after);
        if (!match.before)
            continue;
        const Key b = keyOf(before, match.before);
        const double self = before.arcs.functions().self[match.before.value];
        const auto partner = expected.find(b);
        same += partner != expected.end() ? self : 0;
        if (!match.after)
            continue;
        if (partner != expected.end() && partner->second == keyOf(after, match.after))
            right += self;
        else
            QVERIFY2(self < 0.005 * all, std::get<2>(b).c_str());
    }
    QVERIFY(right >= 0.98 * same);
}

void TestFunctionIdentity::eachFunctionOnce()
{
    QFETCH(QString, folder);
    const Profile before = load(folder + "before.prof"), after = load(folder + "after.prof");
    std::vector<int> seenBefore(before.frames.size()), seenAfter(after.frames.size());
    for (const FrameMatch& match : match(before, after)) {
        QVERIFY(match.before || match.after);
        QCOMPARE(match.kind == MatchKind::New, !match.before);
        QCOMPARE(match.kind == MatchKind::Removed, !match.after);
        if (match.before)
            ++seenBefore[match.before.value];
        if (match.after)
            ++seenAfter[match.after.value];
    }
    QVERIFY(std::all_of(seenBefore.begin(), seenBefore.end(), [](int times) { return times == 1; }));
    QVERIFY(std::all_of(seenAfter.begin(), seenAfter.end(), [](int times) { return times == 1; }));
}

using Functions = std::vector<Function>;

void TestFunctionIdentity::rules_data()
{
    QTest::addColumn<Functions>("before");
    QTest::addColumn<Functions>("after");
    QTest::addColumn<QString>(
        "kinds"); // one letter a row, before's order: exact, moved, relocated, renamed, -removed, +new
    const auto row = [](const char* name, Functions before, Functions after, const char* kinds) {
        QTest::newRow(name) << before << after << kinds;
    };
    const Function main{"main", "/b/app/main.py", 1};
    row("same place in another checkout", {main}, {{"main", "/a/app/main.py", 1}}, "e");
    row("another drive and separator", {{"main", "C:\\src\\app\\main.py", 1}}, {{"main", "/home/me/app/main.py", 1}},
        "e");
    row("another line", {main}, {{"main", "/b/app/main.py", 9}}, "m");
    row("another virtual environment and Python", {{"get", "/v/lib/python3.8/site-packages/lib/core.py", 5}},
        {{"get", "C:\\venv\\Lib\\site-packages\\lib\\core.py", 5}}, "e");
    row("another standard library", {{"loads", "/usr/lib/python3.9/json/__init__.py", 299}},
        {{"loads", "/opt/py/lib/python3.13/json/__init__.py", 304}}, "m");
    row("frozen", {{"_find_and_load", "/usr/lib/python3.2/importlib/_bootstrap.py", 7}},
        {{"_find_and_load", "<frozen importlib._bootstrap>", 7}}, "e");
    row("a sampler's short path", {{"encode", "json/encoder.py", 0}},
        {{"encode", "/usr/lib/python3.11/json/encoder.py", 182}}, "e");
    row("a sampler's qualified names without lines",
        {main, {"__init__", "/b/app/main.py", 10}, {"mid", "/b/app/main.py", 20}, {"__init__", "/b/app/main.py", 50}},
        {{"main", "main.py", 0}, {"A.__init__", "main.py", 0}, {"mid", "main.py", 0}, {"B.__init__", "main.py", 0}},
        "eeee");
    row("a library run from its checkout", {{"get", "/home/me/src/lib/core.py", 5}},
        {{"get", "/v/lib/python3.8/site-packages/lib/core.py", 5}}, "e");
    row("an own file is not a module of the same name", {{"main", "/home/me/types.py", 5}},
        {{"main", "/usr/lib/python3.8/types.py", 5}}, "-+");
    row("two methods of one name stay in order", {{"__init__", "/b/m.py", 10}, {"__init__", "/b/m.py", 50}},
        {{"__init__", "/b/m.py", 12}, {"__init__", "/b/m.py", 57}}, "mm");
    row("the nearest of two", {{"__init__", "/b/m.py", 50}}, {{"__init__", "/b/m.py", 5}, {"__init__", "/b/m.py", 52}},
        "m+");
    row("a method that did not run is not its namesake",
        {{"a", "/b/m.py", 1}, {"get", "/b/m.py", 10}, {"c", "/b/m.py", 90}, {"d", "/b/m.py", 95}},
        {{"a", "/b/m.py", 1}, {"get", "/b/m.py", 60}, {"c", "/b/m.py", 90}, {"d", "/b/m.py", 95}}, "e-ee+");
    row("renamed", {main, {"asList", "/b/app/main.py", 20}, {"leaf", "/b/app/main.py", 40}},
        {main, {"as_list", "/b/app/main.py", 22}, {"leaf", "/b/app/main.py", 43}}, "erm");
    row("moved to another file", {main, {"render", "/b/app/main.py", 20}, {"leaf", "/b/app/main.py", 40}},
        {main, {"render", "/b/app/html.py", 2}, {"leaf", "/b/app/main.py", 20}}, "elm");
    row("libraries do not swap functions", {main, {"dumps", "/v/site-packages/ujson/core.py", 5}},
        {main, {"dumps", "/v/site-packages/orjson/core.py", 5}}, "e-+");
    row("unlike functions", {{"f", "/b/x.py", 3}}, {{"g", "/b/y.py", 30}}, "-+");
}

void TestFunctionIdentity::rules()
{
    QFETCH(Functions, before);
    QFETCH(Functions, after);
    QString kinds;
    for (const FrameMatch& match : match(chain(before), chain(after)))
        kinds += QLatin1Char("emlr+-"[int(match.kind)]);
    QTEST(kinds, "kinds");
}

void TestFunctionIdentity::overrides()
{
    const Profile before = chain({{"f", "/b/x.py", 3}, {"g", "/b/x.py", 9}});
    const Profile after = chain({{"f", "/b/x.py", 3}, {"h", "/b/z.py", 40}});
    const FrameId f{0}, g{1}, h{1};
    const std::vector<FrameMatch> matches = match(before, after, {.same = {{g, h}}, .different = {{f, f}}});
    QCOMPARE(matches.size(), 3u);
    QCOMPARE(matches[0].kind, MatchKind::Removed);
    QCOMPARE(matches[1].after, h);
    QCOMPARE(matches[1].reason, MatchReason::User);
    QCOMPARE(matches[2].kind, MatchKind::New);
}

void TestFunctionIdentity::paths_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("root");
    QTest::addColumn<QString>("path");
    const auto row = [](const char* file, SourceRoot root, const char* path) {
        QTest::newRow(file) << QString::fromUtf8(file) << int(root) << QString::fromUtf8(path);
    };
    row("/v/lib/python3.11/site-packages/rich/text.py", SourceRoot::Packages, "rich/text.py");
    row("C:\\v\\Lib\\site-packages\\rich\\text.py", SourceRoot::Packages, "rich/text.py");
    row("/usr/lib/python3/dist-packages/apt/cache.py", SourceRoot::Packages, "apt/cache.py");
    row("/opt/py/3.11/lib/python3.11/json/encoder.py", SourceRoot::StandardLibrary, "json/encoder.py");
    row("/opt/py/lib/python3.13t/json/encoder.py", SourceRoot::StandardLibrary, "json/encoder.py");
    row("C:\\Python312\\Lib\\json\\encoder.py", SourceRoot::StandardLibrary, "json/encoder.py");
    row("json/encoder.py", SourceRoot::StandardLibrary, "json/encoder.py");
    row("concurrent\\futures\\thread.py", SourceRoot::StandardLibrary, "concurrent/futures/thread.py");
    row("shop/report.py", SourceRoot::Project, "shop/report.py");
    row("/lib/python311.zip/posixpath.py", SourceRoot::StandardLibrary, "posixpath.py");
    row("<frozen importlib._bootstrap>", SourceRoot::StandardLibrary, "importlib/_bootstrap.py");
    row("<string>", SourceRoot::Generated, "<string>");
    row("/tmp/ipykernel_4711/1234567890.py", SourceRoot::Generated, "/tmp/ipykernel_/.py");
    row("D:\\shop\\report.py", SourceRoot::Project, "/shop/report.py");
    row("~", SourceRoot::None, "");
    row("", SourceRoot::None, "");
}

void TestFunctionIdentity::paths()
{
    QFETCH(QString, file);
    const SourcePath path = normalisedPath(file.toStdString());
    QTEST(int(path.root), "root");
    QTEST(QString::fromStdString(path.path), "path");
}

void TestFunctionIdentity::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("normalised");
    QTest::newRow("address") << "<built-in method __new__ of type object at 0x7f4906e5ea00>"
                             << "<built-in method __new__ of type object at 0x>";
    QTest::newRow("lambda") << "Main$$Lambda$733.run"
                            << "Main$$Lambda$.run";
    QTest::newRow("thread") << "[main tid=4711]"
                            << "[main tid=]";
    QTest::newRow("digits are part of a name") << "sha256"
                                               << "sha256";
}

void TestFunctionIdentity::names()
{
    QFETCH(QString, name);
    QTEST(QString::fromStdString(normalisedName(name.toStdString())), "normalised");
}

// 20,000 lambdas in one file: linear, not quadratic.
void TestFunctionIdentity::manyOfOneName()
{
    Functions functions;
    for (std::uint32_t line = 1; line <= 20'000; ++line)
        functions.push_back({"<lambda>", "/b/m.py", line});
    const Profile profile = chain(functions);
    const std::vector<FrameMatch> matches = match(profile, profile);
    QVERIFY(
        std::all_of(matches.begin(), matches.end(), [](const FrameMatch& m) { return m.kind == MatchKind::Exact; }));
}

QTEST_GUILESS_MAIN(TestFunctionIdentity)
#include "tst_function_identity.moc"
