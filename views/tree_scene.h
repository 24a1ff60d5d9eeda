// SPDX-License-Identifier: GPL-3.0-or-later
// What a picture of the call tree shows beside the place: the data and the marks on it. Icicle and sunburst paint the
// same scene in two shapes, in the window and in exported files.
#pragma once

#include "model/analysis.h"
#include "model/search.h"
#include "views/change_marks.h"
#include "views/layout/icicle_layout.h"
#include "views/palette.h"
#include "views/theme.h"

#include <QPainter>

#include <optional>

namespace sundial
{

/// References to what must outlive the painting, and the marks.
struct TreeScene {
    const Analysis& analysis;
    const IcicleLayout& layout;
    const FramePalette& palette;
    const Theme& theme;
    const SearchResult& search;
    QString rootName;         ///< Stands in the root's box after "all": the file's name.
    FrameId selected = {};    ///< Outlined wherever it stands.
    NodeId selectedNode = {}; ///< The place with the halo.
    NodeId focused = {};      ///< With the focus ring; none without keyboard focus.
    double labelOpacity = 1;  ///< Below 1 while a zoom moves.
    MetricId side = {};       ///< In a comparison: the column whose shares are written, if it is one side's picture.

    const CallTree& tree() const { return analysis.tree; }
    /// Whether a frame's boxes step back behind those that are searched for.
    bool isDimmed(FrameId frame) const { return search.isActive() && !search.contains(frame); }
    bool isDimmed(NodeId node) const { return node.value != 0 && isDimmed(tree().frame(node)); }
    bool isSelected(NodeId node) const { return selected && tree().frame(node) == selected; }
    /// In a comparison coloured by change: how the node changed; else nothing.
    std::optional<ChangeLook> change(NodeId node) const;
    bool isOwn(NodeId node) const { return palette.isOwn(tree().frame(node)); }
    /// The fill of a node's box, with search and dimming applied.
    QColor fill(FrameId frame) const;
    /// The same, for boxes by the thousand.
    QRgb fillRgba(FrameId frame) const { return search.isActive() ? fill(frame).rgba() : palette.rgba(frame); }
    QColor fill(NodeId node) const
    {
        if (const std::optional<ChangeLook> look = change(node))
            return changeFill(*look, theme);
        return node.value == 0 ? theme.surface.sunken : fill(tree().frame(node));
    }
    /// The same without them.
    QColor plainFill(NodeId node) const
    {
        return palette.isChange() ? changeFill(changeLook(*analysis.comparison, tree(), node), theme)
                                  : palette.color(tree().frame(node));
    }
    QColor textColor(NodeId node) const { return isDimmed(node) ? theme.text.tertiary : theme.text.primary; }
    /// The name for its box.
    QString label(NodeId node) const;
    /// "23.7 %" of the total, with ≈ where it is a guess.
    QString share(std::uint32_t box) const;
    /// What a tooltip in a file says of a box: name and place, value and share.
    QString tip(std::uint32_t box) const;
};

/// The fill of a frame, with search and dimming applied.
QColor frameFill(const FramePalette& palette, const SearchResult& search, const Theme& theme, FrameId frame);

/// Where a short note floats that is painted into a corner of a picture. `atTop`: the corner is an upper one.
QRectF pillAt(const QPointF& corner, bool atTop, const QString& text);
/// Paints it there and returns the place.
QRectF paintPill(QPainter& painter, const QPointF& corner, bool atTop, const QString& text, const QColor& color,
                 const Theme& theme);
/// Grey rows where a picture will be, while the first file loads.
void paintSkeleton(QPainter& painter, const QRectF& area, const Theme& theme);
/// A sentence in the middle of an empty picture.
void paintSentence(QPainter& painter, const QRectF& area, const QString& sentence, const Theme& theme);

/// `over` at `opacity` on `under`, as an opaque colour: fills need no blending, and SVG no transparency.
QColor mixed(const QColor& over, const QColor& under, double opacity);

} // namespace sundial
