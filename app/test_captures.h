// SPDX-License-Identifier: GPL-3.0-or-later
// pytest-memray's captures under the names of the tests that they are of.
#pragma once

#include "app/artifact_list.h"

namespace sundial
{

/// pytest-memray writes one capture a test (--memray-bin-path), and beside them metadata/NAME.metadata, which says the
/// id of the test. Captures that have one are listed below their test's file, in whatever folder or archive; the
/// metadata are not listed. Before names are shortened. What is no such metadata stays as it is.
void nameTestCaptures(ArtifactList& list, Progress& progress);

} // namespace sundial
