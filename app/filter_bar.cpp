// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filter_bar.h"

#include "app/filter_actions.h"
#include "views/number_text.h"
#include "views/text_fit.h"
#include "views/time_axis.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr int kHeight = 36;
constexpr int kSide = 16;
constexpr int kChipText = 220;
constexpr int kRangeText = 360; // numbers are not cut

bool hidesOthers(const std::vector<FilterStep>& filters)
{
    return std::any_of(filters.begin(), filters.end(),
                       [](const FilterStep& step) { return step.kind == FilterKind::OwnOnly; });
}

/// How many of the user's functions took time and stand nowhere in an estimated tree: the file does not tell which calls
/// led to them, or all their places are folded. O(nodes + functions).
std::size_t ownWithoutPlace(const Analysis& analysis)
{
    if (!analysis.isEstimated())
        return 0;
    std::vector<bool> isPlaced(analysis.functions().size(), false);
    for (const FrameId frame : analysis.tree.topology()->frame) {
        if (frame)
            isPlaced[frame.value] = true;
    }
    std::size_t missing = 0;
    for (std::uint32_t f = 0; f < isPlaced.size(); ++f)
        missing += !isPlaced[f] && analysis.functions().total[f] > 0 && analysis.modules.isOwn(FrameId{f});
    return missing;
}

} // namespace

FilterBar::FilterBar(ViewContext* context, Pipeline* pipeline, QWidget* parent)
    : QWidget(parent), m_context(context), m_pipeline(pipeline), m_chips(new QWidget(this)),
      m_chipRow(new QHBoxLayout(m_chips)), m_add(new QToolButton(this)), m_undo(new QToolButton(this)),
      m_clear(new QToolButton(this)), m_note(new QLabel(this))
{
    setFixedHeight(scaled(kHeight));
    setAccessibleName(tr("Filters"));
    m_chipRow->setContentsMargins(0, 0, 0, 0);
    m_chipRow->setSpacing(scaled(8));
    m_chipRow->setSizeConstraint(QLayout::SetNoConstraint); // many chips must not widen the window
    m_chips->setMinimumWidth(0);
    m_note->setFont(uiFont(12));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_note->setAlignment(Qt::AlignVCenter | Qt::AlignRight);
    for (QToolButton* button : {m_add, m_undo, m_clear}) {
        button->setProperty("quiet", true);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_add->setText(tr("+ Add"));
    m_add->setAccessibleName(tr("Add a filter"));
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_add->setMenu(new QMenu(m_add));
    m_undo->setText(tr("Undo last"));
    m_clear->setText(tr("Clear"));
    m_clear->setAccessibleName(tr("Clear all filters"));
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(kSide), 0, scaled(kSide), 0);
    row->setSpacing(scaled(8));
    row->addWidget(m_chips);
    for (QToolButton* button : {m_add, m_undo, m_clear})
        row->addWidget(button);
    row->addWidget(m_note, 1);

    connect(m_add->menu(), &QMenu::aboutToShow, this, [this] {
        m_add->menu()->clear();
        addFilterItems(m_add->menu(), *m_context, m_pipeline, m_context->state().selected);
        if (m_add->menu()->isEmpty())
            m_add->menu()->addAction(tr("Select a function first"))->setEnabled(false);
    });
    connect(m_undo, &QToolButton::clicked, m_pipeline->undoStack(), &QUndoStack::undo);
    connect(m_clear, &QToolButton::clicked, m_pipeline, &Pipeline::clearFilters);
    connect(context, &ViewContext::analysisChanged, this, &FilterBar::refresh);
    connect(context, &ViewContext::themeChanged, this, &FilterBar::applyTheme);
    applyTheme();
    refresh();
}

void FilterBar::applyTheme()
{
    QPalette palette = m_note->palette();
    palette.setColor(QPalette::WindowText, m_context->theme().text.secondary);
    m_note->setPalette(palette);
    update();
}

QString FilterBar::note() const
{
    return m_note->text();
}

QToolButton* FilterBar::addChip(const QString& name, const QString& action, int room)
{
    auto* const chip = new QToolButton(m_chips);
    const QString shown = elideMiddle(name, QFontMetricsF(chip->font()), scaledF(room));
    chip->setText(QString(shown).replace(u'&', QStringLiteral("&&")) + QStringLiteral("  ×"));
    chip->setProperty("chip", true);
    chip->setToolButtonStyle(Qt::ToolButtonTextOnly);
    chip->setFocusPolicy(Qt::TabFocus);
    chip->setAccessibleName(action);
    chip->setToolTip(action);
    m_chipRow->addWidget(chip);
    chip->show(); // at once, so that the row knows its width
    return chip;
}

void FilterBar::refresh()
{
    while (QLayoutItem* const item = m_chipRow->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one whose click led here
        delete item;
    }
    const AnalysisPtr& analysis = m_context->analysis();
    const bool isFiltered = analysis && !analysis->options.filters.empty();
    const std::optional<TimeRange> range = analysis ? timeRange(analysis->options) : std::nullopt;
    setVisible(isFiltered || range);
    if (!isFiltered && !range)
        return;
    if (range) {
        const QString name = rangeText(timeScale(*analysis->profile, analysis->metric), *range);
        connect(addChip(name, tr("Show the whole time again: not only %1").arg(name), kRangeText),
                &QToolButton::clicked, m_pipeline, [this] { m_pipeline->setRange({}); });
    }
    const std::vector<FilterStep>& filters = analysis->options.filters;
    for (int i = 0; i < int(filters.size()); ++i) {
        const QString name = filterName(*analysis, filters[std::size_t(i)]);
        connect(addChip(name, tr("Remove the filter: %1").arg(name), kChipText), &QToolButton::clicked, m_pipeline,
                [this, i] { m_pipeline->removeFilter(i); });
    }
    m_chips->setFixedWidth(std::min(m_chipRow->sizeHint().width(), scaled(900)));
    m_undo->setVisible(analysis->isFilteredOut());
    m_clear->setVisible(isFiltered);
    m_clear->setText(analysis->isFilteredOut() ? tr("Clear filters") : tr("Clear"));
    QString note;
    if (analysis->isFilteredOut())
        note = filters.size() == 1 ? tr("Everything is hidden by 1 filter.")
                                   : tr("Everything is hidden by %1 filters.").arg(filters.size());
    else if (const std::size_t unplaced = hidesOthers(filters) ? ownWithoutPlace(*analysis) : 0; unplaced > 0)
        note = unplaced == 1 ? tr("≈ The estimated tree has no place for 1 of your functions: the table has it.")
                             : tr("≈ The estimated tree has no place for %1 of your functions: the table has them.")
                                   .arg(countText(double(unplaced)));
    else if (analysis->isEstimated())
        note = tr("≈ Filters the estimated tree. Table, card and call graph keep the file's exact numbers.");
    m_note->setText(note);
    m_note->setToolTip(note);
    update();
}

void FilterBar::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), m_context->theme().surface.header);
    p.fillRect(QRect(0, height() - 1, width(), 1), m_context->theme().line.hair);
}

} // namespace sundial
