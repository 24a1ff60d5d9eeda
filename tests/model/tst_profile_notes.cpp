// SPDX-License-Identifier: GPL-3.0-or-later
// Which notes a profile gets, in which order, and their sentences; on made-up profiles and on real files.
#include "model/analysis.h"
#include "tests/support/arcs.h"
#include "tests/support/files.h"
#include "tests/support/generate.h"

#include <QTest>

#include <algorithm>

using namespace sundial;
using namespace sundial::test;

class TestProfileNotes : public QObject
{
    Q_OBJECT

private slots:
    void concentration_data();
    void concentration();
    void arcs_data();
    void arcs();
    void fewSamples();
    void singlePath();
    void nothingOfNothing();
    void files_data();
    void files();
    void everyFixture();
};

namespace
{

AnalysisPtr analysed(Profile profile)
{
    Progress progress;
    return *analyse(std::make_shared<const Profile>(std::move(profile)), MetricId{0}, progress);
}

/// The sentence of one kind with plain spaces; empty if there is none.
QString textOf(const Analysis& analysis, NoteKind kind)
{
    const auto note = std::find_if(analysis.notes.begin(), analysis.notes.end(),
                                   [kind](const ProfileNote& n) { return n.kind == kind; });
    return note == analysis.notes.end() ? QString()
                                        : QString::fromStdString(note->text).replace(QChar(0x202f), QLatin1Char(' '));
}

/// `count` functions of one sample each.
std::string flat(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "f" + std::to_string(i) + " 1\n";
    return text;
}

} // namespace

void TestProfileNotes::concentration_data()
{
    QTest::addColumn<QByteArray>("stacks");
    QTest::addColumn<QString>("text");
    QTest::newRow("one") << QByteArray("main;load 700\nmain;save 300\n")
                         << "load alone holds 70.0 % of the samples. Begin there.";
    QTest::newRow("two") << QByteArray("load 400\nsave 350\nrun 250\n")
                         << "2 functions hold 75.0 % of the samples: load and save. Begin there.";
    QTest::newRow("several") << QByteArray::fromStdString(flat(14))
                             << "7 functions hold 50.0 % of the samples, first of all f0, f1 and f2. Begin there.";
    QTest::newRow("spread") << QByteArray::fromStdString(flat(80))
                            << "40 functions hold 50.0 % of the samples: it is spread. Look for a caller that does too "
                               "much rather than for a slow function.";
}

void TestProfileNotes::concentration()
{
    QFETCH(QByteArray, stacks);
    QTEST(textOf(*analysed(fromStacks(viewOf(stacks))), NoteKind::Concentration), "text");
}

void TestProfileNotes::arcs_data()
{
    QTest::addColumn<QByteArray>("arcs");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("too short") << QByteArray("main 1/1 0.009 0.009\n") << int(NoteKind::TooShort)
                               << "The whole profile is 9.00 ms: in so short a run, chance moves every number. Repeat "
                                  "the work until it takes a second or more, and profile that.";
    QTest::newRow("long enough") << QByteArray("main 1/1 0.9 0.9\n") << int(NoteKind::TooShort) << QString();
    QTest::newRow("overhead") << QByteArray("main 1/1 0.5 1\nstep 2000000/2000000 0.5 0.5\n"
                                            "main>step 2000000/2000000 0.5 0.5\n")
                              << int(NoteKind::ProfilerOverhead)
                              << "Counting 2,000,001 calls, 0 % of them to built-ins, takes about 200.0 ms of the 1.00 "
                                 "s by itself, at 0.1 µs a call. Most often called: step and main. Cross-check with a "
                                 "sampler.";
    QTest::newRow("few calls") << QByteArray("main 1/1 0.5 1\nstep 20/20 0.5 0.5\nmain>step 20/20 0.5 0.5\n")
                               << int(NoteKind::ProfilerOverhead) << QString();
    QTest::newRow("recursion") << QByteArray("main 1/1 1 4\nwalk 30/1 3 3\nmain>walk 1/1 0.1 3\n"
                                             "walk>walk 29/1 2.9 2.9\n")
                               << int(NoteKind::Recursion)
                               << "Functions that call themselves, directly or through others, hold 75.0 % of the self "
                                  "time, first of all walk. Compare them by self: inside a recursion the totals of "
                                  "callers and callees overlap.";
    QTest::newRow("tree without doubt") << QByteArray("main 1/1 1 4\nwork 3/3 3 3\nmain>work 3/3 3 3\n")
                                        << int(NoteKind::EstimatedTree) << QString();
    QTest::newRow("tree with doubt")
        << QByteArray("a 1/1 1 2\nb 1/1 1 2\nwork 4/4 1 2\na>work 2/2 0.5 1\n"
                      "b>work 2/2 0.5 1\nleaf 8/8 1 1\nwork>leaf 8/8 1 1\n")
        << int(NoteKind::EstimatedTree)
        << "The file tells callers, not paths, so the tree is an estimate; boxes with 75.0 % of its time are exact. "
           "What has to be certain stands in the table and the call graph.";
    QTest::newRow("never called") << QByteArray("main 1/1 1 1\nopened 0/0 0 0\n") << int(NoteKind::NeverCalled)
                                  << "opened is listed with no call. Profilers write such rows for what had begun "
                                     "before them and for marks of their own: leave them out of figures per call.";
}

