// SPDX-License-Identifier: GPL-3.0-or-later
// The commands as a shell runs them: exit statuses, what stands on which stream, JSON that reads back exactly. The
// program runs without a display and without a platform plugin.
#include "tests/support/files.h"
#include "tests/support/pack.h"

#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <map>

using namespace sundial::test;

class TestCli : public QObject
{
    Q_OBJECT

private slots:
    void failures_data();
    void failures();
    void info();
    void wordsKeepToTheirLines();
    void infoOfDamagedFiles_data();
    void infoOfDamagedFiles();
    void topPrintsWhatPstatsPrints();
    void topJsonIsExact();
    void topChoosesRows_data();
    void topChoosesRows();
    void topOfASampler();
    void topOfOneLane();
    void topAsTables();
    void standardInput();
    void controlCWhileAPipeIsSilent();
    void compressedAndArchived();
    void notesOfPartialFiles();
    void callersAndCallees();
    void edgesWithoutTimes();
    void convertToPstats_data();
    void convertToPstats();
    void convertToCollapsed();
    void capturesWithoutImports();
    void capturesByAllocator();
    void outputFiles();
};

namespace
{

struct Run {
    int status = -1;
    QByteArray out;
    QByteArray err;
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

QString fixture(const QString& path)
{
    return QStringLiteral(SUNDIAL_FIXTURES "/") + path;
}

Run runSundial(const QStringList& arguments, const QByteArray& input = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    process.setProcessEnvironment(environment);
    process.start(SUNDIAL_PROGRAM, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

} // namespace

void TestCli::failures_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    const QString clock = fixture("pstats/tiny-integer-clock.prof");
    const QString sampler = fixture("pstats/pyinstrument.pstats");
    const auto row = [](const char* name, const QStringList& arguments, int status, const char* message) {
        QTest::newRow(name) << arguments << status << message;
    };
    row("no file", {"top"}, 2, "sundial: FILE is required");
    row("unknown option", {"top", clock, "--colour"}, 2, "--colour");
    row("unknown format", {"top", clock, "--format", "x"}, 2, "there is no format 'x': choose one of");
    row("unknown metric", {"top", clock, "--metric", "bytes"}, 2, "has no metric 'bytes': it has time");
    row("unknown lane", {"top", clock, "--lane", "7"}, 2, "has no lane '7'");
    row("unknown sort key", {"top", clock, "--sort", "c"}, 2, "'c' names no single sort key: Use calls");
    row("bad expression", {"top", clock, "--filter", "(unclosed"}, 2, "'(unclosed' is no regular expression");
    row("two outputs", {"top", clock, "--json", "--csv"}, 2, "excludes");
    row("negative count", {"top", clock, "-n", "-1"}, 2, "-n: '-1' is not a number from 0 on");
    row("unknown view", {clock, "--view", "pie"}, 2, "there is no view 'pie': choose one of");
    row("window without a display", {clock}, 2, "sundial: there is no display to open a window on: use a command");
    row("no capture", {"top", clock, "--allocator", "malloc"}, 2, "is no memory capture: --allocator");
    row("unknown allocator", {"top", fixture("memray/plain.bin"), "--allocator", "jemalloc"}, 2,
        "has no allocator 'jemalloc': it has ");
    row("imports of arcs", {"top", clock, "--hide-imports"}, 2, "tells callers, not paths: what --hide-imports leaves");
    row("aggregated has no temporary", {"top", fixture("memray/aggregate.bin"), "--metric", "temporary-bytes"}, 2,
        "Record without --aggregate");
    row("no such function", {"callers", clock, "nobody"}, 2, "no function matches 'nobody'");
    row("missing file", {"top", "/nonexistent/a.prof"}, 3, "/nonexistent/a.prof: No such file or directory: Check");
    row("folder", {"info", SUNDIAL_FIXTURES}, 3, "This is a folder, not a file");
    row("place in the file", {"top", fixture("malformed/pstats/ref-loop.prof")}, 3,
        "ref-loop.prof: The profile is damaged: an object contains itself (at byte 14): ");
    row("convert to nothing", {"convert", clock, "-o", "a.xyz"}, 2, "use --to");
    row("convert to the unknown", {"convert", clock, "-o", "-", "--to", "x"}, 2, "there is no format 'x'");
    // Of this file there is something to note; the error is the one line that is wanted.
    const QString noted = fixture("malformed/pstats/duplicate-key.prof");
    row("note and error", {"top", noted, "--metric", "bytes"}, 2, "has no metric 'bytes': it has time");
    row("note, and another file", {"diff", noted, "/nonexistent/a.prof"}, 3, "/nonexistent/a.prof: No such file");
    row("unwritable", {"convert", clock, "-o", "/nonexistent/a.prof"}, 4, "/nonexistent/a.prof: ");
}

void TestCli::failures()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    const Run run = runSundial(arguments);
    QTEST(run.status, "status");
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains(message.toUtf8()), run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
}

void TestCli::info()
{
    const Run run = runSundial({"info", "--json", fixture("pstats/tiny-integer-clock.prof"),
                                fixture("pstats/pyinstrument.pstats"), fixture("pstats/tiny-nosubcalls.prof")});
    QCOMPARE(run.status, 0);
    const QJsonArray profiles = run.json()["profiles"].toArray();
    QCOMPARE(profiles.size(), 3);
    const QJsonObject clock = profiles[0].toObject();
    QCOMPARE(clock["file"].toString(), fixture("pstats/tiny-integer-clock.prof"));
    QCOMPARE(clock["format"].toString(), "pstats");
    QCOMPARE(clock["producer"].toString(), "cProfile");
    QCOMPARE(clock["tree"].toString(), "estimated");
    QVERIFY(clock["nodes"].isNull());
    QCOMPARE(clock["functions"].toInt(), 2);
    QCOMPARE(clock["metrics"].toArray()[0].toObject(),
             QJsonObject({{"id", "time"}, {"unit", "seconds"}, {"total", 87.5}}));
    const QJsonObject lane = clock["lanes"].toArray()[0].toObject();
    QCOMPARE(lane,
             QJsonObject({{"name", "all"}, {"process", QJsonValue()}, {"thread", QJsonValue()}, {"total", 87.5}}));
    QVERIFY(clock["meta"].toObject().contains("python"));
    QCOMPARE(profiles[1].toObject()["meta"].toObject()["python"].toString(), "3.11");
    QCOMPARE(profiles[2].toObject()["tree"].toString(), "none");
}

void TestCli::wordsKeepToTheirLines()
{
    // Line breaks, and what a terminal acts on, in whatever a file may name.
    const QTemporaryDir folder;
    const auto write = [&folder](const char* name, const char* weight) {
        QFile file(folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(R"({"$schema":"https://www.speedscope.app/file-format-schema.json",
            "exporter":"x\ny\u001b[2J","shared":{"frames":[{"name":"a\u001b[31m\nb"},{"name":"c\rd\u0007"}]},"profiles":[
            {"type":"sampled","name":"p\nq","unit":"par\nsec","startValue":0,"endValue":9,"samples":[[0,1]],"weights":[WEIGHT]},
            {"type":"sampled","name":"r\rs","unit":"par\nsec","startValue":0,"endValue":1,"samples":[[0]],"weights":[1]}]})")
                       .replace("WEIGHT", weight));
    };
    write("before.json", "2");
    write("after.json", "9");
    const QString before = folder.filePath("before.json"), after = folder.filePath("after.json");
    for (const QStringList& command : {QStringList{"info", before},
                                       {"top", before},
                                       {"callers", before, "."},
                                       {"diff", before, after},
                                       {"diff", "--markdown", before, after},
                                       {"check", before, after, "--fail-if", "self(c\rd\a)>+5%"},
                                       {"top", before, "--lane", "x\ny"}}) {
        const Run run = runSundial(command);
        for (const QByteArray& line : (run.out + run.err).split('\n'))
            QVERIFY2(std::none_of(line.begin(), line.end(), [](uchar c) { return c < 0x20 || c == 0x7f; }), line);
    }
    const Run info = runSundial({"info", before});
    QCOMPARE(info.status, 0);
    QVERIFY(info.out.contains("par\ufffdsec") && info.out.contains("p\ufffdq"));
    for (const QByteArray& line : info.out.trimmed().split('\n').mid(1))
        QVERIFY2(line.startsWith("  "), line);
    QVERIFY(runSundial({"diff", before, after}).out.contains("c\ufffdd\ufffd\n"));
}

