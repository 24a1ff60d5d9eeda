// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme.h"

#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace sundial
{

namespace
{

constexpr int kBodyPx = 13;
constexpr std::array<const char*, Theme::kHues> kHueNames{"sky",  "sage", "rose", "turquoise", "copper",
                                                          "dusk", "sand", "jade", "orchid"};

QJsonObject tokens()
{
    QFile file(QStringLiteral(":/tokens.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return QJsonDocument::fromJson(file.readAll()).object();
}

template <std::size_t N> void readSteps(std::array<QColor, N>& colors, const QJsonArray& array)
{
    Q_ASSERT(array.size() == qsizetype(N));
    for (std::size_t i = 0; i < N; ++i)
        colors[i] = QColor(array[qsizetype(i)].toString());
}

Theme readTheme(const char* name, bool isDark)
{
    const QJsonObject theme = tokens()[QLatin1String(name)].toObject();
    const auto read = [&theme](const char* group, const char* key) {
        const QColor color(theme[QLatin1String(group)].toObject()[QLatin1String(key)].toString());
        Q_ASSERT_X(color.isValid(), group, key);
        return color;
    };
    Theme t;
    t.isDark = isDark;
    t.surface = {read("surface", "window"), read("surface", "header"), read("surface", "panel"),
                 read("surface", "sunken"), read("surface", "raised"), read("surface", "hover")};
    t.line = {read("line", "hair"), read("line", "strong"), read("line", "control")};
    t.text = {read("text", "primary"), read("text", "secondary"), read("text", "tertiary"), read("text", "disabled"),
              read("text", "onAccent")};
    t.accent = {read("accent", "base"), read("accent", "hover"), read("accent", "text"), read("accent", "soft")};
    t.selection = {read("selection", "row"), read("selection", "outline"), read("selection", "halo")};
    t.focus = QColor(theme[QLatin1String("focus")].toString());
    t.match = {read("match", "fill"), read("match", "line")};
    t.status = {read("status", "lessText"),  read("status", "lessSoft"),  read("status", "moreText"),
                read("status", "moreSoft"),  read("status", "warnText"),  read("status", "warnSoft"),
                read("status", "errorText"), read("status", "errorSoft"), read("status", "movedText"),
                read("status", "movedSoft"), read("status", "sameText"),  read("status", "sameSoft")};
    t.change = {read("change", "newText"), read("change", "newFill"), read("change", "removedText"),
                read("change", "removedLine")};
    t.module.own = read("module", "own");
    t.module.builtin = read("module", "builtin");
    t.module.other = read("module", "other");
    for (std::size_t i = 0; i < Theme::kHues; ++i)
        t.module.hues[i] = read("module", kHueNames[i]);
    readSteps(t.heat, theme[QLatin1String("heat")].toArray());
    readSteps(t.diverging, theme[QLatin1String("diverging")].toArray());
    return t;
}

QString firstInstalled(const QStringList& families)
{
    const QStringList installed = QFontDatabase::families();
    for (const QString& family : families) {
        if (installed.contains(family))
            return family;
    }
    return {};
}

} // namespace

const Theme& Theme::light()
{
    static const Theme theme = readTheme("light", false);
    return theme;
}

const Theme& Theme::dark()
{
    static const Theme theme = readTheme("dark", true);
    return theme;
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, surface.window);
    p.setColor(QPalette::WindowText, text.primary);
    p.setColor(QPalette::Base, surface.panel);
    p.setColor(QPalette::AlternateBase, surface.sunken);
    p.setColor(QPalette::Text, text.primary);
    p.setColor(QPalette::PlaceholderText, text.tertiary);
    p.setColor(QPalette::Button, surface.panel);
    p.setColor(QPalette::ButtonText, text.primary);
    p.setColor(QPalette::BrightText, text.onAccent);
    p.setColor(QPalette::Highlight, selection.row);
    p.setColor(QPalette::HighlightedText, text.primary);
    p.setColor(QPalette::Link, accent.text);
    p.setColor(QPalette::LinkVisited, accent.text);
    p.setColor(QPalette::ToolTipBase, surface.raised);
    p.setColor(QPalette::ToolTipText, text.primary);
    p.setColor(QPalette::Light, surface.raised);
    p.setColor(QPalette::Midlight, line.hair);
    p.setColor(QPalette::Mid, line.strong);
    p.setColor(QPalette::Dark, line.control);
    p.setColor(QPalette::Shadow, line.control);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, text.disabled);
    return p;
}

std::size_t Theme::heatStep(double fraction)
{
    constexpr std::size_t kSteps = std::tuple_size_v<decltype(heat)>;
    return std::size_t(std::lround(std::clamp(fraction, 0.0, 1.0) * double(kSteps - 1)));
}

double scaledF(double px)
{
    const QFont font = QGuiApplication::font();
    const double body = font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * 96.0 / 72.0;
    return px * body / kBodyPx;
}

int scaled(int px)
{
    return int(std::lround(scaledF(px)));
}

QFont uiFont(int px, int weight)
{
    QFont font = QGuiApplication::font();
    font.setPixelSize(std::max(1, scaled(px)));
    font.setWeight(QFont::Weight(weight));
    return font;
}

QFont monoFont(int px)
{
    static const QString family =
        firstInstalled({QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")});
    QFont font = family.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QFont(family);
    font.setPixelSize(std::max(1, scaled(px)));
    return font;
}

void installApplicationFont()
{
    // Platforms without a desktop (offscreen, a bare X server) report no family, or a bitmap one.
    QFont font = QGuiApplication::font();
    const QString platform = QGuiApplication::platformName();
    const bool hasDesktop =
        !qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP") && platform != QLatin1String("offscreen");
    if (!hasDesktop) {
        const QString family = firstInstalled({QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                                               QStringLiteral("Cantarell"), QStringLiteral("DejaVu Sans")});
        if (!family.isEmpty())
            font = QFont(family);
        font.setPixelSize(kBodyPx);
    }
    font.setHintingPreference(QFont::PreferNoHinting);
    QGuiApplication::setFont(font);
}

} // namespace sundial
