// SPDX-License-Identifier: GPL-3.0-or-later
// What the two sides of a comparison are made comparable by: "As measured ▾" above the pictures.
#pragma once

#include "views/view_context.h"

#include <QToolButton>

namespace sundial
{

class Recompare;

/// Shown for comparisons only.
class NormaliseButton : public QToolButton
{
    Q_OBJECT

public:
    NormaliseButton(ViewContext* context, Recompare* recompare, QWidget* parent = nullptr);

private:
    void refresh();
    void fillMenu();

    ViewContext* m_context;
    Recompare* m_recompare;
};

} // namespace sundial