void TestCli::infoOfDamagedFiles_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : fixtureNames("malformed/pstats"))
        QTest::newRow(qPrintable(name)) << name;
}

void TestCli::infoOfDamagedFiles()
{
    QFETCH(QString, name);
    const Run run = runSundial({"info", "--json", fixture("malformed/pstats/" + name)});
    QVERIFY(run.status == 0 || run.status == 3);
    QCOMPARE(run.out.isEmpty(), run.status == 3);
    QCOMPARE(run.err.count('\n'), run.status == 3 ? 1 : 0); // warnings are in the JSON
}

void TestCli::topPrintsWhatPstatsPrints()
{
    const QJsonArray printed = readFixtureJson("pstats/shop-before.prof.expected.json")["printed"].toArray();
    const Run run = runSundial({"top", fixture("pstats/shop-before.prof"), "-n", "15", "--sort", "cumulative"});
    QCOMPARE(run.status, 0);
    QCOMPARE(QString::fromUtf8(run.out), printed[0].toObject()["text"].toString());
    QCOMPARE(run.err, QByteArray());
}

void TestCli::topJsonIsExact()
{
    const QJsonObject expected = readFixtureJson("pstats/large-pytest.prof.expected.json");
    const QJsonArray functions = expected["functions"].toArray();
    const QJsonArray order = expected["sorted_first_25"].toObject()["time,name"].toArray();
    const QJsonObject json =
        runSundial({"top", "--json", "-n", "0", "--sort", "time,name", fixture("pstats/large-pytest.prof")}).json();
    QCOMPARE(json["metric"].toString(), "time");
    QCOMPARE(json["unit"].toString(), "seconds");
    QCOMPARE(json["total"].toDouble(), expected["total_tt"].toDouble());
    QCOMPARE(json["calls"].toInteger(), expected["total_calls"].toInteger());
    QCOMPARE(json["primitive_calls"].toInteger(), expected["prim_calls"].toInteger());
    const QJsonArray rows = json["rows"].toArray();
    QCOMPARE(rows.size(), functions.size());
    for (qsizetype i = 0; i < order.size(); ++i) {
        const QJsonArray function = functions[order[i].toInt()].toArray();
        const QJsonObject row = rows[i].toObject();
        QCOMPARE(row["file"], function[0]);
        QCOMPARE(row["line"], function[1]);
        QCOMPARE(row["name"], function[2]);
        QCOMPARE(row["primitive_calls"], function[3]);
        QCOMPARE(row["calls"], function[4]);
        QCOMPARE(row["self"].toDouble(), function[5].toDouble()); // the same bits
        QCOMPARE(row["total"].toDouble(), function[6].toDouble());
    }
}

