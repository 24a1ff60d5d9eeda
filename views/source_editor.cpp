// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/source_editor.h"

#include "views/number_text.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QMouseEvent>
#include <Qsci/qscicommandset.h>
#include <Qsci/qscilexercpp.h>
#include <Qsci/qscilexerpython.h>
#include <Qsci/qscistyle.h>
#include <Qsci/qscistyledtext.h>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr int kNumbers = 0, kWeights = 1, kGap = 2; // margins
constexpr int kSelectedLine = 1;                    // marker
constexpr int kFirstHeatStyle = 100;                // beyond those of lexers
constexpr qsizetype kLargestColoured = 1 << 20;     // bytes; the lexer runs on the UI thread
constexpr int kFontSize = 12;
constexpr int kLinesAbove = 6; // of the line that is shown

std::unique_ptr<QsciLexer> lexerFor(const QString& fileName)
{
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    static const QStringList kPython{QStringLiteral("py"), QStringLiteral("pyi"), QStringLiteral("pyw"),
                                     QStringLiteral("pyx"), QStringLiteral("pxd")};
    static const QStringList kCpp{QStringLiteral("c"),   QStringLiteral("cc"), QStringLiteral("cpp"),
                                  QStringLiteral("cxx"), QStringLiteral("h"),  QStringLiteral("hh"),
                                  QStringLiteral("hpp"), QStringLiteral("cu")};
    if (kPython.contains(suffix))
        return std::make_unique<QsciLexerPython>();
    if (kCpp.contains(suffix))
        return std::make_unique<QsciLexerCPP>();
    return {};
}

struct Colours {
    QColor keyword, quiet, text;
};

/// Few colours: strong ones belong to the weights in the margin.
QColor colourOf(const QsciLexer& lexer, int style, const Colours& colours)
{
    const QString meaning = lexer.description(style);
    const auto tells = [&meaning](const char* word) {
        return meaning.contains(QLatin1String(word), Qt::CaseInsensitive);
    };
    if (tells("comment"))
        return colours.quiet;
    if (tells("keyword") || tells("pre-processor") || tells("decorator"))
        return colours.keyword;
    return colours.text;
}

} // namespace

SourceEditor::SourceEditor(QWidget* parent) : QsciScintilla(parent)
{
    setReadOnly(true);
    setUtf8(true);
    setFrameShape(NoFrame);
    setAccessibleName(tr("Source"));
    setContextMenuPolicy(Qt::NoContextMenu); // all that it offers is editing
    setWrapMode(WrapNone);
    setTabWidth(4);
    setMarginType(kNumbers, NumberMargin);
    setMarginType(kWeights, TextMargin);
    setMarginType(kGap, SymbolMarginColor);
    setMarginMarkerMask(kGap, 0);
    for (const int margin : {kNumbers, kWeights, kGap})
        setMarginSensitivity(margin, true); // or a click would select the line's text
    markerDefine(Background, kSelectedLine);
    SendScintilla(SCI_SETSCROLLWIDTH, 1);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1);
    leaveKeysToWindow();
}

SourceEditor::~SourceEditor() = default;

void SourceEditor::leaveKeysToWindow()
{
    // What moves the caret stays; QScintilla's editing keys would shadow the window's shortcuts (Ctrl+D, Ctrl+L…).
    for (QsciCommand* const command : standardCommands()->commands()) {
        const auto isForeign = [](int key) {
            const int plain = key & ~int(Qt::KeyboardModifierMask);
            return plain < 0x1000000 && plain != Qt::Key_A && plain != Qt::Key_C;
        };
        if (isForeign(command->key()))
            command->setKey(0);
        if (isForeign(command->alternateKey()))
            command->setAlternateKey(0);
    }
}

void SourceEditor::showText(const QByteArray& text, const QString& fileName, const Theme& theme)
{
    setLexer(nullptr);
    m_lexer = text.size() <= kLargestColoured ? lexerFor(fileName) : nullptr;
    setText(QString::fromUtf8(text));
    setLexer(m_lexer.get());
    setTheme(theme);
}

void SourceEditor::setTheme(const Theme& theme)
{
    QFont font = monoFont(kFontSize);
    if (font.pixelSize() > 0)
        font.setPointSizeF(font.pixelSize() * 72.0 / logicalDpiY()); // QScintilla reads points alone
    setFont(font);
    setColor(theme.text.primary);
    setPaper(theme.surface.panel);
    if (m_lexer) {
        const Colours colours{theme.accent.text, theme.text.tertiary, theme.text.primary};
        m_lexer->setDefaultFont(font);
        m_lexer->setDefaultPaper(theme.surface.panel);
        m_lexer->setFont(font);
        m_lexer->setPaper(theme.surface.panel);
        m_lexer->setColor(theme.text.primary);
        for (int style = 0; style < kFirstHeatStyle; ++style) {
            if (!m_lexer->description(style).isEmpty())
                m_lexer->setColor(colourOf(*m_lexer, style, colours), style);
        }
    }
    for (std::size_t step = 0; step < theme.heat.size(); ++step)
        QsciStyle(kFirstHeatStyle + int(step), {}, theme.text.primary, theme.heat[step], font).apply(this);
    setMarginsFont(font);
    setMarginsBackgroundColor(theme.surface.sunken);
    setMarginsForegroundColor(theme.text.tertiary);
    setMarginWidth(kNumbers, u' ' + QString::number(lines()) + u' ');
    setMarginWidth(kGap, scaled(8));
    setMarginBackgroundColor(kGap, theme.surface.panel);
    setMarkerBackgroundColor(theme.selection.row, kSelectedLine);
    setSelectionBackgroundColor(theme.accent.soft);
    setSelectionForegroundColor(theme.text.primary);
    setCaretForegroundColor(theme.text.primary);
    setExtraAscent(scaled(2));
    setExtraDescent(scaled(2));
}

