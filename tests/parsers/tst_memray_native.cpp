// SPDX-License-Identifier: GPL-3.0-or-later
// Native frames of memray captures: Python and native stacks as one, with names from a binary that is here. The
// captures are written by the test, and the program that they were recorded from is the test itself.
#include "model/snapshots.h"
#include "parsers/formats.h"
#include "parsers/memray/interpreter_frames.h"

#include <QCoreApplication>
#include <QTest>

#include <link.h>

using namespace sundial;

// Stands for the loop of an interpreter; its name is what tells it.
extern "C" [[gnu::noinline]] void _PyEval_EvalFrameDefault()
{
    asm volatile("");
}
extern "C" [[gnu::noinline]] void startProgram()
{
    asm volatile("");
}
extern "C" [[gnu::noinline]] void sortThings()
{
    asm volatile("");
}
extern "C" [[gnu::noinline]] void growBuffer()
{
    asm volatile("");
}

namespace
{

using Function = void (*)();

std::uint64_t addressOf(Function function)
{
    return reinterpret_cast<std::uint64_t>(function);
}

/// The test's own program, as a capture lists it.
struct Program {
    std::uint64_t load = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> segments;
};

Program thisProgram()
{
    Program program;
    const auto first = [](dl_phdr_info* info, std::size_t, void* data) {
        auto& result = *static_cast<Program*>(data);
        result.load = info->dlpi_addr;
        for (int i = 0; i < info->dlpi_phnum; ++i) {
            if (info->dlpi_phdr[i].p_type == PT_LOAD)
                result.segments.emplace_back(info->dlpi_phdr[i].p_vaddr, info->dlpi_phdr[i].p_memsz);
        }
        return 1; // the program itself comes first
    };
    dl_iterate_phdr(first, &program);
    return program;
}

/// A capture of format 12 with native traces.
class CaptureWriter
{
public:
    explicit CaptureWriter(std::uint64_t framesToSkip)
    {
        text("memray");
        raw(std::uint32_t(12));
        raw(std::uint32_t(0x030b00f0));
        m_bytes += '\1'; // native traces
        m_bytes += '\0';
        raw(std::uint64_t(1));
        raw(std::uint64_t(0));
        raw(std::uint64_t(1'700'000'000'000));
        raw(std::uint64_t(1'700'000'010'000));
        text("test");
        raw(std::uint32_t(1));
        raw(std::uint64_t(1));
        raw(framesToSkip);
        m_bytes += std::string("\1\0\0", 3);
    }

    void image(const std::string& file, const Program& program)
    {
        m_bytes += '\x06';
        library(file, program);
    }
    /// A further one of the same map.
    void library(const std::string& file, const Program& program)
    {
        m_bytes += '\x07';
        text(file);
        varint(program.segments.size());
        raw(program.load);
        for (const auto& [address, size] : program.segments) {
            m_bytes += '\x08';
            raw(address);
            varint(size);
        }
    }

    void thread(std::uint64_t id)
    {
        m_bytes += '\x0c';
        raw(id);
    }

    void push(const std::string& function, bool isEntry)
    {
        m_bytes += '\x0e';
        varint(++m_codes);
        text(function);
        text("/app/main.py");
        m_bytes += std::string("\0\0", 2); // the line, and no table of lines
        m_bytes += isEntry ? '\x41' : '\x40';
        varint(m_codes);
        m_bytes += '\0';
    }

    /// Outermost first. Return addresses.
    void allocate(const std::vector<std::uint64_t>& addresses, std::uint64_t size)
    {
        std::uint64_t parent = 0;
        for (const std::uint64_t address : addresses) {
            m_bytes += '\x05';
            delta(m_address, address);
            delta(m_native, parent);
            parent = ++m_nodes;
        }
        m_bytes += '\xfe'; // malloc, at an address that was not seen before
        varint(0x2000);
        delta(m_native, parent);
        varint(size);
    }

