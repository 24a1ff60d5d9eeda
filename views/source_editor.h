// SPDX-License-Identifier: GPL-3.0-or-later
// Source text with weights in its margin: QScintilla set up for reading.
#pragma once

#include "model/source_marks.h"
#include "views/theme.h"

#include <Qsci/qsciscintilla.h>

#include <memory>

class QsciLexer;

namespace sundial
{

/// Shows one text; nothing in it can be changed. A margin shows self and total of the function that begins in a line,
/// in one unit each, on the heat of its share of the largest of the profile.
class SourceEditor : public QsciScintilla
{
    Q_OBJECT

public:
    explicit SourceEditor(QWidget* parent = nullptr);
    ~SourceEditor() override;

    /// `fileName` tells the language. Marks of another text stay until showMarks().
    void showText(const QByteArray& text, const QString& fileName, const Theme& theme);
    void showMarks(const Analysis& analysis, const std::vector<SourceMark>& marks);
    /// Marks a line, from 1, and no other; 0: none.
    void markLine(std::uint32_t line);
    /// Brings a line into sight and the caret to it.
    void revealLine(std::uint32_t line);
    void setTheme(const Theme& theme);
    /// Of the columns of the margin: "self ms", "total ms".
    const QString& columnTitles() const { return m_titles; }
    /// What the margin says in a line, from 1.
    QString marginText(std::uint32_t line) const;

signals:
    /// A click in a line, or Return on it; from 1.
    void lineActivated(quint32 line);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void leaveKeysToWindow();

    std::unique_ptr<QsciLexer> m_lexer;
    QString m_titles;
};

} // namespace sundial
