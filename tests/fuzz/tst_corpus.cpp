// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzzers without a fuzzer: every fixture and every input that once broke something, and each changed from a fixed
// seed, by bytes and by objects or records.
#include "tests/fuzz/capture_mutator.h"
#include "tests/fuzz/hostile.h"
#include "tests/fuzz/marshal_mutator.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace sundial::test;

namespace
{

constexpr int kChanges = 12;
constexpr std::size_t kLargestChanged = 100'000;

std::string readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// Bits flipped, and sometimes cut or doubled.
void flip(std::string& bytes, std::size_t room, Choice& choice)
{
    if (bytes.empty())
        return;
    for (std::size_t flips = choice.below(4) + 1; flips > 0; --flips)
        bytes[choice.below(bytes.size())] = char(choice.below(256));
    if (choice.oneIn(3))
        bytes.resize(choice.below(bytes.size()));
    if (choice.oneIn(5))
        bytes += bytes.substr(0, bytes.size() / 2);
    bytes.resize(std::min(bytes.size(), room));
}

} // namespace

class TestCorpus : public QObject
{
    Q_OBJECT

private slots:
    void replay_data();
    void replay();
    void structureSurvives_data();
    void structureSurvives();
};

void TestCorpus::replay_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& root : {QStringLiteral(SUNDIAL_FIXTURES), QStringLiteral(SUNDIAL_CORPUS)}) {
        QDirIterator files(root, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            const QString name = path.mid(root.size() + 1);
            if (!name.endsWith(QStringLiteral(".json")) || name.contains(QStringLiteral("speedscope")))
                QTest::newRow(qPrintable(name)) << path;
        }
    }
}

void TestCorpus::replay()
{
    QFETCH(QString, path);
    const std::string bytes = readAll(path);
    openHostile(bytes);
    if (bytes.empty() || bytes.size() > kLargestChanged)
        return;
    Choice choice{unsigned(bytes.size())};
    const MutateBytes mutate = [&choice](std::string& part, std::size_t room) { flip(part, room, choice); };
    const bool isCapture = !captureRecords(unpackedCapture(bytes, kLargestChanged)).empty();
    const bool isMarshal = marshalSpans(bytes).size() > 10 && bytes.front() == '{';
    for (int i = 0; i < kChanges; ++i) {
        std::string changed = bytes;
        mutate(changed, 2 * kLargestChanged);
        openHostile(changed);
        if (isCapture)
            openHostileAs("memray", mutateCapture(bytes, 2 * kLargestChanged, choice, mutate));
        else if (isMarshal)
            openHostileAs("pstats", mutateMarshal(bytes, 2 * kLargestChanged, choice, mutate));
    }
}

void TestCorpus::structureSurvives_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("marshal") << QStringLiteral("pstats");
    QTest::newRow("capture") << QStringLiteral("memray");
}

/// The mutators understand the whole of every sound file: else they would change only its start.
void TestCorpus::structureSurvives()
{
    QFETCH(QString, folder);
    const bool isCapture = folder == QLatin1String("memray");
    QDirIterator files(QStringLiteral(SUNDIAL_FIXTURES "/") + folder,
                       {isCapture ? QStringLiteral("*.bin") : QStringLiteral("*.prof"), QStringLiteral("*.pstats")},
                       QDir::Files);
    int whole = 0;
    int all = 0;
    while (files.hasNext()) {
        const std::string bytes = readAll(files.next());
        if (isCapture) {
            const std::string raw = unpackedCapture(bytes, 64u << 20);
            const std::vector<std::size_t> records = captureRecords(raw);
            whole += !records.empty() && records.back() >= raw.find_last_not_of('\0') ? 1 : 0;
        } else {
            const std::vector<MarshalSpan> spans = marshalSpans(bytes);
            whole += !spans.empty() && spans.front().end == bytes.size() ? 1 : 0;
        }
        ++all;
    }
    QVERIFY(all > 5);
    QVERIFY2(whole * 10 >= all * 8, qPrintable(QStringLiteral("%1 of %2").arg(whole).arg(all)));
}

QTEST_APPLESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
