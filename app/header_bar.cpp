// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/header_bar.h"

#include "app/allocator_button.h"
#include "app/lane_button.h"
#include "app/verdict_banner.h"
#include "model/compare_analysis.h"
#include "views/icons.h"
#include "views/number_text.h"
#include "views/search_field.h"
#include "views/text_fit.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>

#include <numeric>

namespace sundial
{

namespace
{

constexpr int kHeight = 56;
constexpr int kTwoRows = 100;
constexpr int kLeastForOneRow = 880;
constexpr int kLeastWidth = 420;
constexpr int kSearchWidth = 250;
constexpr int kLeastSearchWidth = 120;
constexpr int kKindBox = 32;

QToolButton* button(QAction* action, Qt::ToolButtonStyle style, QWidget* parent)
{
    auto* const b = new QToolButton(parent);
    b->setDefaultAction(action);
    b->setToolButtonStyle(style);
    b->setProperty("quiet", style == Qt::ToolButtonIconOnly);
    b->setAccessibleName(action->text().remove(u'&'));
    return b;
}

} // namespace

QString profileFacts(const Analysis& analysis)
{
    const Profile& profile = *analysis.profile;
    QStringList facts;
    if (!profile.producer.empty())
        facts << displayText(profile.producer);
    for (const auto& [key, value] : profile.meta) {
        if (key == "python")
            facts << QStringLiteral("Python ") + displayText(value);
    }
    facts << valueText(analysis.total, analysis.metricInfo().unit);
    const FunctionTable& functions = analysis.functions();
    double calls = 0;
    std::uint32_t listed = 0;
    for (std::uint32_t f = 0; f < functions.size(); ++f) {
        listed += functions.listed[f];
        calls += functions.calls[f] > 0 ? double(functions.calls[f]) : 0;
    }
    if (calls > 0)
        facts << (analysis.graph.dialect().sampled ? HeaderBar::tr("%1 samples") : HeaderBar::tr("%1 calls"))
                     .arg(countText(calls));
    facts << HeaderBar::tr("%1 functions").arg(countText(listed));
    return facts.join(QStringLiteral(" · "));
}

QString kindIcon(const std::string& formatId)
{
    if (formatId == "memray" || formatId == "tracemalloc")
        return QStringLiteral("memory");
    return QStringLiteral("icicle");
}

HeaderBar::HeaderBar(ViewContext* context, const Actions& actions, QWidget* parent)
    : QWidget(parent), m_context(context), m_metric(new QToolButton(this)), m_lanes(new LaneButton(context, this)),
      m_allocators(new AllocatorButton(context, this)), m_search(new SearchField(this)), m_left(new QWidget(this)),
      m_sides(new SidesBar(context, this))
{
    setFixedHeight(scaled(kHeight));
    m_metric->setPopupMode(QToolButton::InstantPopup);
    m_metric->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_metric->setMenu(new QMenu(m_metric));
    m_metric->setAccessibleName(tr("Metric"));
    m_metric->setToolTip(tr("What is measured: all views show it"));
    m_search->setMaximumWidth(scaled(kSearchWidth));
    m_search->setPlaceholderText(tr("Search functions"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Search functions"));
    m_search->setToolTip(tr("Highlights functions in all views (%1)").arg(actions.focusSearch->shortcut().toString()));
    m_search->installEventFilter(this);
    m_search->addAction(
        themedIcon(QStringLiteral("search"), m_context->theme().text.tertiary, m_context->theme().text.disabled),
        QLineEdit::LeadingPosition);

    m_row = new QBoxLayout(QBoxLayout::LeftToRight, this);
    m_row->setContentsMargins(scaled(12), 0, scaled(12), 0);
    m_row->setSpacing(scaled(8));
    m_row->addWidget(m_left, 1); // name and facts are painted there
    m_row->addWidget(m_sides, 1);
    auto* const row = new QHBoxLayout;
    row->setSpacing(scaled(8));
    m_row->addLayout(row);
    for (QAction* action : {actions.back, actions.forward})
        row->addWidget(button(action, Qt::ToolButtonIconOnly, this));
    row->addWidget(m_metric);
    row->addWidget(m_lanes);
    row->addWidget(m_allocators);
    row->addWidget(m_search);
    m_compare = button(actions.compare, Qt::ToolButtonTextBesideIcon, this);
    m_watch = button(actions.watch, Qt::ToolButtonTextBesideIcon, this);
    m_watch->setText(tr("Watch"));
    row->addWidget(m_compare);
    row->addWidget(m_watch);
    for (QAction* action : {actions.exportPicture, actions.theme})
        row->addWidget(button(action, Qt::ToolButtonIconOnly, this));

    connect(m_search, &QLineEdit::textChanged, m_context, &ViewContext::search);
    connect(m_context, &ViewContext::analysisChanged, this, &HeaderBar::refresh);
    connect(m_context, &ViewContext::stateChanged, this, &HeaderBar::refreshSearch);
    connect(m_context, &ViewContext::themeChanged, this, qOverload<>(&QWidget::update));
    refresh();
}

QSize HeaderBar::minimumSizeHint() const
{
    return {scaled(kLeastWidth), height()};
}

void HeaderBar::resizeEvent(QResizeEvent*)
{
    const bool isNarrow = width() < scaled(kLeastForOneRow);
    m_row->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_row->setContentsMargins(scaled(12), 0, scaled(12), isNarrow ? scaled(8) : 0);
    m_search->setMinimumWidth(scaled(isNarrow ? kLeastSearchWidth : kSearchWidth));
    setFixedHeight(scaled(isNarrow ? kTwoRows : kHeight));
}

void HeaderBar::setFileName(const QString& name)
{
    m_fileName = name;
    update();
}

void HeaderBar::setRemark(const QString& remark)
{
    m_remark = remark;
    update();
}

void HeaderBar::setProgress(const QString& text, double fraction)
{
    m_progressText = text;
    m_progress = fraction;
    update();
}

void HeaderBar::clearProgress()
{
    m_progress = -1;
    update();
}

void HeaderBar::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    m_metric->menu()->clear();
    if (!analysis) {
        m_metric->hide();
        m_sides->hide();
        return;
    }
    const Profile& profile = *analysis->profile;
    m_sides->setVisible(analysis->comparison != nullptr);
    m_left->setVisible(!analysis->comparison);
    m_compare->setVisible(!analysis->comparison); // the sides stand in its place
    if (analysis->comparison) {
        const std::vector<Metric> common = commonMetrics(*analysis->comparison);
        for (const Metric& metric : common)
            m_metric->menu()->addAction(displayText(metric.title), this,
                                        [this, id = metric.id] { emit comparedMetricChosen(id); });
        m_metric->setText(displayText(analysis->comparison->beforeRuns.front()->metricInfo().title));
        if (common.size() <= 1) {
            m_metric->menu()->addSeparator();
            m_metric->menu()->addAction(tr("The two sides have nothing else in common"))->setEnabled(false);
        }
    } else {
        for (std::uint32_t m = 0; m < profile.metrics.size(); ++m) {
            QAction* const action = m_metric->menu()->addAction(displayText(profile.metrics[m].title));
            connect(action, &QAction::triggered, this, [this, m] { emit metricChosen(MetricId{m}); });
        }
        m_metric->setText(displayText(analysis->metricInfo().title));
    }
    m_metric->setVisible(!profile.memory); // tiles choose the metrics of memory captures
    if (analysis->options.filters.empty()) // what is open stays the same file, whatever is hidden of it
        m_facts = profileFacts(*analysis);
    refreshSearch();
    update();
}

void HeaderBar::refreshSearch()
{
    if (m_search->text() != m_context->state().search)
        m_search->setText(m_context->state().search);
}

bool HeaderBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            emit nextMatchRequested(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void HeaderBar::paintEvent(QPaintEvent*)
{
    const Theme& t = m_context->theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), t.surface.header);
    p.fillRect(QRect(0, height() - 1, width(), 1), t.line.hair);
    if (m_progress >= 0)
        p.fillRect(QRectF(0, height() - 2, width() * std::clamp(m_progress, 0.0, 1.0), 2), t.accent.base);
    const AnalysisPtr& analysis = m_context->analysis();
    if (m_left->isHidden())
        return;
    const QRectF area = m_left->geometry();
    const double box = scaledF(kKindBox);
    const QRectF kind(area.left(), area.center().y() - box / 2, box, box);
    p.setPen(Qt::NoPen);
    p.setBrush(t.accent.soft);
    p.drawRoundedRect(kind, 6, 6);
    const int icon = scaled(16);
    p.drawPixmap(kind.center() - QPointF(icon / 2.0, icon / 2.0),
                 iconPixmap(analysis ? kindIcon(analysis->profile->formatId) : QStringLiteral("open"), t.accent.base,
                            icon, devicePixelRatioF()));
    const double x = kind.right() + scaledF(10);
    const QRectF name(x, kind.top() - 3, area.right() - x, scaledF(20));
    p.setFont(uiFont(14, QFont::DemiBold));
    p.setPen(t.text.primary);
    p.drawText(name, Qt::AlignVCenter | Qt::TextSingleLine,
               elideMiddle(m_fileName, QFontMetricsF(p.font()), name.width()));
    const QRectF facts(x, name.bottom(), name.width(), scaledF(18));
    p.setFont(uiFont(12));
    p.setPen(t.text.secondary);
    p.drawText(facts, Qt::AlignVCenter | Qt::TextSingleLine,
               QFontMetricsF(p.font()).elidedText(m_progress >= 0      ? m_progressText
                                                  : m_remark.isEmpty() ? m_facts
                                                                       : m_facts + QStringLiteral(" · ") + m_remark,
                                                  Qt::ElideRight, facts.width()));
}

} // namespace sundial
