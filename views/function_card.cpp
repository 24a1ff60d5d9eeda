// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/function_card.h"

#include "views/function_page.h"
#include "views/profile_page.h"

#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>

namespace sundial
{

namespace
{

constexpr int kWidth = 368;
constexpr int kLeastWidth = 280;
constexpr int kPadding = 18;

} // namespace

FunctionCard::FunctionCard(ViewContext* context, QWidget* parent)
    : QScrollArea(parent), m_context(context), m_content(new QWidget(this))
{
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus); // its parts take the focus
    setAccessibleName(tr("Function"));
    m_function = new FunctionPage(context, m_content);
    m_profile = new ProfilePage(context, m_content);
    auto* const column = new QVBoxLayout(m_content);
    column->setSpacing(0);
    column->addWidget(m_function);
    column->addWidget(m_profile);
    m_function->hide();
    setWidget(m_content);
    m_content->setAutoFillBackground(true);

    const auto select = [this](FrameId function) {
        m_context->select(function);
        verticalScrollBar()->setValue(0);
    };
    connect(m_function, &FunctionPage::functionActivated, this, select);
    connect(m_profile, &ProfilePage::functionActivated, this, select);
    connect(m_function, &FunctionPage::placeActivated, this, [this](FrameId function, NodeId place) {
        m_context->select(function, place);
        verticalScrollBar()->setValue(0);
    });
    connect(m_function, &FunctionPage::openInEditorRequested, this, &FunctionCard::openInEditorRequested);
    connect(context, &ViewContext::analysisChanged, this, [this] {
        m_components.reset();
        showSelection();
    });
    connect(context, &ViewContext::stateChanged, this, [this](const ViewState& before) {
        const ViewState& now = m_context->state();
        if (before.selected != now.selected || before.colorBy != now.colorBy)
            showSelection();
        else if (before.selectedNode != now.selectedNode)
            m_function->showPlace(now.selectedNode);
    });
    connect(context, &ViewContext::themeChanged, this, &FunctionCard::applyTheme);
    applyTheme();
}

void FunctionCard::showCallers()
{
    showSection(m_function->callers());
}

void FunctionCard::showCallees()
{
    showSection(m_function->callees());
}

void FunctionCard::showSection(RankedSection& section)
{
    widget()->layout()->activate(); // a page that has just been filled has no places yet
    const int top = section.mapTo(widget(), QPoint()).y();
    verticalScrollBar()->setValue(top - scaled(kPadding));
    section.list().setFocus(Qt::ShortcutFocusReason);
}

QSize FunctionCard::sizeHint() const
{
    return {scaled(kWidth), scaled(600)};
}

void FunctionCard::applyTheme()
{
    QPalette colors = m_context->theme().palette();
    colors.setColor(QPalette::Window, m_context->theme().surface.panel);
    m_content->setPalette(colors);
    setPalette(colors);
    m_content->layout()->setContentsMargins(scaled(kPadding), scaled(16), scaled(kPadding), scaled(16));
    setMinimumWidth(scaled(kLeastWidth));
    m_function->applyTheme();
    m_profile->applyTheme();
    showSelection();
}

void FunctionCard::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyTheme();
}

void FunctionCard::showSelection()
{
    const AnalysisPtr& analysis = m_context->analysis();
    const FrameId selected = m_context->state().selected;
    const bool hasFunction = analysis && selected && selected.value < analysis->functions().size();
    m_function->setVisible(hasFunction);
    m_profile->setVisible(analysis && !hasFunction);
    if (hasFunction) {
        if (!m_components)
            m_components = analysis->components;
        if (!m_components)
            m_components = std::make_shared<const Components>(stronglyConnectedComponents(analysis->graph));
        m_function->showFunction(selected, *m_components);
        m_function->showPlace(m_context->state().selectedNode);
    } else if (analysis) {
        m_profile->showProfile();
    }
}

} // namespace sundial
