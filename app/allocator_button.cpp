// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/allocator_button.h"

#include "views/number_text.h"
#include "views/text_fit.h"

#include <QMenu>

namespace sundial
{

namespace
{

/// What an allocator gave over the whole time and all threads; none for temporary ones, which nobody sums by allocator.
std::optional<double> amountOf(const MemoryStatistics::Allocator& allocator, const Metric& metric)
{
    const AllocationSum* sum = nullptr;
    if (metric.id.starts_with("peak"))
        sum = &allocator.peak;
    else if (metric.id.starts_with("leaked"))
        sum = &allocator.leaked;
    else if (metric.id.starts_with("total"))
        sum = &allocator.total;
    if (!sum)
        return {};
    return double(metric.unit == Unit::Bytes ? sum->bytes : sum->count);
}

} // namespace

AllocatorButton::AllocatorButton(ViewContext* context, QWidget* parent) : QToolButton(parent), m_context(context)
{
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setMenu(new QMenu(this));
    connect(menu(), &QMenu::aboutToShow, this, &AllocatorButton::fillMenu);
    connect(context, &ViewContext::analysisChanged, this, &AllocatorButton::refresh);
    refresh();
}

void AllocatorButton::refresh()
{
    const AnalysisPtr& analysis = m_context->analysis();
    const bool isCapture = analysis && !analysis->comparison && analysis->profile->memory;
    setVisible(isCapture);
    if (!isCapture)
        return;
    const auto& allocators = analysis->profile->memory->statistics.allocators;
    const std::optional<std::uint32_t> chosen = analysis->options.allocator;
    setEnabled(allocators.size() > 1);
    setToolTip(isEnabled()          ? tr("Which allocator's blocks are counted, in all views")
               : allocators.empty() ? tr("Allocators can be told apart when the whole capture is read.")
                                    : tr("All blocks of this capture come from one allocator."));
    const QString name = chosen                   ? displayText(allocators[*chosen].name)
                         : allocators.size() == 1 ? displayText(allocators.front().name)
                                                  : tr("All allocators");
    setText(name);
    setAccessibleName(tr("Allocators: %1").arg(name));
}

void AllocatorButton::fillMenu()
{
    menu()->clear();
    const AnalysisPtr analysis = m_context->analysis();
    const auto add = [&](const QString& name, std::optional<double> amount, std::optional<std::uint32_t> allocator) {
        QString text = name;
        if (amount)
            text += u'\t' + valueText(*amount, analysis->metricInfo().unit);
        QAction* const action = menu()->addAction(text);
        action->setCheckable(true);
        action->setChecked(allocator == analysis->options.allocator);
        connect(action, &QAction::triggered, this, [this, allocator] { emit allocatorChosen(allocator); });
    };
    add(tr("All allocators"), analysis->profile->total(analysis->metric), {});
    menu()->addSeparator();
    const auto& allocators = analysis->profile->memory->statistics.allocators;
    for (std::uint32_t i = 0; i < allocators.size(); ++i)
        add(displayText(allocators[i].name), amountOf(allocators[i], analysis->metricInfo()), i);
}

} // namespace sundial