void SourceEditor::showMarks(const Analysis& analysis, const std::vector<SourceMark>& marks)
{
    clearMarginText();
    m_titles.clear();
    setMarginWidth(kWeights, 0);
    if (marks.empty())
        return;
    const FunctionTable& functions = analysis.functions();
    double largestSelf = 0, largestTotal = 0;
    for (const SourceMark& mark : marks) {
        largestSelf = std::max(largestSelf, functions.self[mark.functions.front().value]);
        largestTotal = std::max(largestTotal, functions.total[mark.functions.front().value]);
    }
    const Unit unit = analysis.metricInfo().unit;
    const DisplayUnit selfUnit = columnUnit(largestSelf, unit), totalUnit = columnUnit(largestTotal, unit);
    const auto cell = [](double value, const DisplayUnit& column) {
        return QString::fromStdString(formatCell(value, column, localeStyle()));
    };
    const auto title = [](const QString& word, const DisplayUnit& column) {
        return column.symbol.empty() ? word : word + u' ' + QString::fromStdString(column.symbol);
    };
    m_titles = title(tr("self"), selfUnit) + QStringLiteral(", ") + title(tr("total"), totalUnit);
    qsizetype selfWidth = 0, totalWidth = 0;
    for (const SourceMark& mark : marks) {
        const std::uint32_t f = mark.functions.front().value;
        selfWidth = std::max(selfWidth, cell(functions.self[f], selfUnit).size());
        totalWidth = std::max(totalWidth, cell(functions.total[f], totalUnit).size());
    }
    // Colours as elsewhere in the window: by the share of the largest function of the profile.
    const double hottestSelf = *std::max_element(functions.self.begin(), functions.self.end());
    const double hottestTotal = *std::max_element(functions.total.begin(), functions.total.end());
    const auto styled = [](const QString& text, qsizetype width, double value, double hottest) {
        const std::size_t step = Theme::heatStep(hottest > 0 ? value / hottest : 0);
        return QsciStyledText(u' ' + text.rightJustified(width) + u' ', kFirstHeatStyle + int(step));
    };
    for (const SourceMark& mark : marks) {
        const std::uint32_t f = mark.functions.front().value;
        const double self = functions.self[f], total = functions.total[f];
        if (int(mark.line) > lines())
            break; // the file is not the one that ran
        setMarginText(int(mark.line) - 1, {styled(cell(self, selfUnit), selfWidth, self, hottestSelf),
                                           styled(cell(total, totalUnit), totalWidth, total, hottestTotal)});
    }
    setMarginWidth(kWeights, QString(selfWidth + totalWidth + 4, u'0'));
}

QString SourceEditor::marginText(std::uint32_t line) const
{
    const auto place = static_cast<unsigned long>(line - 1);
    QByteArray text(int(SendScintilla(SCI_MARGINGETTEXT, place, static_cast<void*>(nullptr))), '\0');
    SendScintilla(SCI_MARGINGETTEXT, place, static_cast<void*>(text.data()));
    return QString::fromUtf8(text);
}

void SourceEditor::markLine(std::uint32_t line)
{
    markerDeleteAll(kSelectedLine);
    if (line > 0)
        markerAdd(int(line) - 1, kSelectedLine);
}

void SourceEditor::revealLine(std::uint32_t line)
{
    const int index = std::min(int(line), lines()) - 1;
    const int first = firstVisibleLine();
    const int shown = int(SendScintilla(SCI_LINESONSCREEN));
    setCursorPosition(index, 0);
    if (index < first || index >= first + shown)
        setFirstVisibleLine(std::max(0, index - kLinesAbove));
}

void SourceEditor::mouseReleaseEvent(QMouseEvent* event)
{
    QsciScintilla::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || hasSelectedText())
        return;
    // QScintilla's lineAt() knows neither the margin nor what is right of a line's end; no line is wrapped or folded.
    const int line = firstVisibleLine() + int(event->position().y()) / textHeight(0);
    if (line < lines())
        emit lineActivated(quint32(line) + 1);
}

void SourceEditor::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QsciScintilla::keyPressEvent(event);
        return;
    }
    int line = 0, index = 0;
    getCursorPosition(&line, &index);
    emit lineActivated(quint32(line) + 1);
}

} // namespace sundial
