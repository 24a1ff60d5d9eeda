// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed files: members of gzip, cut and damaged streams, and small files that grow without end.
#include "parsers/support/decompress.h"

#include <QTest>

#include <zlib.h>

using namespace sundial;

class TestDecompress : public QObject
{
    Q_OBJECT

private slots:
    void whole();
    void severalMembers();
    void trailingBytes();
    void cutAnywhere();
    void damaged();
    void limits();
    void cancel();
};

namespace
{

std::string gzipped(std::string bytes)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, uLong(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string sample(std::size_t size)
{
    std::string bytes;
    for (std::size_t i = 0; bytes.size() < size; ++i)
        bytes += std::to_string(i * 2654435761U);
    return bytes;
}

} // namespace

void TestDecompress::whole()
{
    Progress progress;
    for (const std::size_t size : {std::size_t(0), std::size_t(1), std::size_t(65536), std::size_t(3'000'000)}) {
        const std::string bytes = sample(size);
        QVERIFY(isCompressed(gzipped(bytes)));
        const Result<std::string> result = decompress(gzipped(bytes), {}, progress);
        QVERIFY(result);
        QVERIFY(*result == bytes);
    }
}

void TestDecompress::severalMembers()
{
    Progress progress;
    const Result<std::string> result = decompress(gzipped("first ") + gzipped("second"), {}, progress);
    QVERIFY(result);
    QCOMPARE(*result, "first second");
}

void TestDecompress::trailingBytes()
{
    Progress progress;
    const Result<std::string> result = decompress(gzipped("text") + std::string(512, '\0'), {}, progress);
    QVERIFY(result);
    QCOMPARE(*result, "text");
}

void TestDecompress::cutAnywhere()
{
    Progress progress;
    const std::string bytes = gzipped(sample(20000));
    for (std::size_t length = 3; length < bytes.size(); length += 97) {
        const Result<std::string> result = decompress(std::string_view(bytes).substr(0, length), {}, progress);
        QVERIFY(!result);
        QVERIFY(result.error().kind == ErrorKind::Truncated);
        QCOMPARE(result.error().offset, std::uint64_t(length));
    }
}

void TestDecompress::damaged()
{
    Progress progress;
    std::string bytes = gzipped(sample(20000));
    bytes[bytes.size() - 6] ^= 1; // the checksum
    const Result<std::string> result = decompress(bytes, {}, progress);
    QVERIFY(!result);
    QVERIFY(result.error().kind == ErrorKind::Malformed);
}

void TestDecompress::limits()
{
    Progress progress;
    const std::string bomb = gzipped(std::string(8 << 20, '\0')); // about 1,000 : 1
    const Result<std::string> bySize = decompress(bomb, {.maxBytes = 1 << 20}, progress);
    QVERIFY(!bySize);
    QVERIFY(bySize.error().kind == ErrorKind::TooLarge);
    const Result<std::string> byRatio = decompress(bomb, {.maxRatio = 100, .freeBytes = 1 << 20}, progress);
    QVERIFY(!byRatio);
    QVERIFY(byRatio.error().kind == ErrorKind::TooLarge);
    QVERIFY(decompress(bomb, {}, progress));
    QVERIFY(decompress(bomb, {.maxBytes = 8 << 20}, progress)); // exactly as much as is allowed
}

void TestDecompress::cancel()
{
    Progress progress;
    progress.cancel();
    const Result<std::string> result = decompress(gzipped("text"), {}, progress);
    QVERIFY(!result);
    QVERIFY(result.error().kind == ErrorKind::Cancelled);
}

QTEST_APPLESS_MAIN(TestDecompress)
#include "tst_decompress.moc"
