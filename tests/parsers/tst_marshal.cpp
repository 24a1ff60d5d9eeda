// SPDX-License-Identifier: GPL-3.0-or-later
// Marshal token by token: every type code, both tables of references, numbers at their limits, hostile nesting.
#include "parsers/support/marshal_reader.h"

#include <QTest>

#include <cmath>

using namespace sundial;
using namespace std::string_literals;

class TestMarshal : public QObject
{
    Q_OBJECT

private slots:
    void scalars_data();
    void scalars();
    void longIntegers_data();
    void longIntegers();
    void floatText();
    void skipsEveryType_data();
    void skipsEveryType();
    void references();
    void referencesCountFromTheFirstByte();
    void python2Strings();
    void visitsFollowReferences();
    void memosBelongToObjects();
    void codeObjects_data();
    void codeObjects();
    void depthIsLimited();
    void errors_data();
    void errors();
};

namespace
{

std::string little32(std::int32_t value)
{
    const auto bits = std::uint32_t(value);
    return {char(bits), char(bits >> 8), char(bits >> 16), char(bits >> 24)};
}

std::string integer(std::int32_t value)
{
    return "i" + little32(value);
}

std::string bytesObject(const std::string& text)
{
    return "s" + little32(std::int32_t(text.size())) + text;
}

} // namespace

void TestMarshal::scalars_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const std::string& bytes, MarshalType type, const char* text = "") {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << int(type) << text;
    };
    row("None", "N", MarshalType::None);
    row("True", "T", MarshalType::True);
    row("False", "F", MarshalType::False);
    row("end", "0", MarshalType::End);
    row("Ellipsis", ".", MarshalType::Other);
    row("bytes", bytesObject("ab"), MarshalType::Bytes, "ab");
    row("unicode", "u\2\0\0\0hi"s, MarshalType::Text, "hi");
    row("interned", "\xf4\2\0\0\0hi"s, MarshalType::Text, "hi");
    row("ASCII", "a\2\0\0\0hi"s, MarshalType::Text, "hi");
    row("ASCII interned", "A\2\0\0\0hi"s, MarshalType::Text, "hi");
    row("short", "z\2hi", MarshalType::Text, "hi");
    row("short interned", "\xda\2hi", MarshalType::Text, "hi");
    row("empty", "z\0"s, MarshalType::Text, "");
}

void TestMarshal::scalars()
{
    QFETCH(QByteArray, bytes);
    MarshalReader reader({bytes.constData(), std::size_t(bytes.size())});
    const MarshalToken token = reader.next();
    QTEST(int(token.type), "type");
    QTEST(QString::fromStdString(std::string(token.text)), "text");
    QCOMPARE(reader.left(), std::size_t(0));
}

void TestMarshal::longIntegers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<bool>("clamped");
    const auto row = [](const char* name, const std::string& bytes, std::int64_t value, bool isClamped = false) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << qint64(value) << isClamped;
    };
    row("int", integer(-5), -5);
    row("int64", "I\0\0\0\0\0\0\0\x80"s, INT64_MIN);
    row("zero digits", "l" + little32(0), 0);
    row("one digit", "l" + little32(1) + "\xff\x7f", 32767);
    row("negative", "l" + little32(-2) + "\1\0\2\0"s, -65537);
    row("2^62", "l" + little32(5) + "\0\0\0\0\0\0\0\0\4\0"s, std::int64_t(1) << 62);
    row("2^63 - 1", "l" + little32(5) + "\xff\x7f\xff\x7f\xff\x7f\xff\x7f\7\0"s, INT64_MAX);
    row("2^63", "l" + little32(5) + "\0\0\0\0\0\0\0\0\x8\0"s, INT64_MAX, true);
    row("-2^100", "l" + little32(-7) + "\0\0\0\0\0\0\0\0\0\0\0\0\0\4"s, INT64_MIN, true);
}

void TestMarshal::longIntegers()
{
    QFETCH(QByteArray, bytes);
    MarshalReader reader({bytes.constData(), std::size_t(bytes.size())});
    const MarshalToken token = reader.next();
    QVERIFY2(reader.ok(), reader.error().message.c_str());
    QTEST(qint64(token.integer), "value");
    QTEST(token.isClamped, "clamped");
}

void TestMarshal::floatText()
{
    // Versions 0 and 1 write repr().
    QCOMPARE(MarshalReader("f\4"
                           "0.25")
                 .next()
                 .number,
             0.25);
    QCOMPARE(MarshalReader("f\5"
                           "1e-07")
                 .next()
                 .number,
             1e-7);
    QVERIFY(std::isinf(MarshalReader("f\3"
                                     "inf")
                           .next()
                           .number));
    QVERIFY(std::isnan(MarshalReader("f\3"
                                     "nan")
                           .next()
                           .number));
}

