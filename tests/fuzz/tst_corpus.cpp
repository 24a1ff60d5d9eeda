// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzzer's target without a fuzzer: every fixture, and each with bytes flipped, cut and doubled from a fixed seed.
#include "tests/fuzz/fuzz_parsers.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <random>

class TestCorpus : public QObject
{
    Q_OBJECT

private slots:
    void replay_data();
    void replay();
};

void TestCorpus::replay_data()
{
    QTest::addColumn<QString>("path");
    QDirIterator files(QStringLiteral(SUNDIAL_FIXTURES), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString name = path.mid(qsizetype(sizeof(SUNDIAL_FIXTURES)));
        if (!name.endsWith(QStringLiteral(".json")) || name.contains(QStringLiteral("speedscope")))
            QTest::newRow(qPrintable(name)) << path;
    }
}

void TestCorpus::replay()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const auto open = [](const QByteArray& data) {
        sundial::test::openHostile(reinterpret_cast<const std::uint8_t*>(data.constData()), std::size_t(data.size()));
    };
    open(bytes);
    if (bytes.isEmpty() || bytes.size() > 100'000)
        return;
    constexpr int kMutations = 12;
    std::mt19937 random(unsigned(bytes.size()));
    for (int i = 0; i < kMutations; ++i) {
        QByteArray changed = bytes;
        for (unsigned flips = random() % 4 + 1; flips > 0; --flips)
            changed[qsizetype(random() % unsigned(changed.size()))] = char(random());
        if (i % 3 == 0)
            changed.truncate(qsizetype(random() % unsigned(changed.size())));
        if (i % 5 == 0)
            changed += changed.left(changed.size() / 2);
        open(changed);
    }
}

QTEST_APPLESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
