// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/match_menu.h"

#include "app/recompare.h"
#include "model/match_candidates.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QCoreApplication>
#include <QMenu>

namespace sundial
{

namespace
{

constexpr int kWidestPlace = 60; ///< Characters of a location.

QString tr(const char* text)
{
    return QCoreApplication::translate("MatchMenu", text);
}

/// Text of a file in a menu: "&" marks no key.
QString menuText(const QString& text)
{
    QString result = text;
    return result.replace(u'&', QStringLiteral("&&"));
}

/// "parse_entry   …/reading.py:12" of one side of a row.
QString functionText(const Comparison& sides, FrameId row, bool before)
{
    const FrameMatch& match = sides.match(row);
    const FrameTable& frames = (before ? sides.before : sides.after).profile->frames;
    const FrameId own = before ? match.before : match.after;
    QString place = displayText(frameLocation(frames, own));
    if (place.size() > kWidestPlace)
        place = QStringLiteral("…") + place.right(kWidestPlace - 1);
    return menuText(displayText(frames.name(own)) + QStringLiteral("   ") + place);
}

void addHeading(QMenu* menu, const QString& text)
{
    menu->addAction(text)->setEnabled(false);
}

/// What the function of `row` on one side could be on the other.
void addCandidates(QMenu* menu, const Comparison& sides, Recompare* recompare, FrameId row, bool isBefore)
{
    const std::vector<MatchCandidate> candidates = matchCandidates(sides, row, isBefore);
    if (candidates.empty()) {
        addHeading(menu, isBefore ? tr("Nothing like it after") : tr("Nothing like it before"));
        return;
    }
    for (const MatchCandidate& candidate : candidates) {
        QAction* const action = menu->addAction(functionText(sides, candidate.row, !isBefore) + QStringLiteral("   ") +
                                                percentText(candidate.likeness));
        QObject::connect(action, &QAction::triggered, recompare, [=] {
            isBefore ? recompare->match(row, candidate.row) : recompare->match(candidate.row, row);
        });
    }
}

} // namespace

QMenu* makeMatchMenu(const ViewContext& context, Recompare* recompare, FrameId row, QWidget* parent)
{
    const Comparison& sides = *context.analysis()->comparison->comparison;
    const FrameMatch& match = sides.match(row);
    auto* const menu = new QMenu(tr("Matched with…"), parent);
    if (match.before && match.after) {
        QAction* const current = menu->addAction(functionText(sides, row, false));
        current->setCheckable(true);
        current->setChecked(true);
        current->setEnabled(false);
        menu->addAction(tr("Not a match"), recompare, [=] { recompare->separate(row); });
        menu->addSeparator();
        addHeading(menu, tr("Another function after, by how alike its calls are"));
        addCandidates(menu, sides, recompare, row, true);
    } else if (match.before || match.after) {
        addHeading(menu, match.before ? tr("Only before. Could be, after:") : tr("Only after. Could be, before:"));
        addCandidates(menu, sides, recompare, row, bool(match.before));
    }
    if (recompare->isOverruled(row)) {
        menu->addSeparator();
        menu->addAction(tr("Match it by itself again"), recompare, [=] { recompare->forget(row); });
    }
    menu->setEnabled(match.before || match.after); // idle time is no function
    return menu;
}

void addCompareItems(QMenu* menu, const ViewContext& context, Recompare* recompare, FrameId row)
{
    menu->addSeparator();
    menu->addMenu(makeMatchMenu(context, recompare, row, menu));
    const Comparison& sides = *context.analysis()->comparison->comparison;
    QAction* const calls = menu->addAction(tr("Compare for as many calls of it"), recompare,
                                           [=] { recompare->normalise(Normalise::Calls, row); });
    calls->setEnabled(sides.before.calls(row) > 0 && sides.after.calls(row) > 0);
}

} // namespace sundial
