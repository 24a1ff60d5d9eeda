// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/error_text.h"

#include "views/text_fit.h"

#include <QCoreApplication>
#include <QLocale>

namespace sundial
{

namespace
{

QString titlePattern(ErrorKind kind)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("ErrorText", text); };
    switch (kind) {
    case ErrorKind::Io:
        return tr("%1 could not be opened");
    case ErrorKind::UnknownFormat:
    case ErrorKind::Malformed:
        return tr("%1 is not a profile Sundial can read");
    case ErrorKind::NoData:
        return tr("%1 holds nothing to show");
    case ErrorKind::Truncated:
        return tr("%1 is cut short");
    case ErrorKind::Unsupported:
        return tr("%1 is of a version Sundial does not know");
    case ErrorKind::TooLarge:
        return tr("%1 is too large");
    case ErrorKind::Several:
        return tr("%1 holds several profiles");
    case ErrorKind::Cancelled:
        return tr("Opening %1 was cancelled");
    }
    return {};
}

} // namespace

ErrorText errorText(const Error& error, const QString& fileName)
{
    ErrorText text;
    text.title = titlePattern(error.kind).arg(fileName);
    text.what = displayText(error.message);
    const QLatin1String saidByTitle("This is not a profile that Sundial can read; ");
    if (text.what.startsWith(saidByTitle)) {
        text.what.remove(0, saidByTitle.size());
        text.what.replace(0, 1, text.what.left(1).toUpper());
    }
    const bool namesPlace = error.message.find("byte") != std::string::npos;
    if (error.offset != Error::kNoOffset && !namesPlace)
        text.what +=
            QCoreApplication::translate("ErrorText", " (at byte %1)").arg(QLocale().toString(quint64(error.offset)));
    text.cure = displayText(error.cure);
    return text;
}

} // namespace sundial