void TestMarshal::skipsEveryType_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const std::string& bytes) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes);
    };
    row("tuple", "(" + little32(2) + integer(1) + "N");
    row("short tuple", ")\2NT");
    row("list", "[" + little32(1) + ")\1N");
    row("set", "<" + little32(1) + "N");
    row("frozenset", ">" + little32(1) + "N");
    row("dictionary", "{" + integer(1) + "{0N)\1N0");
    row("frozen dictionary (3.15)", "}" + integer(1) + "N0");
    row("slice (3.14)", ":" + integer(1) + "NN");
    row("complex", "y0123456789abcdef");
    row("complex as text", "x\1"
                           "1\3"
                           "2.5");
}

void TestMarshal::skipsEveryType()
{
    QFETCH(QByteArray, bytes);
    const std::string text = bytes.toStdString() + "T";
    MarshalReader reader(text);
    reader.skip(reader.next());
    QVERIFY2(reader.ok(), reader.error().message.c_str());
    QCOMPARE(int(reader.next().type), int(MarshalType::True));
}

void TestMarshal::references()
{
    const std::string bytes = ")\4\xda\1"
                              "a\xe9\7\0\0\0r\0\0\0\0r\1\0\0\0"s;
    MarshalReader reader(bytes);
    reader.next();
    reader.next();
    reader.next();
    QCOMPARE(reader.next().text, "a");
    QCOMPARE(reader.next().integer, std::int64_t(7));
    QVERIFY(reader.ok());
}

void TestMarshal::referencesCountFromTheFirstByte()
{
    // A tuple takes its place before its items: object 0 is the tuple, 1 the text, 2 the number after it.
    const std::string bytes = "[" + little32(3) +
                              "\xa9\1\xda\1"
                              "a\xe9\7\0\0\0r\2\0\0\0"s;
    MarshalReader reader(bytes);
    reader.next();
    reader.skip(reader.next());
    reader.next();
    QCOMPARE(reader.next().integer, std::int64_t(7));
}

void TestMarshal::python2Strings()
{
    // Interned strings (t) are numbered, plain ones (s) are not.
    const std::string bytes =
        "(" + little32(5) + "s\1\0\0\0x"s + "t\1\0\0\0a"s + "t\1\0\0\0b"s + "R" + little32(1) + "R" + little32(0);
    MarshalReader reader(bytes);
    reader.next();
    for (const char* text : {"x", "a", "b", "b", "a"})
        QCOMPARE(reader.next().text, text);
    QVERIFY(reader.ok());
}

void TestMarshal::visitsFollowReferences()
{
    const std::string bytes = "[" + little32(3) +
                              "\xa9\2\xda\1"
                              "a" +
                              integer(1) + "r\0\0\0\0"s + integer(9);
    MarshalReader reader(bytes);
    reader.next();
    for (int pass = 0; pass < 2; ++pass) {
        const MarshalToken tuple = reader.next();
        QCOMPARE(int(tuple.type), int(MarshalType::Tuple));
        QCOMPARE(tuple.isReference, pass == 1);
        const MarshalReader::Visit visit(reader, tuple);
        QCOMPARE(reader.next().text, "a");
        QCOMPARE(reader.next().integer, std::int64_t(1));
    }
    QCOMPARE(reader.next().integer, std::int64_t(9)); // back behind the reference
}

void TestMarshal::memosBelongToObjects()
{
    const std::string bytes = ")\6\xda\1"
                              "az\1b\xa9\0r\0\0\0\0r\1\0\0\0r\0\0\0\0"s;
    MarshalReader reader(bytes);
    reader.next();
    QCOMPARE(reader.takeMemo(false), 0U); // no reference
    reader.setMemo(reader.next(), 42);
    reader.setMemo(reader.next(), 1); // nobody can refer to it: nothing to keep
    reader.setMemo(reader.next(), 43);
    QCOMPARE(reader.takeMemo(true), 0U); // of a text
    QCOMPARE(reader.takeMemo(false), 42U);
    QCOMPARE(reader.takeMemo(false), 0U); // of a tuple
    QCOMPARE(reader.takeMemo(true), 43U);
    QCOMPARE(reader.next().text, std::string_view("a")); // whoever wants the object itself still gets it
    QCOMPARE(reader.takeMemo(false), 0U);                // the end
    QVERIFY(reader.ok());
}

