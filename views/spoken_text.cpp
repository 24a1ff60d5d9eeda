// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/spoken_text.h"

#include "views/frame_card.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QCoreApplication>

namespace sundial
{

namespace
{

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("SpokenText", text, nullptr, n);
}

struct UnitWord {
    const char* symbol;
    const char* word;
};

constexpr UnitWord kUnitWords[] = {
    {"s", QT_TRANSLATE_NOOP("SpokenText", "seconds")},       {"ms", QT_TRANSLATE_NOOP("SpokenText", "milliseconds")},
    {"µs", QT_TRANSLATE_NOOP("SpokenText", "microseconds")}, {"ns", QT_TRANSLATE_NOOP("SpokenText", "nanoseconds")},
    {"min", QT_TRANSLATE_NOOP("SpokenText", "minutes")},     {"B", QT_TRANSLATE_NOOP("SpokenText", "bytes")},
    {"KiB", QT_TRANSLATE_NOOP("SpokenText", "kibibytes")},   {"MiB", QT_TRANSLATE_NOOP("SpokenText", "mebibytes")},
    {"GiB", QT_TRANSLATE_NOOP("SpokenText", "gibibytes")},   {"TiB", QT_TRANSLATE_NOOP("SpokenText", "tebibytes")},
};

/// formatValue's text with its symbols as words.
QString spokenValue(double value, Unit unit)
{
    QStringList parts = valueText(value, unit).split(u' ');
    for (QString& part : parts) {
        for (const UnitWord& known : kUnitWords) {
            if (part == QString::fromUtf8(known.symbol))
                part = tr(known.word);
        }
    }
    return parts.join(u' ');
}

QString spokenPercent(double fraction)
{
    return tr("%1 percent").arg(QLocale().toString(fraction * 100, 'f', 1));
}

} // namespace

QString spokenName(const Analysis& analysis, NodeId node)
{
    const QString name = nodeName(analysis, node, tr("The whole profile"));
    const FrameId frame = analysis.tree.frame(node);
    if (!frame || analysis.frames().file(frame).empty())
        return name;
    const QString file = displayText(shortPath(analysis.frames().file(frame)));
    const std::uint32_t line = analysis.frames().line(frame);
    return line > 0 ? tr("%1, %2 line %3").arg(name, file).arg(line) : tr("%1, %2").arg(name, file);
}

QString spokenDescription(const Analysis& analysis, NodeId node, int position, int siblings, int children)
{
    const CallTree& tree = analysis.tree;
    const Unit unit = analysis.metricInfo().unit;
    const double total = tree.total(analysis.metric, node);
    QStringList parts;
    QString totals = tr("total %1, %2")
                         .arg(spokenValue(total, unit), spokenPercent(analysis.total > 0 ? total / analysis.total : 0));
    if (isGuess(analysis, node))
        totals += tr(", estimated");
    parts << totals << tr("self %1").arg(spokenValue(tree.self(analysis.metric, node), unit));
    parts << tr("level %1, child %2 of %3, %4")
                 .arg(tree.depth(node))
                 .arg(position)
                 .arg(siblings)
                 .arg(children == 1 ? tr("1 child") : tr("%n children", children));
    if (const FrameId frame = tree.frame(node); frame && analysis.modules.isOwn(frame))
        parts << tr("my code");
    return parts.join(QStringLiteral("; "));
}

} // namespace sundial
