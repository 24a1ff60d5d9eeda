// SPDX-License-Identifier: GPL-3.0-or-later
// Which module a path belongs to, and whether it is the reader's own code.
#include "model/modules.h"

#include <QTest>

using namespace sundial;

class TestModules : public QObject
{
    Q_OBJECT

private slots:
    void moduleOf_data();
    void moduleOf();
    void native_data();
    void native();
    void oneNameOfTwoKinds();
    void labelsAreNoModule();
};

void TestModules::moduleOf_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<ModuleKind>("kind");
    const auto row = [](const char* tag, const char* file, const char* name, ModuleKind kind) {
        QTest::newRow(tag) << QByteArray(file) << QByteArray(name) << kind;
    };
    row("own folder", "/home/me/shop/report.py", "shop", ModuleKind::Own);
    row("own file", "/home/me/shop/src/report.py", "report", ModuleKind::Own);
    row("relative", "report.py", "report", ModuleKind::Own);
    row("standard library", "/usr/lib/python3.11/json/encoder.py", "json", ModuleKind::Library);
    row("standard library, as samplers write it", "json/encoder.py", "json", ModuleKind::Library);
    row("file of it", "threading.py", "threading", ModuleKind::Library);
    row("on Windows", "concurrent\\futures\\thread.py", "concurrent", ModuleKind::Library);
    row("own program called like a module", "profile.py", "profile", ModuleKind::Own);
    row("own folder called like a package", "/home/me/json/orders.py", "json", ModuleKind::Own);
    row("own tests", "test/orders.py", "test", ModuleKind::Own);
    row("installed", "/venv/lib/python3.12/site-packages/rich/text.py", "rich", ModuleKind::Library);
    row("installed on Windows", "C:\\venv\\Lib\\site-packages\\rich\\text.py", "rich", ModuleKind::Library);
    row("frozen", "<frozen importlib._bootstrap>", "importlib", ModuleKind::Library);
    row("command of a package", "/opt/env/bin/pytest", "pytest", ModuleKind::Library);
    row("command on Windows", "C:\\venv\\Scripts\\pytest", "pytest", ModuleKind::Library);
    row("own program in bin", "/home/me/bin/report.py", "report", ModuleKind::Own);
    row("built-in", "~", "built-in", ModuleKind::Builtin);
}

void TestModules::moduleOf()
{
    QFETCH(QByteArray, file);
    const std::string path = file.toStdString(); // the name is a view into it
    const ModuleName module = sundial::moduleOf(path, "f", FrameKind::Python);
    QTEST(QByteArray(module.name.data(), qsizetype(module.name.size())), "name");
    QTEST(module.kind, "kind");
}

void TestModules::native_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<ModuleKind>("kind");
    const auto row = [](const char* file, const char* name, ModuleKind kind) {
        QTest::newRow(file) << QByteArray(file) << QByteArray(name) << kind;
    };
    // The interpreter is nobody's own code, by its sources and by its binaries.
    row("Objects/listobject.c", "CPython", ModuleKind::Builtin);
    row("/b/Python-3.12.1/Python/ceval.c", "CPython", ModuleKind::Builtin);
    row("/opt/py/3.12/bin/python3.12", "CPython", ModuleKind::Builtin);
    row("/opt/py/3.12/lib/libpython3.12d.so.1.0", "CPython", ModuleKind::Builtin);
    row("/usr/bin/python_tool", "python_tool", ModuleKind::Library);
    row("/lib/x86_64-linux-gnu/libz.so.1", "libz", ModuleKind::Library);
    row("/v/lib/python3.12/site-packages/numpy/core/_multiarray_umath.so", "numpy", ModuleKind::Library);
    row("/home/me/fast/src/grid.cpp", "grid", ModuleKind::Own);
}

void TestModules::native()
{
    QFETCH(QByteArray, file);
    const std::string path = file.toStdString();
    const ModuleName module = sundial::moduleOf(path, "f", FrameKind::Native);
    QTEST(QByteArray(module.name.data(), qsizetype(module.name.size())), "name");
    QTEST(module.kind, "kind");
    QCOMPARE(sundial::moduleOf({}, "no Python stack", FrameKind::Other).name, std::string_view("no Python stack"));
}

void TestModules::oneNameOfTwoKinds()
{
    FrameTable frames;
    const auto frame = [&frames](const char* name, const char* file) {
        return frames.intern({frames.strings().intern(name), frames.strings().intern(file), 1});
    };
    const FrameId library = frame("dumps", "/usr/lib/python3.11/json/__init__.py");
    const FrameId own = frame("load", "/home/me/json/orders.py");
    FunctionTable functions;
    functions.self = {1, 2};
    const ModuleTable table = moduleTable(frames, functions);
    QCOMPARE(table.modules.size(), std::size_t(2));
    QVERIFY(table.isOwn(own));
    QVERIFY(!table.isOwn(library));
    QCOMPARE(table.of(own).self, 2.0);
}

/// However many threads and processes a sampler names, they are one entry and no code.
void TestModules::labelsAreNoModule()
{
    FrameTable frames;
    const auto frame = [&frames](const char* name, FrameKind kind) {
        return frames.intern({.name = frames.strings().intern(name), .file = {}, .kind = kind});
    };
    const FrameId main = frame("thread (0x7F1B64AC4740): MainThread", FrameKind::Other);
    const FrameId worker = frame("thread (0x7F1B5F7FE6C0): worker.py", FrameKind::Other);
    const FrameId process = frame("process 29137:\"python3 app.py\"", FrameKind::Other);
    const FrameId invalid = frame(":INVALID:", FrameKind::Other);
    const FrameId code = frame("process orders", FrameKind::Python); // a function of that name stays one
    FunctionTable functions;
    functions.self = {1, 2, 4, 8, 16};
    const ModuleTable table = moduleTable(frames, functions);
    QCOMPARE(table.modules.size(), std::size_t(2));
    for (const FrameId label : {main, worker, process, invalid}) {
        QCOMPARE(table.of(label).name, std::string("other"));
        QCOMPARE(table.of(label).kind, ModuleKind::None);
        QCOMPARE(table.of(label).self, 15.0);
    }
    QCOMPARE(table.of(code).name, std::string("process"));
}

QTEST_GUILESS_MAIN(TestModules)
#include "tst_modules.moc"
