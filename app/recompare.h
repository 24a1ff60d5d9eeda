// SPDX-License-Identifier: GPL-3.0-or-later
// What the user changes about the comparison that is open: which functions are one, what the sides are made comparable
// by, which side is before. Computed on a worker, undone by name.
#pragma once

#include "model/compare_analysis.h"
#include "views/view_context.h"

#include <QObject>

class QUndoStack;

namespace sundial
{

/// Replaces the context's comparison by one of the same runs. Requests add up, as the Pipeline's do. Zoom, selection
/// and search stay. Functions are named by rows of the comparison that is shown.
class Recompare : public QObject
{
    Q_OBJECT

public:
    /// Steps go onto `undo`, beside those of the pipeline.
    Recompare(ViewContext* context, QUndoStack* undo, QObject* parent = nullptr);
    ~Recompare() override;

    bool isBusy() const { return m_progress != nullptr; }
    /// What was asked for last; it may not be shown yet.
    const CompareOptions& options() const { return m_asked.options; }

    /// The function that `before` has before, and the one that `after` has after, are one.
    void match(FrameId before, FrameId after);
    /// The two sides of a row are two functions.
    void separate(FrameId row);
    /// Whether the user has said something about a row's functions.
    bool isOverruled(FrameId row) const;
    /// Forgets it.
    void forget(FrameId row);
    /// `callsOf`: for Normalise::Calls, a row that has a before side.
    void normalise(Normalise by, FrameId callsOf = {});
    void swapSides();
    /// What is compared: the id of one of commonMetrics(). Not a step that is undone, as for one profile.
    void setMetric(const std::string& id);

signals:
    void applied();
    /// The sides of the comparison that is shown have changed places.
    void swapped();
    /// Rules to be remembered for this pair.
    void matchesChanged(const std::vector<sundial::MatchRule>& rules);

private:
    friend class RecompareCommand;

    struct Request {
        ComparedSide before, after;
        CompareOptions options;
        std::string metric;     ///< An id; empty: as the runs are.
        bool isSwapped = false; ///< Against how the files were given.
    };

    static Result<AnalysisPtr> analyseRequest(Request request, CompareWidth width, Progress& progress);
    void onAnalysisChanged();
    bool canChange() const;
    MatchRule ruleOf(FrameId before, FrameId after) const;
    void push(Request next, const QString& name);
    void start(const Request& request);
    void finish(const AnalysisPtr& analysis, bool isSwapped);

    ViewContext* m_context;
    QUndoStack* m_undo;
    Request m_asked;
    bool m_isSwapped = false;             ///< What is shown.
    std::shared_ptr<Progress> m_progress; ///< Of the worker whose result is waited for, or null.
};

/// The same place in another comparison of the same runs, or of the same runs with the sides exchanged; the root if it
/// is not there any more. O(nodes).
ViewState stateIn(const Analysis& to, const Analysis& from, const ViewState& state, bool exchanged);

} // namespace sundial