    std::string finish() &&
    {
        m_bytes += '\1';
        return std::move(m_bytes);
    }

private:
    template <class T> void raw(T value) { m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void text(const std::string& value) { m_bytes.append(value.c_str(), value.size() + 1); }
    void varint(std::uint64_t value)
    {
        for (; value > 0x7f; value >>= 7)
            m_bytes += char((value & 0x7f) | 0x80);
        m_bytes += char(value);
    }
    void delta(std::uint64_t& remembered, std::uint64_t value)
    {
        const std::uint64_t difference = value - remembered;
        remembered = value;
        varint(difference << 1 ^ (0 - (difference >> 63)));
    }

    std::string m_bytes;
    std::uint64_t m_codes = 0, m_nodes = 0, m_address = 0, m_native = 0;
};

using Addresses = std::vector<std::uint64_t>;

Addresses returnsTo(const std::vector<Function>& functions)
{
    Addresses addresses;
    for (const Function function : functions)
        addresses.push_back(addressOf(function) + 1);
    return addresses;
}

} // namespace

Q_DECLARE_METATYPE(Addresses)

class TestMemrayNative : public QObject
{
    Q_OBJECT

private slots:
    void stacks_data();
    void stacks();
    void libraryWhereTheInterpreterIsNotHere();
    void firstWithoutNames();
    void interpreterFrames_data();
    void interpreterFrames();
};

/// "main;helper": the stack with the weight.
static QString stackOf(const Profile& profile)
{
    QStringList stack;
    NodeId innermost{0};
    for (std::uint32_t n = 1; n < profile.tree.size(); ++n) {
        if (profile.tree.self(MetricId{0}, NodeId{n}) > 0)
            innermost = NodeId{n};
    }
    for (const NodeId node : pathTo(profile.tree, innermost)) {
        const std::string_view name = profile.frames.name(profile.tree.frame(node));
        stack << QString::fromUtf8(name.data(), qsizetype(name.size()));
    }
    return stack.join(u';');
}

void TestMemrayNative::stacks_data()
{
    QTest::addColumn<Addresses>("addresses");
    QTest::addColumn<int>("framesToSkip");
    QTest::addColumn<int>("thread");
    QTest::addColumn<bool>("isThisBuild");
    QTest::addColumn<QString>("stack");

    const Function loop = _PyEval_EvalFrameDefault;
    const Addresses whole = returnsTo({startProgram, loop, sortThings, loop, growBuffer});
    QTest::newRow("merged") << whole << 0 << 1 << true << "startProgram;main;helper;sortThings;key;growBuffer";
    QTest::newRow("memray's own frames are left out, and what called them")
        << whole << 1 << 1 << true << "helper;sortThings;key;growBuffer";
    QTest::newRow("other threads keep all frames")
        << whole << 1 << 2 << true << "startProgram;main;helper;sortThings;key;growBuffer";
    QTest::newRow("another build") << whole << 0 << 1 << false << "main;helper;key";
    QTest::newRow("another build, frames left out") << whole << 1 << 1 << false << "helper;key";
    QTest::newRow("fewer loops than Python needs")
        << returnsTo({startProgram, loop, growBuffer}) << 0 << 1 << true << "main;helper;key";
    Addresses nowhere = whole;
    nowhere.insert(nowhere.begin() + 3, 0x1000); // in no program
    QTest::newRow("an address nowhere") << nowhere << 0 << 1 << true
                                        << "startProgram;main;helper;sortThings;key;growBuffer";
    Addresses unnamed = whole;
    unnamed.push_back(thisProgram().load + 0x21); // in the header of the file
    QTest::newRow("an address without a name") << unnamed << 0 << 1 << true
                                               << "startProgram;main;helper;sortThings;key;growBuffer;"
                                                  "tst_memray_native+0x21";
}

void TestMemrayNative::stacks()
{
    QFETCH(Addresses, addresses);
    QFETCH(int, framesToSkip);
    QFETCH(int, thread);
    QFETCH(bool, isThisBuild);
    Program program = thisProgram();
    if (!isThisBuild)
        program.segments.back().second += 16;
    CaptureWriter writer{std::uint64_t(framesToSkip)};
    writer.image(QCoreApplication::applicationFilePath().toStdString(), program);
    writer.thread(std::uint64_t(thread));
    writer.push("main", true);
    writer.push("helper", false);
    writer.push("key", true);
    writer.allocate(addresses, 4096);
    const std::string bytes = std::move(writer).finish();

    Progress progress;
    const Result<Profile> profile = parseAny({bytes, "unknown"}, {.nativeFrames = true}, progress);
    QVERIFY2(profile, profile ? "" : profile.error().message.c_str());
    QCOMPARE(profile->total(MetricId{0}), 4096.0);
    QTEST(stackOf(*profile), "stack");
    QCOMPARE(profile->warnings.empty(), isThisBuild);
}

void TestMemrayNative::libraryWhereTheInterpreterIsNotHere()
{
    const Program python{0x100000, {{0, 0x1000}}}, library{0x200000, {{0, 0x1000}}};
    const auto read = [&](const Addresses& addresses) {
        CaptureWriter writer{1};
        writer.image("/nowhere/libpython3.11.so.1.0", python);
        writer.library("/nowhere/libz.so.1", library);
        writer.thread(1);
        writer.push("memray's own", true);
        writer.push("main", true);
        writer.allocate(addresses, 4096);
        const std::string bytes = std::move(writer).finish();
        Progress progress;
        const Result<Profile> profile = parseAny({bytes, "unknown"}, {.nativeFrames = true}, progress);
        return profile ? stackOf(*profile) : QString::fromStdString(profile.error().message);
    };
    // What the interpreter called last; libz called back into it before.
    QCOMPARE(read({0x100010, 0x200999, 0x100020, 0x200020, 0x200040}),
             QStringLiteral("main;libz.so.1+0x20;libz.so.1+0x40"));
    QCOMPARE(read({0x100010, 0x100020}), QStringLiteral("main"));
    QCOMPARE(read({0x200020}), QStringLiteral("main")); // Python inside a program of another name
}

/// While binaries are looked up, the stacks are there with libraries and offsets.
void TestMemrayNative::firstWithoutNames()
{
    CaptureWriter writer{0};
    writer.image(QCoreApplication::applicationFilePath().toStdString(), thisProgram());
    writer.thread(1);
    writer.push("main", true);
    writer.allocate(returnsTo({startProgram, _PyEval_EvalFrameDefault, growBuffer}), 4096);
    const std::string bytes = std::move(writer).finish();
    Snapshots snapshots(std::chrono::milliseconds(0));
    const ShowsSnapshots shows(&snapshots);
    Progress progress;
    const Result<Profile> whole = parseAny({bytes, "unknown"}, {.nativeFrames = true}, progress);
    QVERIFY(whole);
    QCOMPARE(stackOf(*whole), QStringLiteral("startProgram;main;growBuffer"));
    const Snapshot first = snapshots.take();
    QVERIFY(first.profile && first.readShare > 0.9 && first.readShare < 1);
    QCOMPARE(first.profile->total(MetricId{0}), 4096.0);
    QCOMPARE(stackOf(*first.profile), QStringLiteral("main")); // no library of this capture is Python's
}

void TestMemrayNative::interpreterFrames_data()
{
    QTest::addColumn<QString>("function");
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("isInterpreter");
    QTest::newRow("loop") << "_PyEval_EvalFrameDefault"
                          << "/b/Python-3.12.1/Python/ceval.c" << true;
    QTest::newRow("vectorcall") << "cfunction_vectorcall_FASTCALL"
                                << "/b/Objects/methodobject.c" << true;
    QTest::newRow("header") << "_PyObject_VectorcallTstate"
                            << "./Include/internal/pycore_call.h" << true;
    QTest::newRow("all of call.c") << "object_vacall"
                                   << "/b/Objects/call.c" << true;
    QTest::newRow("its work") << "list_resize"
                              << "/b/Objects/listobject.c" << false;
    QTest::newRow("other sources") << "_PyStuff"
                                   << "/app/fast.c" << false;
    QTest::newRow("no source") << "PyObject_Call"
                               << "/usr/lib/libpython3.12.so.1.0" << false;
}

void TestMemrayNative::interpreterFrames()
{
    QFETCH(QString, function);
    QFETCH(QString, file);
    QTEST(memray::isInterpreterFrame(function.toStdString(), file.toStdString()), "isInterpreter");
}

QTEST_GUILESS_MAIN(TestMemrayNative)
#include "tst_memray_native.moc"
