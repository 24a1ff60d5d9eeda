// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filter_actions.h"

#include "views/time_picture.h"

#include <QAction>
#include <QMenu>
#include <QWidget>

#include <array>

namespace sundial
{

namespace
{

struct Offer {
    FilterKind kind;
    FilterScope scope;
    const char* key;
    const char* title; ///< While no function is selected.
};

constexpr std::array kOffers{
    Offer{FilterKind::Focus, FilterScope::Function, "F", QT_TRANSLATE_NOOP("FilterActions", "Focus on the function")},
    Offer{FilterKind::Exclude, FilterScope::Function, "X",
          QT_TRANSLATE_NOOP("FilterActions", "Exclude stacks with the function")},
    Offer{FilterKind::Hide, FilterScope::Function, "H", QT_TRANSLATE_NOOP("FilterActions", "Hide the function")},
    Offer{FilterKind::ShowFrom, FilterScope::Function, "O",
          QT_TRANSLATE_NOOP("FilterActions", "Only from the function")},
    Offer{FilterKind::Collapse, FilterScope::Module, "C", QT_TRANSLATE_NOOP("FilterActions", "Collapse its module")},
    Offer{FilterKind::FoldRecursion, FilterScope::Function, "R", QT_TRANSLATE_NOOP("FilterActions", "Fold recursion")},
    Offer{FilterKind::OwnOnly, FilterScope::Function, "M", QT_TRANSLATE_NOOP("FilterActions", "My code only")},
    Offer{FilterKind::HideImports, FilterScope::Function, "Shift+I",
          QT_TRANSLATE_NOOP("FilterActions", "Hide the import system and what it runs")},
    Offer{FilterKind::HideNative, FilterScope::Function, "Shift+N",
          QT_TRANSLATE_NOOP("FilterActions", "Hide native frames")},
    Offer{FilterKind::HideInterpreter, FilterScope::Function, "Shift+P",
          QT_TRANSLATE_NOOP("FilterActions", "Hide the interpreter's own frames")}};

FilterStep stepOf(const Offer& offer, FrameId frame)
{
    return {offer.kind, offer.scope, takesFrame(offer.kind) ? frame : FrameId{}};
}

bool isOn(const Pipeline& pipeline, const FilterStep& step)
{
    const std::vector<FilterStep>& filters = pipeline.options().filters;
    return std::find(filters.begin(), filters.end(), step) != filters.end();
}

/// A name in a menu: its & is no mnemonic.
QString menuText(QString text)
{
    return text.replace(u'&', QStringLiteral("&&"));
}

} // namespace

FilterActions::FilterActions(ViewContext* context, Pipeline* pipeline, QObject* parent)
    : QObject(parent), m_context(context), m_pipeline(pipeline),
      m_invert(new QAction(tr("Invert: callees first"), this)),
      m_timeOrder(new QAction(tr("Icicle in the order of time"), this))
{
    const auto setKey = [](QAction* action, const char* key) {
        action->setShortcut(QKeySequence(QLatin1String(key)));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    };
    for (int i = 0; i < int(kOffers.size()); ++i) {
        const Offer& offer = kOffers[std::size_t(i)];
        auto* const action = new QAction(tr(offer.title), this);
        setKey(action, offer.key);
        action->setCheckable(!takesFrame(offer.kind));
        connect(action, &QAction::triggered, this, [this, i] { trigger(i); });
        m_actions << action;
    }
    setKey(m_invert, "I");
    m_invert->setCheckable(true);
    connect(m_invert, &QAction::triggered, m_pipeline, &Pipeline::setInverted);
    m_actions << m_invert;
    setKey(m_timeOrder, "T");
    m_timeOrder->setCheckable(true);
    connect(m_timeOrder, &QAction::triggered, this, [this](bool on) {
        if (on)
            m_pipeline->setInverted(false);
        ViewState next = m_context->state();
        next.inTimeOrder = on;
        m_context->update(next);
    });
    m_actions << m_timeOrder;
    connect(context, &ViewContext::analysisChanged, this, &FilterActions::refresh);
    connect(context, &ViewContext::stateChanged, this, &FilterActions::refresh);
    refresh();
}

void FilterActions::addTo(QWidget* picture) const
{
    picture->addActions(m_actions);
}

void FilterActions::trigger(int index)
{
    m_pipeline->addFilter(stepOf(kOffers[std::size_t(index)], m_context->state().selected));
    refresh();
}

void FilterActions::refresh()
{
    const bool canFilter = m_pipeline->canFilter();
    const FrameId selected = m_context->state().selected;
    for (std::size_t i = 0; i < kOffers.size(); ++i) {
        const FilterStep step = stepOf(kOffers[i], selected);
        QAction* const action = m_actions[qsizetype(i)];
        const QString whyNot = m_pipeline->whyNotHidden(step.kind);
        const bool isReady = canFilter && (step.frame || !takesFrame(step.kind)) && whyNot.isEmpty();
        action->setEnabled(isReady);
        action->setToolTip(whyNot);
        action->setText(isReady ? menuText(filterOffer(*m_context->analysis(), step)) : tr(kOffers[i].title));
        action->setChecked(action->isCheckable() && isOn(*m_pipeline, step));
    }
    const QString whyNot = m_pipeline->whyNotInverted();
    m_invert->setEnabled(canFilter && whyNot.isEmpty());
    m_invert->setToolTip(whyNot);
    m_invert->setChecked(m_pipeline->options().inverted);
    const AnalysisPtr& analysis = m_context->analysis();
    const QString whyNoTime = analysis ? whyNoTimeOrder(*analysis) : QString();
    m_timeOrder->setEnabled(analysis && whyNoTime.isEmpty());
    m_timeOrder->setToolTip(whyNoTime);
    m_timeOrder->setChecked(m_context->state().inTimeOrder && !m_pipeline->options().inverted);
}

void addFilterItems(QMenu* menu, const ViewContext& context, Pipeline* pipeline, FrameId frame)
{
    if (!pipeline->canFilter() || !frame)
        return;
    const AnalysisPtr analysis = context.analysis();
    const auto add = [&](QMenu* to, const QString& text, const FilterStep& step) {
        QAction* const action = to->addAction(menuText(text), pipeline, [=] { pipeline->addFilter(step); });
        action->setCheckable(!takesFrame(step.kind));
        action->setChecked(action->isCheckable() && isOn(*pipeline, step));
    };
    for (const Offer& offer : kOffers) {
        const FilterStep step = stepOf(offer, frame);
        if (offer.kind == FilterKind::ShowFrom) {
            QMenu* const scopes = menu->addMenu(menuText(filterOffer(*analysis, step)));
            add(scopes, FilterActions::tr("This function"), step);
            add(scopes, FilterActions::tr("Its file"), {step.kind, FilterScope::File, frame});
            add(scopes, FilterActions::tr("Its module"), {step.kind, FilterScope::Module, frame});
        } else if (offer.kind < FilterKind::OwnOnly) { // what is about the whole profile is in the menu bar alone
            add(menu, filterOffer(*analysis, step), step);
        }
    }
    menu->addSeparator();
}

} // namespace sundial
