// SPDX-License-Identifier: GPL-3.0-or-later
// Archives from CI and archives from an enemy.
#include "parsers/container.h"
#include "tests/support/pack.h"

#include <QFile>
#include <QTest>

using namespace sundial;
using namespace sundial::test;

namespace
{

std::string pstatsBytes()
{
    QFile file(QStringLiteral(SUNDIAL_FIXTURES "/pstats/tiny-integer-clock.prof"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

class TestContainer : public QObject
{
    Q_OBJECT

private slots:
    void findsProfiles_data();
    void findsProfiles();
    void nested();
    void refuses_data();
    void refuses();
    void bombsAreBounded();
    void cutShort();
    void cancels();
};

void TestContainer::findsProfiles_data()
{
    QTest::addColumn<int>("kind");
    for (const auto& [name, kind] :
         {std::pair{"zip", 0}, {"tar", 1}, {"tar.gz", 2}, {"tar.xz", 3}, {"tar.zst", 4}, {"tar.bz2", 5}})
        QTest::newRow(name) << kind;
}

void TestContainer::findsProfiles()
{
    QFETCH(int, kind);
    const std::vector<PackedFile> files{
        {"unit/a.prof", pstatsBytes()}, {"readme.txt", "nothing to see\n"}, {"empty", ""}};
    const auto tar = archive_write_set_format_pax_restricted;
    const std::string bytes = kind == 0   ? zip(files)
                              : kind == 1 ? pack(files, tar, archive_write_add_filter_none)
                              : kind == 2 ? pack(files, tar, archive_write_add_filter_gzip)
                              : kind == 3 ? pack(files, tar, archive_write_add_filter_xz)
                              : kind == 4 ? pack(files, tar, archive_write_add_filter_zstd)
                                          : pack(files, tar, archive_write_add_filter_bzip2);
    QVERIFY(isArchive(bytes) || isCompressed(bytes));
    Progress progress;
    const Result<ContainerListing> listing = listArchive(bytes, {}, progress);
    QVERIFY(listing);
    QCOMPARE(listing->members.size(), 3u);
    QCOMPARE(listing->members[0].path, "unit/a.prof");
    QVERIFY(listing->members[0].format && listing->members[0].format->id == "pstats");
    QVERIFY(!listing->members[1].format);
    QVERIFY(listing->members[1].skipped.find("text") != std::string::npos);
    QCOMPARE(listing->members[2].skipped, "Empty.");
    const Result<std::string> content = readMember(bytes, "unit/a.prof", {}, progress);
    QVERIFY(content && *content == files[0].content);
    QVERIFY(!readMember(bytes, "unit/b.prof", {}, progress));
}

void TestContainer::nested()
{
    const std::string profile = pstatsBytes();
    const std::string inner =
        pack({{"deep/x.prof", profile}}, archive_write_set_format_pax_restricted, archive_write_add_filter_gzip);
    const std::string gz = compressed(profile, archive_write_add_filter_gzip);
    const std::string bytes = zip({{"runs/inner.tar.gz", inner}, {"y.prof.gz", gz}});
    Progress progress;
    const Result<ContainerListing> listing = listArchive(bytes, {}, progress);
    QVERIFY(listing);
    QCOMPARE(listing->members.size(), 2u);
    QCOMPARE(listing->members[0].path, "runs/inner.tar.gz!deep/x.prof");
    QVERIFY(listing->members[0].format);
    QVERIFY(listing->members[1].format);
    for (const ContainerMember& member : listing->members) {
        const Result<std::string> content = readMember(bytes, member.path, {}, progress);
        QVERIFY(content && *content == profile);
    }
    std::string matryoshka = zip({{"a.prof", profile}});
    for (int i = 0; i < 8; ++i)
        matryoshka = zip({{"inner.zip", matryoshka}});
    const Result<ContainerListing> deep = listArchive(matryoshka, {}, progress);
    QVERIFY(deep && deep->members.size() == 1 && !deep->members[0].format);
    QVERIFY(deep->members[0].skipped.find("nested too deep") != std::string::npos);
}

void TestContainer::refuses_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isLink");
    QTest::addColumn<QString>("reason");
    QTest::newRow("parent folder") << "../../etc/x.prof" << false << "leads out";
    QTest::newRow("absolute") << "/etc/x.prof" << false << "leads out";
    QTest::newRow("Windows parent") << "a\\..\\..\\x.prof" << false << "leads out";
    QTest::newRow("symbolic link") << "link.prof" << true << "not followed";
}

void TestContainer::refuses()
{
    QFETCH(QString, path);
    QFETCH(bool, isLink);
    QFETCH(QString, reason);
    const std::string bytes =
        pack({{path.toStdString(), isLink ? "/etc/passwd" : pstatsBytes(), isLink}, {"good.prof", pstatsBytes()}},
             archive_write_set_format_pax_restricted, archive_write_add_filter_none);
    Progress progress;
    const Result<ContainerListing> listing = listArchive(bytes, {}, progress);
    QVERIFY(listing && listing->members.size() == 2);
    QVERIFY(!listing->members[0].format);
    QVERIFY2(listing->members[0].skipped.find(reason.toStdString()) != std::string::npos,
             listing->members[0].skipped.c_str());
    QVERIFY(listing->members[1].format); // one bad member spoils nothing
}

void TestContainer::bombsAreBounded()
{
    const std::string zeros = std::string(40 << 20, '\0');
    const std::string gz = compressed(zeros, archive_write_add_filter_gzip);
    Progress progress;
    ContainerLimits limits;
    limits.unpack.maxBytes = 8 << 20;
    const Result<std::string> refused = decompress(gz, limits.unpack, progress);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::TooLarge);
    QVERIFY(decompress(gz, {}, progress));

    std::vector<PackedFile> many;
    for (int i = 0; i < 200; ++i)
        many.push_back({std::to_string(i) + ".txt", "x"});
    limits.members = 100;
    const Result<ContainerListing> listing = listArchive(zip(many), limits, progress);
    QVERIFY(listing);
    QCOMPARE(listing->members.size(), 100u);
    QCOMPARE(listing->warnings.size(), 1u);
}

void TestContainer::cutShort()
{
    const std::string bytes = pack({{"a.prof", pstatsBytes()}, {"b.prof", pstatsBytes()}},
                                   archive_write_set_format_pax_restricted, archive_write_add_filter_gzip);
    Progress progress;
    for (std::size_t size = 0; size < bytes.size(); size += bytes.size() / 64 + 1) {
        const Result<ContainerListing> listing = listArchive(std::string_view(bytes).substr(0, size), {}, progress);
        if (!listing)
            QVERIFY(!listing.error().message.empty());
        const Result<std::string> content = decompress(std::string_view(bytes).substr(0, size), {}, progress);
        QVERIFY2(!content, qPrintable(QString::number(size)));
    }
}

void TestContainer::cancels()
{
    Progress progress;
    progress.cancel();
    const Result<ContainerListing> listing = listArchive(zip({{"a.prof", pstatsBytes()}}), {}, progress);
    QVERIFY(!listing);
    QCOMPARE(listing.error().kind, ErrorKind::Cancelled);
}

QTEST_APPLESS_MAIN(TestContainer)
#include "tst_container.moc"