void TestCli::topChoosesRows_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QStringList>("names");
    const auto row = [](const char* name, const QStringList& options, const QStringList& names) {
        QTest::newRow(name) << options << names;
    };
    row("self by default", {"-n", "2"}, {"<built-in method builtins.sum>", "<genexpr>"});
    row("reversed", {"-n", "2", "--reverse"}, {"<method 'disable' of '_lsprof.Profiler' objects>", "mutual_entry"});
    row("sorted", {"-n", "2", "--sort", "calls"}, {"<genexpr>", "is_even"});
    row("a part", {"-n", "0.1"}, {"<built-in method builtins.sum>"});
    row("filtered", {"--filter", "kitchen", "--filter", "is_"}, {"is_even", "is_odd"});
    row("filtered by standard name", {"--filter", "^\\{built-in"}, {"<built-in method builtins.sum>"});
    row("filtered by a class of characters", {"--filter", "[{]"}, // CLI11 would make a list of what brackets hold
        {"<built-in method builtins.sum>", "<method 'disable' of '_lsprof.Profiler' objects>"});
}

void TestCli::topChoosesRows()
{
    QFETCH(QStringList, options);
    const Run run = runSundial(QStringList{"top", "--json", fixture("pstats/tiny-mutual-clock.prof")} + options);
    QCOMPARE(run.status, 0);
    QStringList found;
    for (const QJsonValue& row : run.json()["rows"].toArray())
        found << row.toObject()["name"].toString();
    QTEST(found, "names");
}

