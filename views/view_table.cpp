// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/view_table.h"

namespace sundial
{

#define SUNDIAL_VIEW(id) extern const ViewType id##View;
#include "views.gen.inc"
#undef SUNDIAL_VIEW

const std::vector<const ViewType*>& viewTypes()
{
    static const std::vector<const ViewType*> types{
#define SUNDIAL_VIEW(id) &id##View,
#include "views.gen.inc"
#undef SUNDIAL_VIEW
    };
    return types;
}

} // namespace sundial
