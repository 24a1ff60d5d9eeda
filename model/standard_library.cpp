// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/standard_library.h"

#include <algorithm>
#include <array>

namespace sundial
{

namespace
{

/// Files and packages below lib/pythonX.Y, sorted; without code, cmd, profile, test, trace and this, names that
/// programs of one's own have.
constexpr auto kModules = std::to_array<std::string_view>({
    "__future__", "__hello__", "_aix_support", "_android_support", "_bootlocale", "_bootsubprocess", "_collections_abc",
    "_colorize", "_compat_pickle", "_compression", "_dummy_thread", "_ios_support", "_markupbase", "_opcode_metadata",
    "_osx_support", "_py_abc", "_pydatetime", "_pydecimal", "_pyio", "_pylong", "_pyrepl", "_sitebuiltins", "_strptime",
    "_threading_local", "_weakrefset", "abc", "aifc", "annotationlib", "argparse", "ast", "asynchat", "asyncio",
    "asyncore", "base64", "bdb", "binhex", "bisect", "bz2", "cProfile", "calendar", "cgi", "cgitb", "codecs", "codeop",
    "collections", "colorsys", "compileall", "concurrent", "configparser", "contextlib", "contextvars", "copy",
    "copyreg", "crypt", "csv", "ctypes", "curses", "dataclasses", "datetime", "dbm", "decimal", "difflib", "dis",
    "distutils", "doctest", "dummy_threading", "email", "encodings", "ensurepip", "enum", "filecmp", "fileinput",
    "fnmatch", "fractions", "ftplib", "functools", "genericpath", "getopt", "getpass", "gettext", "glob", "graphlib",
    "gzip", "hashlib", "heapq", "hmac", "html", "http", "idlelib", "imaplib", "imghdr", "imp", "importlib", "inspect",
    "io", "ipaddress", "json", "keyword", "lib2to3", "linecache", "locale", "logging", "lzma", "macpath", "mailbox",
    "mailcap", "mimetypes", "modulefinder", "multiprocessing", "netrc", "nntplib", "ntpath", "nturl2path", "numbers",
    "opcode", "operator", "optparse", "os", "pathlib", "pdb", "pickle", "pickletools", "pipes", "pkgutil", "platform",
    "plistlib", "poplib", "posixpath", "pprint", "pstats", "pty", "py_compile", "pyclbr", "pydoc", "pydoc_data",
    "queue", "quopri", "random", "re", "reprlib", "rlcompleter", "runpy", "sched", "secrets", "selectors", "shelve",
    "shlex", "shutil", "signal", "site", "smtpd", "smtplib", "sndhdr", "socket", "socketserver", "sqlite3",
    "sre_compile", "sre_constants", "sre_parse", "ssl", "stat", "statistics", "string", "stringprep", "struct",
    "subprocess", "sunau", "symtable", "sysconfig", "tabnanny", "tarfile", "telnetlib", "tempfile", "textwrap",
    "threading", "timeit", "tkinter", "token", "tokenize", "tomllib", "traceback", "tracemalloc", "tty", "turtle",
    "types", "typing", "unittest", "urllib", "uu", "uuid", "venv", "warnings", "wave", "weakref", "webbrowser",
    "wsgiref", "xdrlib", "xml", "xmlrpc", "zipapp", "zipfile", "zipimport", "zoneinfo"});
static_assert(std::is_sorted(kModules.begin(), kModules.end()));

} // namespace

bool isStandardLibraryPath(std::string_view path)
{
    constexpr std::string_view kEnd = ".py";
    const std::size_t separator = path.find_first_of("/\\");
    std::string_view module = path.substr(0, separator);
    if (separator == path.npos) {
        if (!module.ends_with(kEnd))
            return false;
        module.remove_suffix(kEnd.size());
    }
    return std::binary_search(kModules.begin(), kModules.end(), module);
}

} // namespace sundial