void TestCli::topOfASampler()
{
    const QJsonObject json = runSundial({"top", "--json", fixture("pstats/pyinstrument.pstats")}).json();
    QVERIFY(json["calls"].isNull() && json["primitive_calls"].isNull());
    QVERIFY(json["rows"].toArray()[0].toObject()["calls"].isNull());
    const QString sampled = fixture("pstats/sampled-py315.prof");
    const QJsonArray merged = runSundial({"top", "--json", "-n", "0", sampled}).json()["rows"].toArray();
    const QJsonArray lines = runSundial({"top", "--json", "-n", "0", "--by-line", sampled}).json()["rows"].toArray();
    QVERIFY(merged.size() < lines.size());
    QVERIFY(merged[0].toObject()["line"].isNull());
    QVERIFY(lines[0].toObject()["line"].isDouble());
}

/// In the lane's own metric, and only what is on it, as speedscope shows each of its profiles.
void TestCli::topOfOneLane()
{
    const QString path = fixture("speedscope/many-profiles.speedscope.json");
    QFile file(path + QStringLiteral(".expected.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray profiles = QJsonDocument::fromJson(file.readAll())["profiles"].toArray();
    QVERIFY(profiles.size() > 2);
    for (int lane = 0; lane < profiles.size(); ++lane) {
        const QJsonObject run =
            runSundial({"top", "--json", "--by-line", "-n", "0", "--lane", QString::number(lane), path}).json();
        QCOMPARE(run["unit"], profiles[lane]["unit"]);
        QCOMPARE(run["total"].toDouble(), profiles[lane]["total_weight"].toDouble());
        QCOMPARE(run["rows"].toArray().size(), profiles[lane]["frames"].toArray().size());
    }
}

void TestCli::topAsTables()
{
    const QString file = fixture("pstats/tiny-integer-clock.prof");
    QCOMPARE(runSundial({"top", "--csv", "-n", "1", file}).out,
             QByteArray("name,file,line,calls,primitive_calls,self,total\n"
                        "fib,/srv/app/kitchen.py,12,25,1,85.75,85.75\n"));
    QCOMPARE(runSundial({"top", "--markdown", "-n", "1", "--strip-dirs", file}).out,
             QByteArray("| name | file | line | calls | primitive\\_calls | self | total |\n"
                        "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
                        "| fib | kitchen.py | 12 | 25 | 1 | 85.75 | 85.75 |\n"));
}

void TestCli::standardInput()
{
    const Run run = runSundial({"top", "--json", "-"}, readFixture("pstats/tiny-integer-clock.prof"));
    QCOMPARE(run.status, 0);
    QCOMPARE(run.json()["total"].toDouble(), 87.5);
    QCOMPARE(runSundial({"top", "-"}).status, 3); // nothing comes
}

void TestCli::controlCWhileAPipeIsSilent()
{
    QProcess process;
    process.start(SUNDIAL_PROGRAM, {"top", "-"});
    QVERIFY(process.waitForStarted());
    // More than a pipe holds: once all of it is gone, the program reads, and would wait for more for ever.
    process.write(QByteArray(1 << 20, '#'));
    for (int i = 0; i < 100 && process.bytesToWrite() > 0; ++i)
        process.waitForBytesWritten(600);
    QCOMPARE(process.bytesToWrite(), 0);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(process.readAllStandardOutput(), QByteArray());
}

void TestCli::compressedAndArchived()
{
    QTemporaryDir folder;
    const auto write = [&folder](const QString& name, const std::string& bytes) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes.data(), qint64(bytes.size())) > 0 ? file.fileName()
                                                                                                     : QString();
    };
    const std::string clock = readFixture("pstats/tiny-integer-clock.prof").toStdString();
    const QString gz = write("clock.prof.gz", compressed(clock, archive_write_add_filter_gzip));
    const QString one = write("one.zip", zip({{"a/clock.prof", clock}, {"readme.txt", "Hello.\n"}}));
    const QString two = write("two.zip", zip({{"a.prof", clock}, {"b.prof", clock}}));
    for (const QString& path : {gz, one, QString(one + "!a/clock.prof"), QString(two + "!b.prof")})
        QCOMPARE(runSundial({"top", "--json", path}).json()["total"].toDouble(), 87.5);

    const Run choice = runSundial({"top", two});
    QCOMPARE(choice.status, 3);
    QCOMPARE(choice.out, QByteArray());
    QVERIFY2(choice.err.contains("2 profiles: a.prof, b.prof") && choice.err.contains("two.zip!a.prof"),
             choice.err.constData());
    QCOMPARE(choice.err.count('\n'), 1);
    QCOMPARE(runSundial({"top", two + "!c.prof"}).status, 3);
}

