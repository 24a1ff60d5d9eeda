// SPDX-License-Identifier: GPL-3.0-or-later
// From what was loaded to what is shown: parts while a file is read, and then the whole, without losing one's place.
#pragma once

#include "app/async_loader.h"
#include "app/history.h"
#include "views/view_context.h"

#include <optional>

namespace sundial
{

/// Where a state of one analysis is in another one that goes on from it.
ViewState continuedState(const ViewState& state, const Analysis& shown, const LoadedAnalysis& next);

/// Remembers what was shown before the first part of a file, so that a load which fails or is cancelled leaves it so.
class Presenter
{
public:
    Presenter(ViewContext* context, History* history) : m_context(context), m_history(history) {}

    bool showsPart() const { return m_before.has_value(); }
    void showPart(const LoadedAnalysis& part, const QString& documentName);
    void showWhole(const LoadedAnalysis& whole, const QString& documentName);
    /// Back to what was shown before, if a part is shown.
    void takeBackPart();

private:
    struct Shown {
        AnalysisPtr analysis;
        ViewState state;
        QString documentName;
        History history;
    };

    void show(const LoadedAnalysis& loaded, const QString& documentName);

    ViewContext* m_context;
    History* m_history;
    std::optional<Shown> m_before;
};

} // namespace sundial
