// SPDX-License-Identifier: GPL-3.0-or-later
// Every refusal and every note, with its wording: one line of golden/refusals.txt each. A refusal is a sentence that
// names the place and the cure. SUNDIAL_UPDATE_GOLDEN=1 rewrites the file; its diff is read like code.
#include "tests/support/cli.h"
#include "tests/support/pack.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sundial::test;

namespace
{

const QString kGolden = QStringLiteral(SUNDIAL_GOLDEN "/refusals.txt");

/// "3 | file.prof: what is wrong (at byte 7): what to do"; a file that opens has status 0 and its notes.
QString lineOf(const QString& title, const Finished& run)
{
    QString said = run.err.trimmed();
    said.replace(u'\n', QStringLiteral(" ⏎ "));
    return QStringLiteral("%1 | %2 | %3").arg(title).arg(run.status).arg(said);
}

} // namespace

class TestRefusals : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void wording();
    void sentences();
    void cleanupTestCase();

private:
    void run(const QString& title, const QStringList& arguments, const QString& folder = {});
    void write(const char* name, const std::string& bytes);

    QTemporaryDir m_folder;
    QStringList m_lines;
};

void TestRefusals::run(const QString& title, const QStringList& arguments, const QString& folder)
{
    Finished finished = runSundial(arguments, folder);
    finished.err.replace(m_folder.path(), QStringLiteral("TMP"));
    m_lines << lineOf(title, finished);
}