void TestCli::notesOfPartialFiles()
{
    const QString file = fixture("malformed/pstats/truncated-half.prof");
    const Run run = runSundial({"top", file});
    QCOMPARE(run.status, 0);
    QVERIFY2(run.err.contains("note: The profile ends too early (byte 10811)"), run.err.constData());
    QCOMPARE(runSundial({"top", "--quiet", file}).err, QByteArray());
    QCOMPARE(runSundial({"info", "--json", file}).json()["profiles"].toArray()[0].toObject()["partial"].toBool(), true);
}

void TestCli::callersAndCallees()
{
    const QString file = fixture("pstats/tiny-mutual-clock.prof");
    const QJsonObject callers = runSundial({"callers", "--json", file, "is_even"}).json();
    QCOMPARE(callers["unit"].toString(), "seconds");
    const QJsonObject function = callers["functions"].toArray()[0].toObject();
    QCOMPARE(function["name"].toString(), "is_even");
    QCOMPARE(function["total"].toDouble(), 199.5);
    const QJsonObject edge = function["edges"].toArray()[0].toObject();
    QCOMPARE(edge, QJsonObject({{"name", "is_odd"},
                                {"file", "/srv/app/kitchen.py"},
                                {"line", 20},
                                {"calls", 29},
                                {"primitive_calls", 2},
                                {"self", 98.0},
                                {"total", 192.5}}));
    const QJsonObject callees = runSundial({"callees", "--json", file, "mutual_entry"}).json();
    QCOMPARE(callees["functions"].toArray()[0].toObject()["edges"].toArray().size(), 3);
    QVERIFY(runSundial({"callers", file, "is_even"}).out.contains("was called by..."));
    QVERIFY(runSundial({"callees", "--csv", file, "is_even"}).out.startsWith("function,callee,calls"));
}

void TestCli::edgesWithoutTimes()
{
    // The pure Python profiler counts the calls of an edge and measures no times: null, not 0.
    const QJsonObject json = runSundial({"callers", "--json", fixture("pstats/pure-profile-py311.prof"), "fib"}).json();
    const QJsonObject edge = json["functions"].toArray()[0].toObject()["edges"].toArray()[0].toObject();
    QVERIFY(edge["calls"].toInteger() > 0);
    QVERIFY(edge["self"].isNull() && edge["total"].isNull() && edge["primitive_calls"].isNull());
}

void TestCli::convertToPstats_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : fixtureNames("pstats", {"*.prof", "*.pstats"})) {
        if (name != "tiny-empty-dict.prof")
            QTest::newRow(qPrintable(name)) << name;
    }
}

void TestCli::convertToPstats()
{
    QFETCH(QString, name);
    QTemporaryDir folder;
    const QString copy = folder.filePath("copy.prof");
    QCOMPARE(runSundial({"convert", "--quiet", "--by-line", fixture("pstats/" + name), "-o", copy}).status, 0);
    for (const QStringList& command : {QStringList{"top", "--json", "-n", "0", "--by-line", "--quiet"},
                                       QStringList{"callers", "--json", "--quiet"}}) {
        const QStringList pattern = command.front() == "callers" ? QStringList{"."} : QStringList();
        QJsonObject before = runSundial(command + QStringList{fixture("pstats/" + name)} + pattern).json();
        QJsonObject after = runSundial(command + QStringList{copy} + pattern).json();
        before.remove("file");
        after.remove("file");
        QVERIFY(before.size() > 2);
        QCOMPARE(after, before);
    }
}

