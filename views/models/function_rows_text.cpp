// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/function_rows_text.h"

#include "views/text_fit.h"

#include <QStringList>

namespace sundial
{

namespace
{

QString csvField(QString text)
{
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n')))
        return text;
    text.replace(QLatin1String("\""), QLatin1String("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString exact(double value)
{
    return QString::fromStdString(formatExact(value));
}

QString count(std::int64_t calls)
{
    return calls < 0 ? QString() : QString::number(calls);
}

/// One column on screen may be two in a file that programs read: "25/1" is no number, "a.py:3" no path.
QStringList csvHead(const FunctionModel& model, FunctionColumn column)
{
    const QString unit = QString::fromUtf8(unitName(model.analysis()->metricInfo().unit).data());
    const QString title = model.title(column);
    switch (column) {
    case FunctionColumn::Self:
    case FunctionColumn::Total:
        return {QStringLiteral("%1 (%2)").arg(title, unit)};
    case FunctionColumn::SelfPerCall:
        return {QStringLiteral("%1 of %2 (%3)").arg(title, model.title(FunctionColumn::Self), unit)};
    case FunctionColumn::TotalPerCall:
        return {QStringLiteral("%1 of %2 (%3)").arg(title, model.title(FunctionColumn::Total), unit)};
    case FunctionColumn::SelfShare:
    case FunctionColumn::TotalShare:
        return {QStringLiteral("%1 (share)").arg(title)};
    case FunctionColumn::Location:
        return {QStringLiteral("file"), QStringLiteral("line")};
    default:
        return {title.toLower()};
    }
}

QStringList csvCells(const FunctionModel& model, FrameId frame, FunctionColumn column)
{
    const Analysis& analysis = *model.analysis();
    const FrameTable& frames = analysis.frames();
    const FunctionTable& functions = analysis.functions();
    const std::uint32_t f = frame.value;
    if (column == FunctionColumn::Function)
        return {displayText(frames.name(frame))};
    if (column == FunctionColumn::Allocator)
        return {model.text(frame, column)};
    if (column == FunctionColumn::Location)
        return {displayText(frames.file(frame)), QString::number(frames.line(frame))};
    if (!functions.listed[f])
        return {QString()};
    const auto perCall = [](double value, std::int64_t calls) {
        return QStringList{calls > 0 ? exact(value / double(calls)) : QString()};
    };
    const auto share = [&analysis](double value) { return exact(analysis.total > 0 ? value / analysis.total : 0); };
    switch (column) {
    case FunctionColumn::Calls:
        return {count(functions.calls[f])};
    case FunctionColumn::PrimitiveCalls:
        return {count(functions.primitiveCalls[f])};
    case FunctionColumn::Self:
        return {exact(functions.self[f])};
    case FunctionColumn::SelfShare:
        return {share(functions.self[f])};
    case FunctionColumn::SelfPerCall:
        return perCall(functions.self[f], functions.calls[f]);
    case FunctionColumn::Blocks:
        return {exact(functions.blocks[f])};
    case FunctionColumn::Total:
        return {exact(functions.total[f])};
    case FunctionColumn::TotalShare:
        return {share(functions.total[f])};
    default:
        return perCall(functions.total[f], functions.primitiveCalls[f]);
    }
}

/// A function, or else the row of a group.
struct Line {
    FrameId frame;
    int row = -1;
};

QString cellText(const FunctionModel& model, const Line& line, FunctionColumn column)
{
    return line.frame ? model.text(line.frame, column) : model.text(line.row, column);
}

QString csv(const FunctionModel& model, std::span<const Line> lines, std::vector<FunctionColumn> columns)
{
    // "25/1" is two numbers: the second column comes along even if it is not on screen.
    const auto calls = std::find(columns.begin(), columns.end(), FunctionColumn::Calls);
    const bool hasPrimitive =
        std::find(columns.begin(), columns.end(), FunctionColumn::PrimitiveCalls) != columns.end();
    if (calls != columns.end() && !hasPrimitive && model.isAvailable(FunctionColumn::PrimitiveCalls))
        columns.insert(calls + 1, FunctionColumn::PrimitiveCalls);
    QStringList head;
    for (const FunctionColumn column : columns)
        head << csvHead(model, column);
    QStringList text{head.join(QLatin1Char(','))};
    for (const Line& line : lines) {
        if (!line.frame)
            continue;
        QStringList cells;
        for (const FunctionColumn column : columns) {
            for (const QString& cell : csvCells(model, line.frame, column))
                cells << csvField(cell);
        }
        text << cells.join(QLatin1Char(','));
    }
    return text.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString markdownLine(const QStringList& cells)
{
    return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
}

QString linesText(const FunctionModel& model, std::span<const Line> lines, std::span<const FunctionColumn> columns,
                  RowsFormat format)
{
    if (!model.analysis() || lines.empty())
        return {};
    if (format == RowsFormat::Csv)
        return csv(model, lines, {columns.begin(), columns.end()});
    QString text;
    if (format == RowsFormat::Markdown) {
        QStringList head, rule;
        for (const FunctionColumn column : columns) {
            const QString unit = model.unitSymbol(column);
            head << (unit.isEmpty() ? model.title(column) : QStringLiteral("%1 (%2)").arg(model.title(column), unit));
            rule << (FunctionModel::isNumber(column) ? QStringLiteral("--:") : QStringLiteral("---"));
        }
        text = markdownLine(head) + markdownLine(rule);
    }
    for (const Line& line : lines) {
        QStringList cells;
        for (const FunctionColumn column : columns) {
            QString cell = cellText(model, line, column);
            if (format == RowsFormat::Markdown) // names may hold what the table or the text around it is made of
                cell.replace(QLatin1Char('|'), QLatin1String("\\|")).replace(QLatin1Char('<'), QLatin1String("\\<"));
            cells << cell;
        }
        text +=
            format == RowsFormat::Markdown ? markdownLine(cells) : cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

} // namespace

QString rowsText(const FunctionModel& model, std::span<const int> rows, std::span<const FunctionColumn> columns,
                 RowsFormat format)
{
    std::vector<Line> lines;
    lines.reserve(rows.size());
    for (const int row : rows)
        lines.push_back({model.frameAt(row), row});
    return linesText(model, lines, columns, format);
}

QString functionText(const FunctionModel& model, FrameId frame, std::span<const FunctionColumn> columns,
                     RowsFormat format)
{
    const Line line{frame};
    return linesText(model, {&line, 1}, columns, format);
}

} // namespace sundial
