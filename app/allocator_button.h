// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the allocators of a memory capture is counted.
#pragma once

#include "views/view_context.h"

#include <QToolButton>

#include <optional>

namespace sundial
{

/// A menu of all allocators that occur, with what each gave in the metric that is shown. Hidden where there is no
/// capture; disabled, and saying why, where there is one allocator alone.
class AllocatorButton : public QToolButton
{
    Q_OBJECT

public:
    explicit AllocatorButton(ViewContext* context, QWidget* parent = nullptr);

signals:
    /// None: all of them.
    void allocatorChosen(std::optional<std::uint32_t> allocator);

private:
    void refresh();
    void fillMenu();

    ViewContext* m_context;
};

} // namespace sundial