void TestCli::convertToCollapsed()
{
    const Run run = runSundial({"convert", fixture("pstats/tiny-mutual-clock.prof"), "-o", "-", "--to", "collapsed"});
    QCOMPARE(run.status, 0);
    const QList<QByteArray> lines = run.out.trimmed().split('\n');
    double sum = 0;
    for (const QByteArray& line : lines)
        sum += line.mid(line.lastIndexOf(' ') + 1).toDouble();
    QVERIFY(std::abs(sum - 602) < 1e-6);
    QVERIFY(std::is_sorted(lines.begin(), lines.end()));
    QVERIFY(lines.contains("<method 'disable' of '_lsprof.Profiler' objects> 1.75"));
}

/// "stack weight" lines, equal stacks added up.
static std::map<QByteArray, qint64> stacksOf(const QByteArray& collapsed)
{
    std::map<QByteArray, qint64> stacks;
    for (const QByteArray& line : collapsed.split('\n')) {
        if (const qsizetype space = line.lastIndexOf(' '); space > 0)
            stacks[line.left(space)] += line.mid(space + 1).toLongLong();
    }
    return stacks;
}

void TestCli::capturesWithoutImports()
{
    const QStringList convert{"convert", fixture("memray/plain.bin"), "-o", "-", "--to", "collapsed"};
    const Run whole = runSundial(convert), without = runSundial(convert + QStringList{"--hide-imports"});
    QCOMPARE(whole.status, 0);
    QCOMPARE(without.status, 0);
    // The rule of memray's reports: an importing frame takes all below it along, to its caller.
    std::map<QByteArray, qint64> expected;
    for (const auto& [stack, weight] : stacksOf(whole.out)) {
        QByteArrayList kept;
        for (const QByteArray& frame : stack.split(';')) {
            if (frame.contains("frozen importlib"))
                break;
            if (!frame.contains("runpy"))
                kept << frame;
        }
        expected[kept.join(';')] += weight;
    }
    QVERIFY(expected.size() < stacksOf(whole.out).size());
    expected.erase(QByteArray()); // an importing frame that nobody called: the root's, which has no line
    QCOMPARE(stacksOf(without.out), expected);
}

void TestCli::capturesByAllocator()
{
    const QStringList convert{"convert", fixture("memray/ranges.bin"), "-o", "-", "--to", "collapsed"};
    std::map<QByteArray, qint64> sum;
    for (const char* name :
         {"malloc", "realloc", "calloc", "posix_memalign", "aligned_alloc", "memalign", "valloc", "pvalloc", "mmap"}) {
        const Run run = runSundial(convert + QStringList{"--allocator", name});
        if (run.status == 2)
            continue; // this one does not occur
        QCOMPARE(run.status, 0);
        for (const auto& [stack, weight] : stacksOf(run.out))
            sum[stack] += weight;
    }
    QCOMPARE(sum, stacksOf(runSundial(convert).out));
    const QStringList top{"top", fixture("memray/ranges.bin"), "--json"};
    const double mapped = runSundial(top + QStringList{"--allocator", "MMAP"}).json()["total"].toDouble();
    QVERIFY(mapped > 0);
    QVERIFY(mapped < runSundial(top).json()["total"].toDouble());
}

void TestCli::outputFiles()
{
    QTemporaryDir folder;
    const QString path = folder.filePath("out.folded");
    const Run run = runSundial({"convert", fixture("pstats/tiny-integer-clock.prof"), "-o", path});
    QCOMPARE(run.status, 0);
    QCOMPARE(run.out, QByteArray());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("<method 'disable'"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1); // no temporary file stays
}

QTEST_APPLESS_MAIN(TestCli)
#include "tst_cli.moc"