void TestMarshal::codeObjects_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const std::string tuple = ")\0"s;
    const std::string nested = "\xa9\1r\1\0\0\0"s; // a tuple that refers to an object inside the code
    const auto ints = [](int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += little32(0x73); // the flags of a generator: the letter of a byte string
        return text;
    };
    const std::string names = "z\4x.pyz\1f";
    const auto row = [](const char* name, const std::string& bytes) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes);
    };
    const std::string code = "\xf3\2\0\0\0ab"s;
    const std::string old = code + tuple + tuple + nested + tuple + tuple + names + little32(7) + bytesObject("");
    row("Python 2", "\xe3" + ints(4) + old);
    row("Python 3.0 to 3.7", "\xe3" + ints(5) + old);
    row("Python 3.8 to 3.10", "\xe3" + ints(6) + old);
    row("Python 3.11 and later", "\xe3" + ints(5) + code + tuple + tuple + nested + bytesObject("\x20") + names +
                                     "z\3A.f" + little32(7) + bytesObject("l") + bytesObject("e"));
}

void TestMarshal::codeObjects()
{
    QFETCH(QByteArray, bytes);
    // The reference behind it is to the object that follows the code: its number shows that all tables are right.
    const std::string text = ")\3" + bytes.toStdString() + "\xe9\5\0\0\0"s + "r\3\0\0\0"s;
    MarshalReader reader(text);
    reader.next();
    const MarshalToken code = reader.next();
    QVERIFY2(reader.ok(), reader.error().message.c_str());
    QCOMPARE(int(code.type), int(MarshalType::Code));
    QCOMPARE(code.text, "f");
    QCOMPARE(code.file, "x.py");
    QCOMPARE(code.integer, std::int64_t(7));
    QCOMPARE(reader.next().integer, std::int64_t(5));
    QCOMPARE(reader.next().integer, std::int64_t(5));
    QVERIFY(reader.ok());
}

void TestMarshal::depthIsLimited()
{
    for (const int depth : {90, 101, 1'000'000}) {
        std::string bytes;
        for (int i = 0; i < depth; ++i)
            bytes += ")\1";
        bytes += "N";
        MarshalReader reader(bytes);
        reader.skip(reader.next());
        QCOMPARE(reader.ok(), depth == 90);
    }
}

void TestMarshal::errors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::addColumn<qint64>("offset");
    const auto row = [](const char* name, const std::string& bytes, ErrorKind kind, qint64 offset) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << int(kind) << offset;
    };
    row("nothing", "", ErrorKind::Truncated, 0);
    row("half a number", "i\1\0"s, ErrorKind::Truncated, 3);
    row("text without an end", "z\5hi", ErrorKind::Truncated, 2);
    row("negative length", "s" + little32(-1), ErrorKind::Malformed, 1);
    row("tuple beyond any file", "(" + little32(1'000'000), ErrorKind::Malformed, 1);
    row("tuple without its items", ")\2N", ErrorKind::Truncated, 3);
    row("end inside a tuple", ")\2N0", ErrorKind::Malformed, 3);
    row("dictionary with half a pair", "{N0", ErrorKind::Malformed, 2);
    row("digit too large", "l" + little32(1) + "\xff\xff", ErrorKind::Malformed, 1);
    row("leading zero digit", "l" + little32(2) + "\1\0\0\0"s, ErrorKind::Malformed, 1);
    row("digits without an end", "l" + little32(INT32_MIN), ErrorKind::Truncated, 5);
    row("no such reference", "r" + little32(0), ErrorKind::Malformed, 0);
    row("negative reference", "r" + little32(-1), ErrorKind::Malformed, 0);
    row("no such string", "R" + little32(3), ErrorKind::Malformed, 0);
    row("contains itself", "\xa9\1r" + little32(0), ErrorKind::Malformed, 2);
    row("bad float text",
        "f\3"
        "1x2",
        ErrorKind::Malformed, 1);
    row("unknown code", "Q", ErrorKind::Malformed, 0);
}

void TestMarshal::errors()
{
    QFETCH(QByteArray, bytes);
    MarshalReader reader({bytes.constData(), std::size_t(bytes.size())});
    reader.skip(reader.next());
    QVERIFY(!reader.ok());
    QTEST(int(reader.error().kind), "kind");
    QTEST(qint64(reader.error().offset), "offset");
    QCOMPARE(int(reader.next().type), int(MarshalType::Failed)); // it stays failed
}

QTEST_APPLESS_MAIN(TestMarshal)
#include "tst_marshal.moc"
