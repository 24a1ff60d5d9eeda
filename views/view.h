// SPDX-License-Identifier: GPL-3.0-or-later
// What a window knows of a view: a widget over the ViewContext, with a place in the tabs and a picture to export.
#pragma once

#include "views/view_context.h"

#include <QSize>
#include <QWidget>

class QPainter;

namespace sundial
{

/// A picture of the profile in the upper half of the window. Reads the context, changes it only through update() and
/// its shorthands, and repaints when it tells of changes.
class View : public QWidget
{
    Q_OBJECT

public:
    explicit View(ViewContext* context, QWidget* parent = nullptr) : QWidget(parent), m_context(context)
    {
        // What shows changes its picture when it has the next one; what is hidden would keep a closed profile in memory.
        connect(context, &ViewContext::profileReplaced, this, [this] {
            if (!isVisible() || !m_context->analysis())
                forget();
        });
    }

    ViewContext* context() const { return m_context; }

    /// Controls for the right side of the panel header ("Depth: 9 ▾"), made once and owned by the view; may be null.
    virtual QWidget* optionsWidget() { return nullptr; }
    /// What the mouse does, for the right end of the breadcrumb line: "Click zooms · Backspace goes up · 35 levels".
    virtual QString hint() const { return {}; }
    /// Whether its numbers come from an estimated tree (the badge), or are the file's own.
    virtual bool showsTree() const { return true; }
    /// Paints the whole picture as it stands, scaled to `size`: PNG, SVG and PDF export.
    virtual void paintPicture(QPainter& painter, const QSize& size) = 0;
    /// True while the picture is still being laid out; a painted window waits for it.
    virtual bool isBusy() const { return false; }
    virtual void zoomIn() {}
    virtual void zoomOut() {}
    virtual void fit() {}

protected:
    /// Lets go of all that is kept of a profile: it was closed, or replaced while the view was hidden.
    virtual void forget() {}

signals:
    /// The full text of what is under the pointer or has the focus, for the status bar; empty when nothing is.
    void described(const QString& text);
    /// A right click: the window makes the menu. `node` is none in views without a tree.
    void contextMenuRequested(FrameId frame, NodeId node, const QPoint& globalPosition);
    void hintChanged();

private:
    ViewContext* m_context;
};

/// Where a view has its tab.
enum class ViewMode : std::uint8_t {
    Any,        ///< For one profile and for comparisons.
    Single,     ///< For one profile.
    Comparison, ///< For comparisons.
};

/// One line of the table of views: CMake's word list makes it, as for formats.
struct ViewType {
    const char* id;    ///< Stable: `--view icicle`, settings.
    const char* title; ///< To be translated in the context "View".
    const char* icon;  ///< Name in resources/icons.
    View* (*create)(ViewContext* context, QWidget* parent);
    ViewMode mode = ViewMode::Any;
    const char* comparisonTitle = nullptr; ///< Of its tab in a comparison, if another one says more.
    /// Whether it has something to show of what is open; null: always.
    bool (*suits)(const Analysis& analysis) = nullptr;
};

} // namespace sundial
