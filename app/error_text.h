// SPDX-License-Identifier: GPL-3.0-or-later
// An Error as the reader meets it: a title, what is wrong and where, and what to do.
#pragma once

#include "model/result.h"

#include <QString>

namespace sundial
{

struct ErrorText {
    QString title; ///< "worker.prof is not a profile Sundial can read"
    QString what;  ///< "It ends at byte 8,192." The Error's sentence, with its place.
    QString cure;  ///< May be empty.
};
ErrorText errorText(const Error& error, const QString& fileName);

} // namespace sundial
