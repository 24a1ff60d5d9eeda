// SPDX-License-Identifier: GPL-3.0-or-later
// The panel at the right: why this function, and without a selection what the profile is.
#pragma once

#include "model/call_graph.h"
#include "views/view_context.h"

#include <QScrollArea>

#include <memory>

namespace sundial
{

class FunctionPage;
class ProfilePage;
class RankedSection;

/// Follows the context's selection; a click on a caller or callee changes it. Only its own callers, callees and sums
/// are computed for a selection; the recursive groups of a profile once.
class FunctionCard : public QScrollArea
{
    Q_OBJECT

public:
    explicit FunctionCard(ViewContext* context, QWidget* parent = nullptr);

    FunctionPage& functionPage() { return *m_function; }
    ProfilePage& profilePage() { return *m_profile; }

    /// Brings the callers or the callees of the selected function into sight and gives them the focus.
    void showCallers();
    void showCallees();

    QSize sizeHint() const override;

signals:
    void openInEditorRequested(FrameId function);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();
    void showSelection();
    void showSection(RankedSection& section);

    ViewContext* m_context;
    FunctionPage* m_function;
    ProfilePage* m_profile;
    QWidget* m_content;
    std::shared_ptr<const Components> m_components; ///< Of the context's graph.
};

} // namespace sundial
