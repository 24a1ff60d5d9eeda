// SPDX-License-Identifier: GPL-3.0-or-later
// Collapsed stacks whose lines several threads take apart are, to the last id, what one makes of them.
#include "model/progress.h"
#include "parsers/collapsed/blocks_ahead.h"
#include "parsers/collapsed/file_reader.h"
#include "parsers/collapsed/known_stacks.h"
#include "tests/support/files.h"

#include <QTest>

#include <array>
#include <map>
#include <random>
#include <set>

using namespace sundial;
using namespace sundial::test;

namespace
{

std::string randomLines(unsigned seed, bool hasThreads, bool hasTwoCounts)
{
    std::mt19937 engine(seed);
    const auto random = [&engine](unsigned below) { return unsigned(engine()) % below; };
    std::string text;
    for (int line = 0; line < 5000; ++line) {
        if (const unsigned kind = random(60); kind == 0)
            text += "# a comment\n";
        else if (kind == 1)
            text += "\r\n";
        else if (kind == 2 && !hasTwoCounts)
            text += "no;count\n";
        else if (kind == 3 && !hasTwoCounts)
            text += "negative;count -3\n";
        if (hasThreads && random(5) != 0)
            text += "thread (" + std::to_string(random(4)) + "): t;";
        for (unsigned depth = 1 + random(12); depth > 0; --depth) {
            text += "f" + std::to_string(random(7) + depth) + " (m.py:" + std::to_string(random(3)) + ")";
            text += depth > 1 ? ";" : " ";
        }
        text += std::to_string(random(9)) + (hasTwoCounts ? " " + std::to_string(random(9)) : "") + "\n";
    }
    return text;
}

Result<Profile> readWith(std::string_view text, collapsed::Dialect dialect, std::size_t threads, std::size_t blockBytes)
{
    collapsed::FileReader reader({}, dialect);
    reader.read(text, [](std::size_t) { return true; }, threads, blockBytes);
    return reader.finish();
}

} // namespace

class TestCollapsedThreads : public QObject
{
    Q_OBJECT

private slots:
    void sameAsInOne_data();
    void sameAsInOne();
    void startsThatWereReadBefore();
    void largeFilesAreReadByMany();
    void blocksComeInOrder();
    void stops();
    void marksTellTextsApart();
};

void TestCollapsedThreads::sameAsInOne_data()
{
    QTest::addColumn<bool>("hasThreads");
    QTest::addColumn<bool>("hasTwoCounts");
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 5; ++seed) {
        QTest::addRow("plain, seed %u", seed) << false << false << seed;
        QTest::addRow("threads, seed %u", seed) << true << false << seed;
        QTest::addRow("two counts, seed %u", seed) << false << true << seed;
    }
}

void TestCollapsedThreads::sameAsInOne()
{
    QFETCH(bool, hasThreads);
    QFETCH(bool, hasTwoCounts);
    QFETCH(unsigned, seed);
    const std::string text = randomLines(seed, hasThreads, hasTwoCounts);
    const auto dialect = hasTwoCounts ? collapsed::Dialect::Difference : collapsed::Dialect::Folded;
    const Result<Profile> one = readWith(text, dialect, 0, text.size());
    const Result<Profile> many = readWith(text, dialect, seed, 200 + seed * 997);
    QVERIFY2(one, describe(one).constData());
    QVERIFY2(many, describe(many).constData());
    QCOMPARE(validate(*many), std::string());
    QCOMPARE(many->tree.topology()->frame, one->tree.topology()->frame);
    QCOMPARE(many->tree.topology()->parent, one->tree.topology()->parent);
    for (std::size_t m = 0; m < one->metrics.size(); ++m)
        QCOMPARE(many->tree.columns()[m]->self, one->tree.columns()[m]->self);
    QCOMPARE(many->frames.size(), one->frames.size());
    for (std::uint32_t f = 0; f < one->frames.size(); ++f)
        QCOMPARE(frameLabel(many->frames, FrameId{f}), frameLabel(one->frames, FrameId{f}));
    QCOMPARE(many->samples.node, one->samples.node);
    QCOMPARE(many->samples.weight, one->samples.weight);
    QCOMPARE(many->lanes.size(), one->lanes.size());
    QVERIFY(hasThreads == (one->lanes.size() > 1));
    for (std::size_t i = 0; i < one->lanes.size(); ++i) {
        QCOMPARE(many->lanes[i].name, one->lanes[i].name);
        QCOMPARE(many->lanes[i].total, one->lanes[i].total);
        QCOMPARE(many->lanes[i].endSample, one->lanes[i].endSample);
    }
    QCOMPARE(many->warnings, one->warnings); // with the same line numbers
}

