// SPDX-License-Identifier: GPL-3.0-or-later
// Which thread all views show: there only for profiles that tell several apart.
#pragma once

#include "views/view_context.h"

#include <QToolButton>

namespace sundial
{

class LaneButton : public QToolButton
{
    Q_OBJECT

public:
    explicit LaneButton(ViewContext* context, QWidget* parent = nullptr);

signals:
    /// Empty: all of them.
    void lanesChosen(const std::vector<sundial::LaneId>& lanes);

private:
    void refresh();
    void fillMenu();

    ViewContext* m_context;
};

} // namespace sundial
