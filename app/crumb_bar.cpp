// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crumb_bar.h"

#include "model/compare_analysis.h"
#include "views/frame_card.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QMouseEvent>
#include <QPainter>

namespace sundial
{

namespace
{

constexpr int kHeight = 30;
constexpr int kSide = 16;
constexpr int kCrumbWidth = 180;
constexpr std::size_t kShownAtEnd = 3; // of a long path: "All › … › a › b › c"
const QString kSeparator = QStringLiteral("  ›  ");

} // namespace

CrumbBar::CrumbBar(ViewContext* context, QWidget* parent) : QWidget(parent), m_context(context)
{
    setFixedHeight(scaled(kHeight));
    setMouseTracking(true);
    setAccessibleName(tr("Path to the zoom root"));
    const auto refresh = [this] {
        layOut();
        update();
    };
    connect(m_context, &ViewContext::analysisChanged, this, refresh);
    connect(m_context, &ViewContext::stateChanged, this, refresh);
    connect(m_context, &ViewContext::themeChanged, this, qOverload<>(&QWidget::update));
}

void CrumbBar::setHint(const QString& hint)
{
    m_hint = hint;
    update();
}

void CrumbBar::layOut()
{
    m_crumbs.clear();
    m_value.clear();
    const AnalysisPtr& analysis = m_context->analysis();
    if (!analysis || analysis->tree.isEmpty())
        return;
    const NodeId zoom = m_context->state().zoomRoot;
    const std::vector<NodeId> path = pathTo(analysis->tree, zoom);
    const QFontMetricsF metrics(uiFont(12, QFont::DemiBold));
    m_crumbs.push_back({NodeId{0}, tr("All"), {}});
    const std::size_t first = path.size() > kShownAtEnd + 1 ? path.size() - kShownAtEnd : 0;
    if (first > 0)
        m_crumbs.push_back({path[first - 1], QStringLiteral("…"), {}});
    for (std::size_t i = first; i < path.size(); ++i)
        m_crumbs.push_back({path[i], elideMiddle(nodeName(*analysis, path[i], {}), metrics, scaledF(kCrumbWidth)), {}});
    double x = scaledF(kSide);
    for (Crumb& crumb : m_crumbs) {
        const double width = metrics.horizontalAdvance(crumb.text);
        crumb.rect = QRectF(x, 0, width, height());
        x += width + metrics.horizontalAdvance(kSeparator);
    }
    if (analysis->comparison) {
        const CompareAnalysis& info = *analysis->comparison;
        m_value = displayText(comparedValue(*info.comparison, info.before->total[zoom.value], localeStyle()) + " → " +
                              comparedValue(*info.comparison, info.after->total[zoom.value], localeStyle()));
        return;
    }
    const double total = analysis->tree.total(analysis->metric, zoom);
    const QString mark = isGuess(*analysis, zoom) ? QStringLiteral("≈ ") : QString();
    const QString soFar = m_isSoFar ? u' ' + tr("so far") : QString();
    m_value = tr("%1 · %2 of total")
                  .arg(mark + valueText(total, analysis->metricInfo().unit) + soFar,
                       percentText(analysis->total > 0 ? total / analysis->total : 0));
    if (const SearchResult& found = m_context->searchResult(); found.isActive())
        m_value +=
            QStringLiteral("   ") + tr("%1 of %2 functions match, %3 of total")
                                        .arg(countText(found.count), countText(analysis->frames().size()),
                                             percentText(analysis->total > 0 ? found.total / analysis->total : 0));
}

void CrumbBar::setSoFar(bool isSoFar)
{
    m_isSoFar = isSoFar;
    layOut();
    update();
}

const CrumbBar::Crumb* CrumbBar::crumbAt(const QPointF& position) const
{
    for (const Crumb& crumb : m_crumbs) {
        if (crumb.rect.contains(position))
            return &crumb;
    }
    return nullptr;
}

void CrumbBar::mouseMoveEvent(QMouseEvent* event)
{
    const Crumb* const crumb = crumbAt(event->position());
    const bool isLink = crumb && crumb->node != m_context->state().zoomRoot;
    setCursor(isLink ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void CrumbBar::mousePressEvent(QMouseEvent* event)
{
    if (const Crumb* const crumb = crumbAt(event->position()); crumb && event->button() == Qt::LeftButton)
        m_context->zoomTo(NodeId{crumb->node});
}

void CrumbBar::paintEvent(QPaintEvent*)
{
    const Theme& t = m_context->theme();
    QPainter p(this);
    p.fillRect(rect(), t.surface.panel);
    p.setFont(uiFont(12, QFont::DemiBold));
    double x = scaledF(kSide);
    for (std::size_t i = 0; i < m_crumbs.size(); ++i) {
        const Crumb& crumb = m_crumbs[i];
        const bool isLast = i + 1 == m_crumbs.size();
        p.setPen(isLast ? t.text.primary : t.accent.text);
        p.drawText(crumb.rect, Qt::AlignVCenter | Qt::TextSingleLine, crumb.text);
        x = crumb.rect.right();
        if (!isLast) {
            p.setPen(t.text.tertiary);
            p.drawText(QRectF(x, 0, 60, height()), Qt::AlignVCenter, kSeparator);
        }
    }
    p.setFont(uiFont(12));
    const QFontMetricsF metrics(p.font());
    const double hintWidth = metrics.horizontalAdvance(m_hint);
    const QRectF value(x + scaledF(12), 0, width() - x - scaledF(12 + kSide), height());
    p.setPen(t.text.secondary);
    p.drawText(value, Qt::AlignVCenter | Qt::TextSingleLine,
               metrics.elidedText(m_value, Qt::ElideRight, value.width()));
    if (metrics.horizontalAdvance(m_value) + hintWidth + scaledF(24) > value.width())
        return; // figures before advice
    p.setPen(t.text.tertiary);
    p.drawText(value, int(Qt::AlignVCenter | Qt::AlignRight), m_hint);
}

} // namespace sundial
