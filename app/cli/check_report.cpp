// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/check_report.h"

#include "app/cli/diff_output.h"
#include "app/cli/json_writer.h"
#include "app/cli/output.h"

#include <QDir>
#include <QUrl>
#include <QXmlStreamWriter>

#include <algorithm>

namespace sundial::cli
{

namespace
{

std::size_t failures(std::span<const CheckOutcome> outcomes)
{
    return std::size_t(
        std::count_if(outcomes.begin(), outcomes.end(), [](const CheckOutcome& o) { return !o.isPassed; }));
}

/// The path as services expect it: relative to the checkout, where the program runs.
QString checkoutPath(const std::string& file)
{
    const QString path = QString::fromStdString(file);
    const QString root = QDir::currentPath() + QLatin1Char('/');
    return path.startsWith(root) ? path.mid(root.size()) : path;
}

/// Text that XML 1.0 can hold: control characters can't be written there, not even escaped.
QString xmlText(const std::string& text)
{
    QString result = QString::fromStdString(text);
    for (QChar& c : result) {
        if (c < QChar(0x20) && c != QChar('\t') && c != QChar('\n'))
            c = QChar(0xfffd);
    }
    return result;
}

/// Escapes of workflow commands; properties end at : and , as well.
std::string githubText(const std::string& text, bool isProperty)
{
    std::string result;
    for (const char c : text) {
        if (c == '%')
            result += "%25";
        else if (c == '\r')
            result += "%0D";
        else if (c == '\n')
            result += "%0A";
        else if (isProperty && c == ':')
            result += "%3A";
        else if (isProperty && c == ',')
            result += "%2C";
        else
            result += c;
    }
    return result;
}

std::string sentence(const CheckOutcome& outcome)
{
    return outcome.name + ": " + outcome.message;
}

} // namespace

std::string checkText(std::span<const CheckOutcome> outcomes, const ComparedSides& sides)
{
    std::string text;
    for (const CheckOutcome& outcome : outcomes)
        text += (outcome.isPassed ? "ok      " : "FAILED  ") + printable(sentence(outcome)) + '\n';
    return text + '\n' + printable(sides.verdict.text()) + '\n';
}

std::string checkJson(std::span<const CheckOutcome> outcomes, const ComparedSides& sides)
{
    JsonWriter json;
    json.beginObject().member("passed", failures(outcomes) == 0);
    writeVerdict(json, sides);
    json.key("rules").beginArray();
    for (const CheckOutcome& outcome : outcomes) {
        json.beginObject(true).member("rule", outcome.name).member("passed", outcome.isPassed);
        json.member("before", outcome.before).member("after", outcome.after).member("message", outcome.message);
        json.endObject();
    }
    json.endArray().endObject();
    return std::move(json).take();
}

std::string checkJunit(std::span<const CheckOutcome> outcomes, const ComparedSides& sides)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement("testsuites");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "sundial check");
    xml.writeAttribute("tests", QString::number(outcomes.size()));
    xml.writeAttribute("failures", QString::number(failures(outcomes)));
    for (const CheckOutcome& outcome : outcomes) {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "sundial");
        xml.writeAttribute("name", xmlText(outcome.name));
        if (!outcome.isPassed) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", xmlText(outcome.message));
            xml.writeCharacters(xmlText(sides.verdict.text()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
    xml.writeEndDocument();
    return bytes.toStdString();
}

std::string checkSarif(std::span<const CheckOutcome> outcomes, const ComparedSides& sides)
{
    JsonWriter json;
    json.beginObject().member("$schema", "https://json.schemastore.org/sarif-2.1.0.json").member("version", "2.1.0");
    json.key("runs").beginArray().beginObject().key("tool").beginObject().key("driver").beginObject();
    json.member("name", "Sundial").key("rules").beginArray();
    for (const CheckOutcome& outcome : outcomes) {
        json.beginObject(true).member("id", outcome.name).key("shortDescription").beginObject(true);
        json.member("text", "Fails if " + outcome.name).endObject().endObject();
    }
    json.endArray().endObject().endObject().key("results").beginArray();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const CheckOutcome& outcome = outcomes[i];
        if (outcome.isPassed)
            continue;
        json.beginObject().member("ruleId", outcome.name).member("ruleIndex", std::int64_t(i)).member("level", "error");
        json.key("message").beginObject(true);
        json.member("text", sentence(outcome) + ". " + sides.verdict.text()).endObject();
        json.key("locations").beginArray();
        if (!outcome.file.empty()) {
            const QByteArray uri = QUrl::toPercentEncoding(checkoutPath(outcome.file), "/");
            json.beginObject(true).key("physicalLocation").beginObject(true).key("artifactLocation").beginObject(true);
            json.member("uri", uri.toStdString()).endObject();
            if (outcome.line > 0)
                json.key("region").beginObject(true).member("startLine", std::int64_t(outcome.line)).endObject();
            json.endObject().endObject();
        }
        json.endArray().endObject();
    }
    json.endArray().endObject().endArray().endObject();
    return std::move(json).take();
}

std::string checkGithub(std::span<const CheckOutcome> outcomes, const ComparedSides& sides)
{
    std::string text;
    for (const CheckOutcome& outcome : outcomes) {
        if (outcome.isPassed)
            continue;
        text += "::error ";
        if (!outcome.file.empty())
            text += "file=" + githubText(checkoutPath(outcome.file).toStdString(), true) +
                    (outcome.line > 0 ? ",line=" + std::to_string(outcome.line) : "") + ",";
        text += "title=" + githubText(outcome.name, true) + "::" + githubText(outcome.message, false) + '\n';
    }
    return text.empty() ? "::notice title=Sundial::" + githubText(sides.verdict.text(), false) + '\n' : text;
}

} // namespace sundial::cli
