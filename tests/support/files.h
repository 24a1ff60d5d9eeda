// SPDX-License-Identifier: GPL-3.0-or-later
// Fixtures as bytes and as JSON.
#pragma once

#include "model/progress.h"
#include "parsers/formats.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <string>

namespace sundial::test
{

/// The bytes of tests/fixtures/<path>; empty if it is missing.
inline QByteArray readFixture(const QString& path)
{
    QFile file(QStringLiteral(SUNDIAL_FIXTURES "/") + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QJsonObject readFixtureJson(const QString& path)
{
    return QJsonDocument::fromJson(readFixture(path)).object();
}

/// The names in tests/fixtures/<folder> that match one of `patterns`, sorted.
inline QStringList fixtureNames(const QString& folder, const QStringList& patterns = {QStringLiteral("*")})
{
    return QDir(QStringLiteral(SUNDIAL_FIXTURES "/") + folder).entryList(patterns, QDir::Files, QDir::Name);
}

inline std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

/// Reads bytes as a file of an unhelpful name would be read.
inline Result<Profile> parseBytes(const QByteArray& bytes, const Format* format = nullptr,
                                  std::string_view name = "unknown", const ParseOptions& options = {})
{
    Progress progress;
    return parseAny({viewOf(bytes), name}, options, progress, format);
}

/// The error of a failed Result, for QVERIFY2.
template <class T> QByteArray describe(const Result<T>& result)
{
    return result ? QByteArray() : QByteArray::fromStdString(result.error().message);
}

} // namespace sundial::test
