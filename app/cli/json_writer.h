// SPDX-License-Identifier: GPL-3.0-or-later
// JSON in the order in which it is written, with numbers that read back as the same bits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sundial::cli
{

/// Writes one document: begin and end calls nest, key() comes before each value of an object. Objects and arrays put
/// each member on its own line, unless begun as inline ones. Text that is not UTF-8 gets replacement characters.
class JsonWriter
{
public:
    JsonWriter& beginObject(bool isInline = false) { return begin('{', isInline); }
    JsonWriter& endObject() { return end('}'); }
    JsonWriter& beginArray(bool isInline = false) { return begin('[', isInline); }
    JsonWriter& endArray() { return end(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(double number); ///< null if it is not finite.
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(bool truth);
    JsonWriter& null();
    template <class T> JsonWriter& value(const std::optional<T>& maybe) { return maybe ? value(*maybe) : null(); }
    template <class T> JsonWriter& member(std::string_view name, const T& v)
    {
        key(name);
        return value(v);
    }

    /// The document, with a final line end.
    std::string take() &&;

private:
    struct Level {
        bool isInline;
        bool isEmpty;
    };

    JsonWriter& begin(char bracket, bool isInline);
    JsonWriter& end(char bracket);
    void separate();
    void lineBreak();

    std::string m_text;
    std::vector<Level> m_levels;
    bool m_afterKey = false;
};

} // namespace sundial::cli
