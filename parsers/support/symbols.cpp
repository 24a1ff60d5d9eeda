// SPDX-License-Identifier: GPL-3.0-or-later
// With elfutils' libdw. Names are those that memray's libbacktrace prints: linkage names first, and where debug data
// know nothing, the symbol whose extent holds the address.
#include "parsers/support/symbols.h"

#include <elfutils/libdwfl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <cxxabi.h>
#include <dwarf.h>
#include <fcntl.h>
#include <gelf.h>
#include <optional>
#include <unistd.h>

namespace sundial
{

namespace
{

constexpr unsigned kMaxNesting = 1000; // of debug entries; beyond it, damage

std::string demangled(const char* name)
{
    if (name[0] != '_' || name[1] != 'Z')
        return name;
    int status = 0;
    char* const text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
    std::string result = status == 0 && text ? text : name;
    std::free(text);
    return result;
}

/// The function that a debug entry is, or is an instance of.
const char* nameOf(Dwarf_Die* entry)
{
    for (const unsigned attribute : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name, DW_AT_name}) {
        Dwarf_Attribute value;
        if (dwarf_attr_integrate(entry, attribute, &value)) {
            if (const char* const text = dwarf_formstring(&value))
                return text;
        }
    }
    return nullptr;
}

std::uint32_t number(Dwarf_Die* entry, unsigned attribute)
{
    Dwarf_Attribute value;
    Dwarf_Word word = 0;
    return dwarf_attr(entry, attribute, &value) && dwarf_formudata(&value, &word) == 0 ? std::uint32_t(word) : 0;
}

/// A range of addresses that a function, or an inlined call, occupies.
struct Scope {
    Dwarf_Addr begin = 0, end = 0;
    unsigned depth = 0;
    Dwarf_Die entry{};
};

struct Unit {
    Dwarf_Addr begin = 0, end = 0;
    std::size_t index = 0; ///< In the list of units: one may have many ranges.
};

template <class Fn> void forEachRange(Dwarf_Die* entry, Fn&& fn)
{
    Dwarf_Addr base = 0, begin = 0, end = 0;
    for (ptrdiff_t at = 0; (at = dwarf_ranges(entry, at, &base, &begin, &end)) > 0;) {
        if (begin < end)
            fn(begin, end);
    }
}

/// All functions of a unit and what was inlined into them.
std::vector<Scope> scopesOf(Dwarf_Die unit)
{
    std::vector<Scope> scopes;
    std::vector<Dwarf_Die> path; // of ancestors of the entry that is looked at, itself included
    Dwarf_Die entry;
    if (dwarf_child(&unit, &entry) != 0)
        return scopes;
    path.push_back(entry);
    while (!path.empty()) {
        const int tag = dwarf_tag(&path.back());
        if (tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine)
            forEachRange(&path.back(), [&](Dwarf_Addr begin, Dwarf_Addr end) {
                scopes.push_back({begin, end, unsigned(path.size()), path.back()});
            });
        if (path.size() < kMaxNesting && dwarf_child(&path.back(), &entry) == 0) {
            path.push_back(entry);
            continue;
        }
        while (!path.empty()) {
            if (dwarf_siblingof(&path.back(), &entry) == 0) {
                path.back() = entry;
                break;
            }
            path.pop_back();
        }
    }
    return scopes;
}

struct ElfSymbol {
    std::uint64_t begin = 0, end = 0;
    const char* name = nullptr;
};

} // namespace