void TestRefusals::write(const char* name, const std::string& bytes)
{
    QFile file(m_folder.filePath(QLatin1String(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
        qFatal("cannot write a temporary file");
}

void TestRefusals::initTestCase()
{
    // Files: what each damaged fixture says.
    QStringList damaged;
    QDirIterator files(QStringLiteral(SUNDIAL_FIXTURES "/malformed"), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        damaged << files.next().mid(qsizetype(sizeof(SUNDIAL_FIXTURES)));
    damaged.removeIf([](const QString& path) { return path.endsWith(QStringLiteral(".md")); });
    damaged.sort();
    for (const QString& path : std::as_const(damaged))
        run(path, {"top", path, "-n", "1"}); // its notes are of the wording as well

    // What is no profile at all, or cannot be had.
    const std::string stacks = "main;work 3\n";
    const std::string picture = "\x89PNG\r\n\x1a\n";
    write("picture.png", picture);
    write("page.html", "<!DOCTYPE html><p>no profile</p>");
    write("program", std::string("\x7f"
                                 "ELF\2\1\1",
                                 7) +
                         std::string(60, '\0'));
    write("one.zip", zip({{"picture.png", picture}}));
    write("two.zip", zip({{"a.folded", stacks}, {"b.folded", stacks}}));
    write("empty.zip", zip({}));
    write("cut.zip", zip({{"a.folded", stacks}}).substr(0, 20));
    write("beside.zip", encrypted(zip({{"a.folded", stacks}, {"secret.prof", stacks}}), "secret.prof"));
    write("links.tar",
          pack({{"a.prof", "/etc/passwd", true}}, archive_write_set_format_ustar, archive_write_add_filter_none));
    write("old.bin", std::string("memray\0\6\0\0\0", 11) + std::string(60, '\0'));
    write("new.bin", std::string("memray\0\x63\0\0\0", 11) + std::string(60, '\0'));
    write("short.bin", std::string("memray\0\xd\0\0\0", 11));
    write("a.folded", stacks);
    write("budget.toml", "[budget]\ntotal = 5\n");
    write("broken.toml", "[budget\n");
    write("strange.toml", "colour = \"red\"\n");
    const QString tmp = m_folder.path() + u'/';
    for (const char* name :
         {"picture.png", "page.html", "program", "one.zip", "two.zip", "two.zip!c.folded", "one.zip!picture.png",
          "empty.zip", "cut.zip", "links.tar", "old.bin", "new.bin", "short.bin", "a.folded!b", "missing.prof", ""})
        run(QStringLiteral("file %1").arg(QLatin1String(name)), {"info", tmp + QLatin1String(name)});

    // Notes beside what opens.
    run(QStringLiteral("top beside.zip"), {"top", tmp + "beside.zip", "-n", "1"});
    run(QStringLiteral("top --quiet beside.zip"), {"top", "--quiet", tmp + "beside.zip", "-n", "1"});

    // Wrong usage.
    const QString prof = QStringLiteral("pstats/tiny-mutual-clock.prof");
    const QList<QStringList> wrong{
        {"info"},
        {"top", prof, "--sort", "colour"},
        {"top", prof, "--filter", "("},
        {"top", prof, "-n", "-1"},
        {"top", prof, "--csv", "--json"},
        {"top", prof, "--format", "excel"},
        {"top", prof, "--metric", "colour"},
        {"top", prof, "--lane", "nowhere"},
        {"top", "memray/leak.bin", "--temporary-threshold", "5000"},
        {"callers", prof, "nobody"},
        {"graph", prof, "-o", tmp + "out.bmp"},
        {"graph", prof, "-o", tmp + "out.svg", "--root", "nobody"},
        {"graph", prof, "-o", tmp + "out.svg", "--node-thres", "many"},
        {"flame", prof, "-o", tmp + "out.svg", "--size", "0x0"},
        {"flame", prof, "-o", tmp + "out.svg", "--inverted"},
        {"flame", prof, "-o", tmp + "out.svg", "--time-order"},
        {"flame", prof, "-o", tmp + "out.txt"},
        {"sunburst", prof, "-o", tmp + "out.svg", "--theme", "pink"},
        {"convert", prof, "-o", tmp + "out.unknown"},
        {"convert", prof, "-o", tmp + "out.x", "--to", "excel"},
        {"convert", "collapsed/recursion.folded", "-o", tmp + "out.prof", "--to", "pstats"},
        {"diff", prof},
        {"diff", prof, prof, "--sort", "colour"},
        {"diff", prof, prof, "--target", "nobody"},
        {"check", prof, prof, "--fail-if", "total is bad"},
        {"check", prof, prof, "--fail-if", "self(nobody)>1%"},
        {"check", prof, prof, "--fail-if", "total>+5MiB"},
        {"check", prof, prof, "--budget", tmp + "missing.toml"},
        {"check", prof, prof, "--budget", tmp + "budget.toml"},
        {"check", prof, prof, "--budget", tmp + "broken.toml"},
        {"check", prof, prof, "--budget", tmp + "strange.toml"},
        {"--compare", prof},
        {"--window-size", "huge"},
        {"--window-size", "99999x99999"},
        {"--theme", "pink"},
        {"convert", prof, "-o", "/nowhere/out.folded"},
    };
    for (const QStringList& arguments : wrong)
        run(QStringLiteral("sundial ") + QString(arguments.join(u' ')).replace(tmp, QStringLiteral("TMP/")), arguments);
}

void TestRefusals::wording()
{
    const QString now = m_lines.join(u'\n') + u'\n';
    if (qEnvironmentVariableIsSet("SUNDIAL_UPDATE_GOLDEN")) {
        QFile file(kGolden);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(now.toUtf8());
        return;
    }
    QFile file(kGolden);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList before = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : std::as_const(m_lines))
        QVERIFY2(before.contains(line), qPrintable(line));
    QCOMPARE(m_lines.size(), before.size());
}

/// Whatever the wording: one line with the place, and what to do after it.
void TestRefusals::sentences()
{
    for (const QString& line : std::as_const(m_lines)) {
        const QStringList parts = line.split(QStringLiteral(" | "));
        const int status = parts[1].toInt();
        QVERIFY2(status == 0 || status == 2 || status == 3 || status == 4, qPrintable(line));
        if (status == 0)
            continue;
        QVERIFY2(!parts[2].contains(QStringLiteral("⏎")), qPrintable(line));
        QVERIFY2(parts[2].count(QStringLiteral(": ")) >= (status == 2 ? 1 : 2), qPrintable(line));
        QVERIFY2(!parts[2].contains(QStringLiteral("std::")) && !parts[2].contains(QStringLiteral("0x7f")),
                 qPrintable(line));
    }
}

void TestRefusals::cleanupTestCase()
{
    m_lines.clear();
}

QTEST_GUILESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
