// SPDX-License-Identifier: GPL-3.0-or-later
// One way in for everything: plain, compressed and archived files, members by name, and what is refused.
#include "app/input_file.h"
#include "app/loader.h"
#include "tests/support/files.h"
#include "tests/support/pack.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sundial;
using namespace sundial::test;

namespace
{

const std::string kStacks = "main;work 30\nmain;rest 12\n";

} // namespace

class TestLoader : public QObject
{
    Q_OBJECT

private slots:
    void sameProfileFromEveryWrapping_data();
    void sameProfileFromEveryWrapping();
    void severalProfilesAreListed();
    void memberByName();
    void refuses_data();
    void refuses();
    void exclamationMarkInAName();
    void bombIsRefused();
    void cutArchiveWarns();
    void unreadableMemberIsTold();
    void cancels();

private:
    QString write(const QString& name, const std::string& bytes) const;
    Result<ProfilePtr> load(const QString& path, const LoadOptions& options = {}) const;

    QTemporaryDir m_folder;
};

QString TestLoader::write(const QString& name, const std::string& bytes) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
        qFatal("cannot write a temporary file");
    return file.fileName();
}

Result<ProfilePtr> TestLoader::load(const QString& path, const LoadOptions& options) const
{
    Progress progress;
    return loadFile(path, options, progress);
}

void TestLoader::sameProfileFromEveryWrapping_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    const auto add = [](const char* name, const std::string& bytes) {
        QTest::newRow(name) << QString::fromLatin1(name) << QByteArray::fromStdString(bytes);
    };
    const auto tar = archive_write_set_format_pax_restricted;
    const std::vector<PackedFile> files{{"readme.md", "# Nothing\n"}, {"out/stacks.txt", kStacks}};
    add("plain.txt", kStacks);
    add("one.txt.gz", compressed(kStacks, archive_write_add_filter_gzip));
    add("one.txt.zst", compressed(kStacks, archive_write_add_filter_zstd));
    add("one.txt.xz", compressed(kStacks, archive_write_add_filter_xz));
    add("one.txt.bz2", compressed(kStacks, archive_write_add_filter_bzip2));
    add("twice.gz.xz", compressed(compressed(kStacks, archive_write_add_filter_gzip), archive_write_add_filter_xz));
    add("archive.zip", zip(files));
    add("archive.tar", pack(files, tar, archive_write_add_filter_none));
    add("archive.tar.gz", pack(files, tar, archive_write_add_filter_gzip));
    add("archive.tar.zst", pack(files, tar, archive_write_add_filter_zstd));
    add("wrong-suffix.prof", zip(files));
    add("nested.zip", zip({{"inner.tar.xz", pack(files, tar, archive_write_add_filter_xz)}}));
}

void TestLoader::sameProfileFromEveryWrapping()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    const Result<ProfilePtr> profile = load(write(name, bytes.toStdString()));
    QVERIFY2(profile, describe(profile).constData());
    QCOMPARE((*profile)->formatId, "collapsed");
    QCOMPARE((*profile)->total(MetricId{0}), 42.0);
    QVERIFY((*profile)->warnings.empty());
}

void TestLoader::severalProfilesAreListed()
{
    std::vector<PackedFile> files{{"notes.html", "<html></html>"}};
    for (int i = 0; i < 12; ++i)
        files.push_back({"run/" + std::to_string(i) + ".txt", kStacks});
    const QString path = write(QStringLiteral("several.zip"), zip(files));
    const Result<ProfilePtr> profile = load(path);
    QVERIFY(!profile);
    QCOMPARE(profile.error().kind, ErrorKind::Several);
    QCOMPARE(profile.error().message, "The archive holds 12 profiles: run/0.txt, run/1.txt, run/2.txt, run/3.txt, "
                                      "run/4.txt, run/5.txt, run/6.txt, run/7.txt and 4 others.");
    const std::string named = path.toStdString() + "!run/0.txt";
    QVERIFY(profile.error().cure.find(named) != std::string::npos);
    QVERIFY(load(QString::fromStdString(named))); // what the cure says works
}

void TestLoader::memberByName()
{
    const std::string inner = zip({{"b.txt", "main;b 7\n"}, {"c.txt", "main;c 8\n"}});
    const QString path = write(QStringLiteral("members.zip"), zip({{"a.txt", "main;a 5\n"}, {"inner.zip", inner}}));
    for (const auto& [member, total] :
         {std::pair{"!a.txt", 5.0}, {"!inner.zip!b.txt", 7.0}, {"!inner.zip!c.txt", 8.0}}) {
        const Result<ProfilePtr> profile = load(path + QLatin1String(member));
        QVERIFY2(profile, describe(profile).constData());
        QCOMPARE((*profile)->total(MetricId{0}), total);
    }
}