class SymbolFile::Impl
{
public:
    /// `code`: the address ranges of the file that can be executed.
    Impl(Dwfl* session, Dwfl_Module* module, std::vector<LoadedSegment> code)
        : m_session(session), m_module(module), m_code(std::move(code))
    {
        m_dwarf = dwfl_module_getdwarf(module, &m_dwarfBias);
        readUnits();
        readSymbols();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() { dwfl_end(m_session); }

    std::vector<Symbol> at(std::uint64_t address)
    {
        if (!isCode(address))
            return {};
        std::vector<Symbol> symbols = fromDebugData(address);
        if (symbols.empty()) {
            if (std::optional<Symbol> symbol = fromSymbols(address))
                symbols.push_back(std::move(*symbol));
        }
        return symbols;
    }

private:
    void readUnits()
    {
        Dwarf_CU* unit = nullptr;
        Dwarf_Die entry;
        while (m_dwarf && dwarf_get_units(m_dwarf, unit, &unit, nullptr, nullptr, &entry, nullptr) == 0) {
            const std::size_t index = m_unitEntries.size();
            m_unitEntries.push_back(entry);
            forEachRange(&entry, [&](Dwarf_Addr begin, Dwarf_Addr end) {
                if (isCode(begin + m_dwarfBias))
                    m_units.push_back({begin, end, index});
            });
        }
        std::sort(m_units.begin(), m_units.end(), [](const Unit& a, const Unit& b) { return a.begin < b.begin; });
        m_scopes.resize(m_unitEntries.size());
    }

    void readSymbols()
    {
        const int count = std::max(dwfl_module_getsymtab(m_module), 0);
        for (int i = 1; i < count; ++i) { // the first one is none
            GElf_Sym symbol;
            GElf_Addr address = 0;
            const char* const name = dwfl_module_getsym_info(m_module, i, &symbol, &address, nullptr, nullptr, nullptr);
            const int type = GELF_ST_TYPE(symbol.st_info);
            const bool isNamed = name && *name && (type == STT_FUNC || type == STT_OBJECT || type == STT_GNU_IFUNC);
            if (isNamed && symbol.st_shndx != SHN_UNDEF && symbol.st_size > 0)
                m_symbols.push_back({address, address + symbol.st_size, name});
        }
        std::stable_sort(m_symbols.begin(), m_symbols.end(),
                         [](const ElfSymbol& a, const ElfSymbol& b) { return a.begin < b.begin; });
    }

    std::vector<Symbol> fromDebugData(std::uint64_t address)
    {
        const Dwarf_Addr place = address - m_dwarfBias;
        const auto after = std::upper_bound(m_units.begin(), m_units.end(), place,
                                            [](Dwarf_Addr a, const Unit& unit) { return a < unit.begin; });
        if (after == m_units.begin() || place >= std::prev(after)->end)
            return {};
        const std::size_t index = std::prev(after)->index;
        Dwarf_Die unit = m_unitEntries[index];
        std::optional<std::vector<Scope>>& scopes = m_scopes[index];
        if (!scopes)
            scopes = scopesOf(unit);
        std::vector<const Scope*> around;
        for (const Scope& scope : *scopes) {
            if (scope.begin <= place && place < scope.end && isCode(scope.begin + m_dwarfBias))
                around.push_back(&scope);
        }
        std::sort(around.begin(), around.end(), [](const Scope* a, const Scope* b) { return a->depth > b->depth; });

        Symbol next;
        if (Dwarf_Line* const line = dwarf_getsrc_die(&unit, place)) {
            int number = 0;
            if (const char* const file = dwarf_linesrc(line, nullptr, nullptr))
                next.file = file;
            if (dwarf_lineno(line, &number) == 0 && number > 0)
                next.line = std::uint32_t(number);
        }
        std::vector<Symbol> symbols;
        for (const Scope* const scope : around) {
            Dwarf_Die entry = scope->entry;
            Symbol symbol = next;
            if (const char* const name = nameOf(&entry)) {
                symbol.name = demangled(name);
                symbols.push_back(std::move(symbol));
            }
            if (dwarf_tag(&entry) != DW_TAG_inlined_subroutine)
                break;
            next = callOf(&unit, &entry);
        }
        return symbols;
    }

    /// Where an inlined function was called.
    static Symbol callOf(Dwarf_Die* unit, Dwarf_Die* entry)
    {
        Symbol call;
        Dwarf_Files* files = nullptr;
        std::size_t count = 0;
        const std::uint32_t file = number(entry, DW_AT_call_file);
        if (dwarf_getsrcfiles(unit, &files, &count) == 0 && file < count) {
            if (const char* const path = dwarf_filesrc(files, file, nullptr, nullptr))
                call.file = path;
        }
        call.line = number(entry, DW_AT_call_line);
        return call;
    }

    std::optional<Symbol> fromSymbols(std::uint64_t address) const
    {
        auto symbol = std::upper_bound(m_symbols.begin(), m_symbols.end(), address,
                                       [](std::uint64_t a, const ElfSymbol& s) { return a < s.begin; });
        if (symbol == m_symbols.begin() || address >= (--symbol)->end)
            return {};
        return Symbol{demangled(symbol->name), {}, 0};
    }

    /// What the linker has thrown away keeps its debug data, at addresses near 0.
    bool isCode(std::uint64_t address) const
    {
        return std::ranges::any_of(m_code, [address](const LoadedSegment& segment) {
            return address >= segment.address && address - segment.address < segment.size;
        });
    }

    Dwfl* m_session;
    Dwfl_Module* m_module;
    std::vector<LoadedSegment> m_code;
    Dwarf* m_dwarf = nullptr;
    Dwarf_Addr m_dwarfBias = 0;
    std::vector<Dwarf_Die> m_unitEntries;
    std::vector<Unit> m_units;                               ///< By address.
    std::vector<std::optional<std::vector<Scope>>> m_scopes; ///< By unit, read when asked for.
    std::vector<ElfSymbol> m_symbols;                        ///< By address.
};

namespace
{

/// The loadable segments that have all of these flags, PF_X for code; 0: all.
std::vector<LoadedSegment> segmentsOf(Elf* elf, unsigned flags)
{
    std::vector<LoadedSegment> segments;
    std::size_t count = 0;
    if (elf_getphdrnum(elf, &count) != 0)
        return segments;
    for (std::size_t i = 0; i < count; ++i) {
        GElf_Phdr header;
        if (gelf_getphdr(elf, int(i), &header) && header.p_type == PT_LOAD && (header.p_flags & flags) == flags)
            segments.push_back({header.p_vaddr, header.p_memsz});
    }
    return segments;
}

/// Local files alone: elfutils' standard search may ask a server.
const Dwfl_Callbacks kLocal{dwfl_build_id_find_elf, dwfl_build_id_find_debuginfo, dwfl_offline_section_address,
                            nullptr};

} // namespace

SymbolFile::SymbolFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

SymbolFile::~SymbolFile() = default;

std::unique_ptr<SymbolFile> SymbolFile::open(const std::string& path, std::span<const LoadedSegment> loaded)
{
    // A capture may name anything: no device and no pipe is opened for reading.
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status {
    };
    if (file < 0 || fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        if (file >= 0)
            ::close(file);
        return nullptr;
    }
    Dwfl* const session = dwfl_begin(&kLocal);
    Dwfl_Module* const module = session ? dwfl_report_elf(session, path.c_str(), path.c_str(), file, 0, true) : nullptr;
    if (!module) { // which then has not taken the file
        dwfl_end(session);
        ::close(file);
        return nullptr;
    }
    dwfl_report_end(session, nullptr, nullptr);
    GElf_Addr bias = 0;
    Elf* const elf = dwfl_module_getelf(module, &bias);
    if (!elf || !std::ranges::equal(segmentsOf(elf, 0), loaded)) {
        dwfl_end(session);
        return nullptr;
    }
    return std::unique_ptr<SymbolFile>(new SymbolFile(std::make_unique<Impl>(session, module, segmentsOf(elf, PF_X))));
}

std::vector<Symbol> SymbolFile::at(std::uint64_t address)
{
    return m_impl->at(address);
}

} // namespace sundial
