// SPDX-License-Identifier: GPL-3.0-or-later
// The selected function in its source file, beside the other functions of the profile that begin there.
#pragma once

#include "model/source_marks.h"
#include "views/source_file.h"
#include "views/view.h"

#include <memory>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace sundial
{

class ElidedLabel;
class SourceEditor;

/// Without a selection it shows the function of the user's own with the largest self. Files are read on a worker, and
/// only while the view is in sight; a file that is not here can be mapped to a folder.
class SourceView : public View
{
    Q_OBJECT

public:
    SourceView(ViewContext* context, QWidget* parent);
    ~SourceView() override;

    QString hint() const override;
    bool showsTree() const override { return false; }
    void paintPicture(QPainter& painter, const QSize& size) override;
    bool isBusy() const override { return m_isReading; }
    void zoomIn() override;
    void zoomOut() override;
    void fit() override;

    SourceEditor& editor() { return *m_editor; }
    /// Why no source is shown; empty if there is one.
    QString message() const;
    QToolButton& mapButton() { return *m_map; }
    /// Looks for the shown function's file below `folder`, and if it is there remembers where its folder is.
    void mapTo(const QString& folder);

protected:
    void forget() override;
    void showEvent(QShowEvent* event) override;

private:
    struct Page {
        SourceFile file;
        std::vector<SourceMark> marks;
    };

    QWidget* makeHeader();
    QWidget* makeMessage();
    void applyTheme();
    /// Shows what the context asks for, if the view is in sight.
    void refresh();
    void read();
    void showPage(const Page& page);
    void showMessage(const QString& text, const QString& mapText = {});
    void showFunction();
    void selectLine(quint32 line);
    FrameId wanted() const;
    std::string_view fileOf(FrameId function) const;

    AnalysisPtr m_analysis; ///< Of the page that is shown or read.
    FrameId m_function;     ///< Shown; one of m_analysis.
    PathMap m_pathMap;      ///< By which the page was read.
    Page m_page;
    bool m_isReading = false;
    std::uint32_t m_request = 0; ///< Counts; only the last one's page is shown.
    QStackedWidget* m_stack;
    SourceEditor* m_editor;
    QWidget* m_header = nullptr;
    ElidedLabel* m_path = nullptr;
    QLabel* m_columns = nullptr;
    QLabel* m_message = nullptr;
    QToolButton* m_map = nullptr;
};

} // namespace sundial