void TestProfileNotes::arcs()
{
    QFETCH(QByteArray, arcs);
    QFETCH(int, kind);
    QTEST(textOf(*analysed(fromArcs(viewOf(arcs))), NoteKind(kind)), "text");
}

void TestProfileNotes::fewSamples()
{
    const Metric sampled{"samples", "Samples", Unit::Samples, NumberKind::Sampled, {}};
    QCOMPARE(textOf(*analysed(fromStacks("a 60\nb 40\n", sampled)), NoteKind::FewSamples),
             "Only 100 samples: a share of 10.0 % is known to ± 5.9 points. Sample longer or more often before you "
             "trust small shares.");
    QCOMPARE(textOf(*analysed(fromStacks("a 600\nb 400\n", sampled)), NoteKind::FewSamples), "");
}

void TestProfileNotes::singlePath()
{
    const AnalysisPtr deep = analysed(fromStacks("a;b;c;d;e;f;g;h;work;x 50\na;b;c;d;e;f;g;h;work;y 50\n"));
    QCOMPARE(textOf(*deep, NoteKind::SinglePath),
             "A single path leads 9 levels down to work, which holds 100 % and is the first to branch. Zoom to it to "
             "see the rest larger.");
    QCOMPARE(textOf(*analysed(fromStacks("a;b;c 50\na;b;d 50\n")), NoteKind::SinglePath), "");
    // A path that ends without a branch is told by the concentration alone.
    QCOMPARE(textOf(*analysed(fromStacks("a;b;c;d;e;f;g;h;i;j;k 50\n")), NoteKind::SinglePath), "");
}

void TestProfileNotes::nothingOfNothing()
{
    QVERIFY(analysed(fromStacks(""))->notes.empty());
}

void TestProfileNotes::files_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QList<int>>("kinds");
    const auto row = [](const char* file, QList<NoteKind> kinds) {
        QList<int> numbers;
        for (const NoteKind kind : kinds)
            numbers << int(kind);
        QTest::newRow(file) << QString::fromLatin1(file) << numbers;
    };
    using enum NoteKind;
    row("pstats/large-pytest.prof", {Concentration, ProfilerOverhead, Recursion, EstimatedTree});
    row("pstats/kitchen-py311.prof", {TooShort, Concentration, ProfilerOverhead, EstimatedTree});
    row("pstats/pure-profile-py311.prof", {TooShort, Concentration, EstimatedTree, NeverCalled});
    row("pstats/sampled-py315.prof", {FewSamples, Concentration, Recursion, EstimatedTree});
    row("collapsed/pyspy-main.txt", {FewSamples, Concentration, Recursion});
    row("collapsed/deep-2000.folded", {FewSamples, Concentration, SinglePath, Recursion});
    row("speedscope/pyinstrument-busy.speedscope.json", {FewSamples, Concentration, Recursion});
    row("memray/plain.bin", {Concentration});
}

void TestProfileNotes::files()
{
    QFETCH(QString, file);
    Result<Profile> profile = parseBytes(readFixture(file));
    QVERIFY2(profile, describe(profile));
    QList<int> kinds;
    const AnalysisPtr analysis = analysed(std::move(*profile));
    for (const ProfileNote& note : analysis->notes)
        kinds << int(note.kind);
    QTEST(kinds, "kinds");
}

void TestProfileNotes::everyFixture()
{
    for (const char* folder : {"pstats", "collapsed", "speedscope", "memray", "tree-truth"}) {
        for (const QString& name : fixtureNames(QString::fromLatin1(folder))) {
            Result<Profile> profile = parseBytes(readFixture(QString::fromLatin1(folder) + u'/' + name));
            if (!profile)
                continue; // READMEs and expectations
            const AnalysisPtr analysis = analysed(std::move(*profile));
            QVERIFY(analysis->notes.size() <= kMostNotes);
            for (const ProfileNote& note : analysis->notes) {
                QVERIFY2(note.text.ends_with('.'), note.text.c_str());
                QVERIFY2(note.text.find("nan") == std::string::npos && note.text.find("inf ") == std::string::npos,
                         note.text.c_str());
                for (const FrameId f : note.functions)
                    QVERIFY(f.value < analysis->functions().size());
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestProfileNotes)
#include "tst_profile_notes.moc"