void TestLoader::refuses_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    const QString folder = m_folder.path() + u'/';
    const auto row = [&](const char* name, const QString& path, ErrorKind kind, const QString& says) {
        QTest::newRow(name) << folder + path << int(kind) << says;
    };
    write(QStringLiteral("r.zip"), zip({{"a.txt", kStacks}, {"picture.png", "\x89PNG\r\n\x1a\n"}}));
    write(QStringLiteral("none.zip"), zip({{"picture.png", "\x89PNG\r\n\x1a\n"}}));
    write(QStringLiteral("plain.txt"), kStacks);
    std::string many;
    for (unsigned i = 0; i < 20'000; ++i)
        many += "main;f" + std::to_string(i * 2654435761u) + " 3\n";
    const std::string zst = compressed(many, archive_write_add_filter_zstd);
    const std::string xz = compressed(many, archive_write_add_filter_xz);
    write(QStringLiteral("cut.zst"), zst.substr(0, zst.size() / 2));
    write(QStringLiteral("cut.xz"), xz.substr(0, xz.size() / 2));
    row("folder", {}, ErrorKind::Io, QStringLiteral("folder"));
    row("missing", QStringLiteral("nowhere.prof"), ErrorKind::Io, QStringLiteral("No such file"));
    row("missing archive", QStringLiteral("nowhere.zip!a.prof"), ErrorKind::Io, QStringLiteral("No such file"));
    row("missing member", QStringLiteral("r.zip!b.txt"), ErrorKind::Io, QStringLiteral("no member “b.txt”"));
    row("member that is no profile", QStringLiteral("r.zip!picture.png"), ErrorKind::UnknownFormat,
        QStringLiteral("a PNG picture"));
    row("no profile inside", QStringLiteral("none.zip"), ErrorKind::NoData, QStringLiteral("picture.png"));
    row("member of a plain file", QStringLiteral("plain.txt!a"), ErrorKind::Io, QStringLiteral("is no archive"));
    write(QStringLiteral("picture.gz"), compressed("\x89PNG\r\n\x1a\n", archive_write_add_filter_gzip));
    row("compressed picture", QStringLiteral("picture.gz"), ErrorKind::UnknownFormat,
        QStringLiteral("The compressed file holds no known profile; it looks like a PNG picture."));
    row("cut zstd", QStringLiteral("cut.zst"), ErrorKind::Truncated, QStringLiteral("ends too early"));
    row("cut xz", QStringLiteral("cut.xz"), ErrorKind::Truncated, QStringLiteral("ends too early"));
}

void TestLoader::refuses()
{
    QFETCH(QString, path);
    QFETCH(int, kind);
    QFETCH(QString, says);
    const Result<ProfilePtr> profile = load(path);
    QVERIFY(!profile);
    QVERIFY2(profile.error().message.find(says.toStdString()) != std::string::npos, describe(profile).constData());
    QCOMPARE(int(profile.error().kind), kind);
}

void TestLoader::exclamationMarkInAName()
{
    const QString path = write(QStringLiteral("wow!.txt"), kStacks);
    QVERIFY(load(path));
    const QString archive = write(QStringLiteral("wow!.zip"), zip({{"a!b.txt", kStacks}, {"c.txt", kStacks}}));
    QVERIFY(load(archive + QStringLiteral("!a!b.txt")));
}

void TestLoader::bombIsRefused()
{
    LoadOptions options;
    options.limits.unpack.maxBytes = 1 << 20;
    const std::string zeros(8 << 20, '\0');
    for (const auto filter : {archive_write_add_filter_gzip, archive_write_add_filter_zstd}) {
        const Result<ProfilePtr> profile = load(write(QStringLiteral("bomb"), compressed(zeros, filter)), options);
        QVERIFY(!profile);
        QCOMPARE(profile.error().kind, ErrorKind::TooLarge);
    }
}

void TestLoader::cutArchiveWarns()
{
    const std::string bytes = pack({{"a.txt", kStacks}, {"b.txt", kStacks}}, archive_write_set_format_pax_restricted,
                                   archive_write_add_filter_none);
    const std::size_t second = bytes.find("b.txt");
    const Result<ProfilePtr> profile = load(write(QStringLiteral("cut.tar"), bytes.substr(0, second + 50)));
    QVERIFY2(profile, describe(profile).constData());
    QCOMPARE((*profile)->warnings.size(), 1u);
    QVERIFY((*profile)->warnings.front().find("ends too early") != std::string::npos);
}

/// One profile opens by itself; what beside it could be another says why it is not.
void TestLoader::unreadableMemberIsTold()
{
    const std::string gzip = compressed(kStacks, archive_write_add_filter_gzip);
    const PackedFile good{"a.txt", kStacks}, broken{"cut.txt.gz", gzip.substr(0, gzip.size() / 2)};
    const PackedFile picture{"picture.png", "\x89PNG\r\n\x1a\n"}; // no profile, and no word about it
    const auto notes = [this](const std::string& bytes, const char* member = "") {
        const Result<ProfilePtr> profile = load(write(QStringLiteral("beside.zip"), bytes) + QLatin1String(member));
        return profile ? (*profile)->warnings : std::vector<std::string>{describe(profile).toStdString()};
    };
    using Notes = std::vector<std::string>;
    QCOMPARE(notes(zip({good, picture})), Notes());
    QCOMPARE(notes(zip({picture, broken, good})),
             Notes{"cut.txt.gz was left out: The compressed file ends too early."});
    const std::string secret = encrypted(zip({good, {"secret.prof", kStacks}, picture, broken}), "secret.prof");
    QCOMPARE(notes(encrypted(zip({good, {"secret.prof", kStacks}}), "secret.prof")),
             Notes{"secret.prof was left out: Encrypted; unpack it by hand."});
    QCOMPARE(notes(secret), Notes{"secret.prof and 1 other were left out. The first: Encrypted; unpack it by hand."});
    QCOMPARE(notes(secret, "!a.txt"), Notes()); // was asked for by name
}

void TestLoader::cancels()
{
    const QString path = write(QStringLiteral("cancel.zip"), zip({{"a.txt", kStacks}}));
    Progress progress;
    progress.cancel();
    const Result<ProfilePtr> profile = loadFile(path, {}, progress);
    QVERIFY(!profile);
    QCOMPARE(profile.error().kind, ErrorKind::Cancelled);
}

QTEST_APPLESS_MAIN(TestLoader)
#include "tst_loader.moc"
