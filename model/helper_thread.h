// SPDX-License-Identifier: GPL-3.0-or-later
// How a second thread is asked for.
#pragma once

#include <future>

namespace sundial
{

/// The policy for std::async: on a thread of its own or, where the system has none left, by whoever asks for the
/// result, when he does (wait_for() is `deferred` then, never `timeout`). libstdc++ and libc++ choose in this
/// order; std::launch::async alone throws.
constexpr std::launch kHelperThread = std::launch::async | std::launch::deferred;

} // namespace sundial
