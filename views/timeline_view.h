// SPDX-License-Identifier: GPL-3.0-or-later
// All threads over time: how busy each was and with what, and a range that all other views follow.
#pragma once

#include "views/frame_card.h"
#include "views/lane_paint.h"
#include "views/legend.h"
#include "views/range_brush.h"
#include "views/view.h"

#include <QPixmap>
#include <QPointer>

class QToolButton;

namespace sundial
{

using OverviewPtr = std::shared_ptr<const LaneOverview>;
using Presence = std::vector<std::vector<double>>; // by lane, by part

class TimelineView : public View
{
public:
    TimelineView(ViewContext* context, QWidget* parent);
    ~TimelineView() override { delete m_options; }

    QWidget* optionsWidget() override { return m_options; }
    QString hint() const override { return tr("Drag chooses a range · arrow keys move it · Esc clears it"); }
    bool showsTree() const override { return false; }
    bool isBusy() const override { return m_isComputing; }
    void paintPicture(QPainter& painter, const QSize& size) override;
    void zoomIn() override { resizeRange(0.8); }
    void zoomOut() override { resizeRange(1.25); }
    void fit() override { choose({}); }

protected:
    void forget() override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Places {
        QRectF head, lanes, axis, legend;
        double laneHeight = 0;
    };
    Places placesIn(const QSizeF& size) const;
    QRectF laneRect(const Places& places, std::size_t lane, double scroll) const;

    void dropOverview();
    void refresh();
    void refreshPresence();
    void showRange();
    void choose(const RangeBrush::Range& range);
    void resizeRange(double factor);
    std::optional<TimeRange> brushed() const;
    QString rangeSentence() const;
    void layOut();
    void paintHead(QPainter& painter, const QRectF& head, double right) const;
    void paintLanes(QPainter& painter, const Places& places, double scroll) const;
    void paintName(QPainter& painter, const QRectF& rect, LaneId id) const;
    /// The lane and part under a point of the lanes; none beside them.
    std::optional<std::pair<std::size_t, std::uint32_t>> partAt(const QPointF& point) const;
    std::vector<LaneActivity::Entry> busiest(std::size_t lane, std::uint32_t part) const;
    FrameCard describe(std::size_t lane, std::uint32_t part) const;
    void hover(const QPointF& point, const QPoint& globalPosition);
    LaneColors colors() const { return {context()->palette(), context()->searchResult(), context()->theme()}; }

    QPointer<QWidget> m_options;
    RangeBrush* m_brush;
    QToolButton* m_clear;
    AnalysisPtr m_analysis; ///< What the overview is of: another range or direction changes nothing in it.
    OverviewPtr m_overview;
    Presence m_presence; ///< Of what is searched for, else of what is selected; empty without either.
    QString m_marked;    ///< Its name.
    std::vector<double> m_stops;
    double m_scroll = 0;
    bool m_isComputing = false;
    QPixmap m_picture; ///< Names and lanes, painted when something about them changes.
    std::vector<LegendHit> m_legend;
};

} // namespace sundial
