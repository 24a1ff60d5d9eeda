// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the test runs under the address or the thread sanitizer, where memory cannot be measured or capped, and all is
// many times as slow.
#pragma once

namespace sundial::test
{

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) // GCC
constexpr bool kIsSanitized = true;
#elif defined(__has_feature) // Clang
constexpr bool kIsSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool kIsSanitized = false;
#endif

} // namespace sundial::test
