// SPDX-License-Identifier: GPL-3.0-or-later
// Worker threads that are there before memory is short.
#pragma once

class QThreadPool;

namespace sundial
{

/// Starts all threads of `pool` that may run, and keeps them until it ends. A pool that cannot start a thread when it
/// is given a job warns on stderr, never runs the job, and never ends (Qt 6.4 to 6.8, QThreadPoolPrivate::startThread):
/// a window would say "loading" for ever. Idle threads cost addresses, and no time.
void keepThreads(QThreadPool& pool);

} // namespace sundial