/// Texts of which one is the start of another, frames without a name, and stacks longer than a block of the hash: all
/// weight lies where the text says.
void TestCollapsedThreads::startsThatWereReadBefore()
{
    const std::array<std::string, 6> names{"a", "b", "ab", "", std::string(61, 'x'), std::string(61, 'x') + "yz"};
    std::mt19937 engine(7);
    const auto random = [&engine](unsigned below) { return unsigned(engine()) % below; };
    std::map<std::string, double> expected;
    std::string text;
    for (int line = 0; line < 20000; ++line) {
        std::string stack = names[random(3)];
        for (unsigned depth = random(12); depth > 0; --depth)
            stack += ";" + names[random(unsigned(names.size()))];
        const unsigned count = 1 + random(9);
        text += stack + " " + std::to_string(count) + "\n";
        expected[stack] += count;
    }
    const Result<Profile> profile = readWith(text, collapsed::Dialect::Folded, 2, 10000);
    QVERIFY2(profile, describe(profile).constData());
    std::map<std::string, double> found;
    for (std::uint32_t i = 1; i < profile->tree.size(); ++i) {
        std::string stack;
        for (const NodeId n : pathTo(profile->tree, NodeId{i}))
            stack +=
                (profile->tree.depth(n) == 1 ? "" : ";") + std::string(profile->frames.name(profile->tree.frame(n)));
        if (const double self = profile->tree.self(MetricId{0}, NodeId{i}); self > 0) {
            QVERIFY2(!found.contains(stack), stack.c_str());
            found[stack] = self;
        }
    }
    QVERIFY(found == expected);
}

void TestCollapsedThreads::largeFilesAreReadByMany()
{
    std::string text = randomLines(3, true, false);
    const std::string once = text;
    while (text.size() < (std::size_t(5) << 20))
        text += once;
    const Result<Profile> profile = parseBytes(QByteArray::fromStdString(text));
    const Result<Profile> small = parseBytes(QByteArray::fromStdString(once));
    QVERIFY(profile && small);
    QCOMPARE(profile->total(MetricId{0}), small->total(MetricId{0}) * double(text.size() / once.size()));
    QCOMPARE(profile->tree.size(), small->tree.size());
}

/// Whatever the number of threads, lines are whole, and each comes once.
void TestCollapsedThreads::blocksComeInOrder()
{
    std::string text;
    for (int line = 1; line <= 3000; ++line)
        text += "f" + std::to_string(line) + std::string(std::size_t(line % 90), 'x') + " " + std::to_string(line) + "\n";
    text += "last 3001"; // without an end
    for (std::size_t threads = 0; threads <= 5; ++threads) {
        collapsed::BlocksAhead blocks(text, 777, collapsed::Dialect::Folded, threads);
        double expected = 1;
        std::size_t end = 0;
        while (const collapsed::LineBlock* const block = blocks.next()) {
            QVERIFY(blocks.offset() > end);
            end = blocks.offset();
            for (const collapsed::StackLine& line : block->stacks())
                QCOMPARE(line.values[0], expected++);
        }
        QCOMPARE(expected, 3002.0);
        QCOMPARE(end, text.size());
        QVERIFY(!blocks.next());
    }
}

void TestCollapsedThreads::stops()
{
    const std::string text = randomLines(1, false, false);
    for (const std::size_t threads : {std::size_t(0), std::size_t(1), std::size_t(4)}) {
        collapsed::FileReader reader({}, collapsed::Dialect::Folded);
        int blocks = 0;
        QVERIFY(!reader.read(text, [&blocks](std::size_t) { return ++blocks < 3; }, threads, 1000));
        QCOMPARE(blocks, 3);
    }
}

/// A start has the mark of the same text on its own, and no other text that is like it has.
void TestCollapsedThreads::marksTellTextsApart()
{
    constexpr std::size_t kBytes = 300;
    std::string text = randomLines(1, false, false).substr(0, kBytes);
    using namespace collapsed;
    StackStarts whole;
    whole.set(text);
    const auto markOf = [](const std::string& other) {
        StackStarts stack;
        stack.set(other);
        const TextMark mark = stack.markOf(other.size());
        return std::pair(mark.hash, mark.more);
    };
    std::set<std::pair<std::uint64_t, std::uint32_t>> marks;
    for (std::size_t length = 0; length <= kBytes; ++length) {
        const TextMark mark = whole.markOf(length);
        QCOMPARE(std::pair(mark.hash, mark.more), markOf(text.substr(0, length)));
        QVERIFY(marks.emplace(mark.hash, mark.more).second);
        QVERIFY(marks.insert(markOf(text.substr(0, length) + std::string(1, '\0'))).second);
    }
    for (char& byte : text) {
        byte ^= 1;
        QVERIFY(marks.insert(markOf(text)).second);
        byte ^= 1;
        std::swap(byte, text.front());
        if (byte != text.front())
            QVERIFY(marks.insert(markOf(text)).second);
        std::swap(byte, text.front());
    }
}

QTEST_APPLESS_MAIN(TestCollapsedThreads)
#include "tst_collapsed_threads.moc"
