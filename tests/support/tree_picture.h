// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of a tree in a window, and ways to ask and poke it, for the tests of icicle and sunburst.
#pragma once

#include "tests/support/generate.h"
#include "views/tree_view.h"
#include "views/view_table.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace sundial::test
{

/// main holds shop and json; shop.total stands in both branches, at two depths.
inline constexpr std::string_view kShop = "main;render;total 30\n"
                                          "main;render;escape 10\n"
                                          "main;export;dumps;total 20\n"
                                          "main;export;dumps 15\n"
                                          "main;load 25\n";

inline AnalysisPtr analysisOf(Profile profile)
{
    Progress progress;
    return *analyse(std::make_shared<const Profile>(std::move(profile)), MetricId{0}, progress);
}

/// A view of `kind` in a window of its own, 1000 × 500, with the keyboard focus.
class TreePicture
{
public:
    explicit TreePicture(const char* kind, AnalysisPtr analysis = analysisOf(fromStacks(kShop)))
    {
        context.setAnalysis(std::move(analysis));
        for (const ViewType* type : viewTypes()) {
            if (std::string_view(type->id) == kind)
                view.reset(static_cast<TreeView*>(type->create(&context, nullptr)));
        }
        view->resize(1000, 500);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view.get()));
        view->setFocus(Qt::TabFocusReason);
    }

    const CallTree& tree() const { return context.analysis()->tree; }
    const ViewState& state() const { return context.state(); }

    /// The first node of this name below `parent`.
    NodeId node(std::string_view name, NodeId parent = NodeId{0}) const
    {
        for (std::uint32_t n = parent.value + 1; n < tree().subtreeEnd(parent).value; ++n) {
            if (context.analysis()->frames().name(tree().frame(NodeId{n})) == name)
                return NodeId{n};
        }
        return {};
    }
    FrameId frame(std::string_view name) const { return tree().frame(node(name)); }

    QPoint middle(NodeId node) const { return view->placeOf(node).center().toPoint(); }
    void click(NodeId node, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mouseClick(view.get(), button, modifiers, middle(node));
        settle();
    }
    void press(int key)
    {
        QTest::keyClick(view.get(), Qt::Key(key));
        settle();
    }
    /// Waits for a zoom to end.
    void settle() { QTest::qWait(260); }
    QColor colorAt(const QPoint& point) const { return view->grab().toImage().pixelColor(point); }
    /// Inside a box, away from its text.
    QColor fillOf(NodeId node) const
    {
        const QRectF place = view->placeOf(node);
        return colorAt(QPoint(int(place.center().x()), int(place.top()) + 3));
    }

    ViewContext context;
    std::unique_ptr<TreeView> view;
};

} // namespace sundial::test
