// SPDX-License-Identifier: GPL-3.0-or-later
// The command line's fuzzer without a fuzzer: every seed, and each with words left out, doubled, joined and changed
// from a fixed seed. What it prints is of no interest and goes nowhere.
#include "tests/fuzz/mutation.h"
#include "tests/fuzz/options.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <unistd.h>

using namespace sundial::test;

namespace
{

constexpr int kChanges = 6;
constexpr std::string_view kRules = "rules:";

void run(const std::string& text)
{
    if (text.starts_with(kRules))
        readHostileRules(std::string_view(text).substr(kRules.size()));
    else
        runHostileArguments(text);
}

/// Standard output and error go to /dev/null while it lives.
class Silence
{
public:
    Silence()
    {
        std::fflush(nullptr);
        for (int i = 0; i < 2; ++i)
            m_saved[i] = dup(i + 1);
        const bool isSilent = std::freopen("/dev/null", "w", stdout) && std::freopen("/dev/null", "w", stderr);
        Q_UNUSED(isSilent);
    }
    ~Silence()
    {
        std::fflush(nullptr);
        for (int i = 0; i < 2; ++i) {
            dup2(m_saved[i], i + 1);
            close(m_saved[i]);
        }
    }

private:
    int m_saved[2];
};

std::string changed(std::string text, Choice& choice)
{
    QStringList words = QString::fromStdString(text).split(u'\n');
    const qsizetype at = qsizetype(choice.below(std::size_t(words.size())));
    switch (choice.below(4)) {
    case 0:
        words.removeAt(at);
        break;
    case 1:
        words.insert(at, words[qsizetype(choice.below(std::size_t(words.size())))]);
        break;
    case 2:
        words[at] = QString::number(qint64(choice.edge()));
        break;
    default:
        words[at].insert(qsizetype(choice.below(std::size_t(words[at].size()) + 1)), QChar(ushort(choice.below(256))));
    }
    return words.join(u'\n').toStdString();
}

} // namespace

class TestOptionCorpus : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { QDir::setCurrent(m_back); }
    void replay_data();
    void replay();

private:
    QTemporaryDir m_folder;
    QString m_back = QDir::currentPath();
};

void TestOptionCorpus::initTestCase()
{
    const QString fixtures = QStringLiteral(SUNDIAL_FIXTURES "/");
    QDir::setCurrent(m_folder.path());
    QVERIFY(QFile::copy(fixtures + QStringLiteral("pstats/tiny-mutual-clock.prof"), QStringLiteral("file-a.prof")));
    QVERIFY(QFile::copy(fixtures + QStringLiteral("pstats/tiny-integer-clock.prof"), QStringLiteral("file-b.prof")));
    QVERIFY(QFile::copy(fixtures + QStringLiteral("collapsed/recursion.folded"), QStringLiteral("file-c.folded")));
    QVERIFY(QFile::copy(QStringLiteral(SUNDIAL_CORPUS "/containers/deflated.zip"), QStringLiteral("file-z.zip")));
}

void TestOptionCorpus::replay_data()
{
    QTest::addColumn<QByteArray>("text");
    const QDir seeds(QStringLiteral(SUNDIAL_CORPUS "/options"));
    for (const QString& name : seeds.entryList(QDir::Files)) {
        QFile file(seeds.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTest::newRow(qPrintable(name)) << file.readAll();
    }
}

void TestOptionCorpus::replay()
{
    QFETCH(QByteArray, text);
    const Silence silence;
    Choice choice{unsigned(text.size())};
    run(text.toStdString());
    for (int i = 0; i < kChanges; ++i)
        run(changed(text.toStdString(), choice));
}

QTEST_APPLESS_MAIN(TestOptionCorpus)
#include "tst_option_corpus.moc"
