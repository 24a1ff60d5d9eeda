// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol is described in worker/main.cpp.
#include "views/layout/graph_layout.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

#include <charconv>
#include <cmath>
#include <string_view>

namespace sundial
{

namespace
{

/// An answer beyond this is not read on: no graph that dot can lay out comes near it.
constexpr qint64 kLongestAnswer = 256 << 20;

void appendNumber(QByteArray& out, double value)
{
    out += ' ';
    out += QByteArray::number(value, 'f', 2);
}

void appendNumber(QByteArray& out, std::uint32_t value)
{
    out += ' ';
    out += QByteArray::number(value);
}

QByteArray encode(const GraphLayoutRequest& request)
{
    QByteArray out("graph 1");
    appendNumber(out, std::uint32_t(request.nodeSizes.size()));
    appendNumber(out, std::uint32_t(request.edges.size()));
    appendNumber(out, std::uint32_t(request.clusters.size()));
    appendNumber(out, request.rankSeparation);
    appendNumber(out, request.nodeSeparation);
    for (const QSizeF& size : request.nodeSizes) {
        out += "\nn";
        appendNumber(out, size.width());
        appendNumber(out, size.height());
    }
    for (const GraphLayoutRequest::Edge& edge : request.edges) {
        out += "\ne";
        appendNumber(out, edge.from);
        appendNumber(out, edge.to);
        appendNumber(out, std::uint32_t(std::max(1, edge.weight)));
        out += edge.back ? " b" : " f";
    }
    for (const std::vector<std::uint32_t>& cluster : request.clusters) {
        out += "\nc";
        appendNumber(out, std::uint32_t(cluster.size()));
        for (const std::uint32_t node : cluster)
            appendNumber(out, node);
    }
    out += "\nend\n";
    return out;
}

/// Words and numbers of an answer, with a sticky first failure.
class AnswerReader
{
public:
    explicit AnswerReader(std::string_view text) : m_rest(text) {}

    void expect(std::string_view word) { m_ok = m_ok && next() == word; }
    double number()
    {
        const std::string_view word = next();
        double value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        m_ok = m_ok && error == std::errc() && end == word.data() + word.size() && std::isfinite(value);
        return m_ok ? value : 0;
    }
    QPointF point()
    {
        const double x = number();
        return {x, number()};
    }
    bool ok() const { return m_ok; }

private:
    std::string_view next()
    {
        m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \n"), m_rest.size()));
        const std::string_view word = m_rest.substr(0, m_rest.find_first_of(" \n"));
        m_rest.remove_prefix(word.size());
        return word;
    }

    std::string_view m_rest;
    bool m_ok = true;
};

Error helperError(std::string message, std::string cure)
{
    return {.kind = ErrorKind::Io, .message = std::move(message), .cure = std::move(cure)};
}

Error nonsense()
{
    return helperError("The layout helper gave an answer that is no layout of this graph.",
                       "Install sundial-layout of the same version as Sundial.");
}

Error missingHelper()
{
    return helperError("The layout helper sundial-layout could not be started, so there is no call graph.",
                       "Install sundial-layout beside the program, or in libexec/sundial.");
}

Result<GraphLayout> decode(const QByteArray& answer, const GraphLayoutRequest& request)
{
    AnswerReader reader({answer.constData(), std::size_t(answer.size())});
    GraphLayout layout;
    reader.expect("graph");
    const QPointF corner = reader.point();
    layout.size = {corner.x(), corner.y()};
    layout.nodes.reserve(request.nodeSizes.size());
    for (const QSizeF& size : request.nodeSizes) {
        reader.expect("n");
        QRectF box({}, size);
        box.moveCenter(reader.point());
        layout.nodes.push_back(box);
    }
    layout.edges.resize(request.edges.size());
    for (std::vector<QPointF>& path : layout.edges) {
        reader.expect("e");
        const double count = reader.number();
        // A point takes four bytes at least, so a count beyond the answer's length is a lie.
        if (!reader.ok() || count < 0 || count > double(answer.size()) / 4 ||
            (count > 0 && std::fmod(count, 3) != 1)) // 1 + 3k
            return nonsense();
        path.resize(std::size_t(count));
        for (QPointF& point : path)
            point = reader.point();
    }
    for (std::size_t i = 0; i < request.clusters.size(); ++i) {
        reader.expect("c");
        const QPointF topLeft = reader.point();
        layout.clusters.push_back(QRectF(topLeft, reader.point()));
    }
    reader.expect("end");
    if (!reader.ok())
        return nonsense();
    return layout;
}

/// What an ended helper has to say.
Result<GraphLayout> resultOf(QProcess& process, const GraphLayoutRequest& request)
{
    if (process.error() == QProcess::FailedToStart)
        return missingHelper();
    if (process.exitStatus() == QProcess::CrashExit)
        return helperError("The layout helper crashed while laying out " + std::to_string(request.nodeSizes.size()) +
                               " functions.",
                           "Show fewer nodes, or raise the thresholds.");
    if (process.exitCode() != 0) {
        const QByteArray said = process.readAllStandardError().trimmed().left(200);
        return helperError("The layout helper gave up" + (said.isEmpty() ? "." : ": " + said.toStdString() + '.'),
                           "Show fewer nodes, or raise the thresholds.");
    }
    if (process.bytesAvailable() > kLongestAnswer)
        return nonsense();
    return decode(process.readAllStandardOutput(), request);
}

void startHelper(QProcess& process, const QString& helper, const GraphLayoutRequest& request)
{
    process.setProgram(helper);
    process.start();
    process.write(encode(request));
    process.closeWriteChannel();
}

} // namespace

QString findLayoutHelper()
{
    const QString name = QStringLiteral("sundial-layout");
    const QString here = QCoreApplication::applicationDirPath();
    for (const QString& path :
         {qEnvironmentVariable("SUNDIAL_LAYOUT_HELPER"), here + u'/' + name,
          here + QStringLiteral("/../libexec/sundial/") + name, here + QStringLiteral("/../lib/sundial/") + name}) {
        if (!path.isEmpty() && QFileInfo(path).isExecutable())
            return path;
    }
    return {};
}

Result<GraphLayout> layoutGraph(const GraphLayoutRequest& request, const QString& helper, int timeoutMs)
{
    if (helper.isEmpty())
        return missingHelper();
    QProcess process;
    startHelper(process, helper, request);
    if (!process.waitForFinished(timeoutMs) && process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
        return helperError("Laying out " + std::to_string(request.nodeSizes.size()) + " functions took longer than " +
                               std::to_string(timeoutMs / 1000) + " s and was stopped.",
                           "Show fewer nodes, or raise the thresholds.");
    }
    return resultOf(process, request);
}

GraphLayouter::GraphLayouter(QString helper, QObject* parent) : QObject(parent), m_helper(std::move(helper)) {}

GraphLayouter::~GraphLayouter()
{
    stop();
}

void GraphLayouter::start(GraphLayoutRequest request)
{
    stop();
    m_request = std::move(request);
    if (m_helper.isEmpty()) {
        emit failed(missingHelper());
        return;
    }
    m_process = new QProcess(this);
    connect(m_process, &QProcess::finished, this, &GraphLayouter::readResult);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            readResult();
    });
    startHelper(*m_process, m_helper, m_request);
}

void GraphLayouter::stop()
{
    QProcess* process = release();
    if (!process)
        return;
    process->kill();
    process->waitForFinished(1000);
}

/// Lets go of the process without a signal from it; it dies with the next turn of the event loop.
QProcess* GraphLayouter::release()
{
    QProcess* process = m_process;
    m_process = nullptr;
    if (process) {
        process->disconnect(this);
        process->deleteLater();
    }
    return process;
}

void GraphLayouter::readResult()
{
    QProcess* process = release();
    const Result<GraphLayout> result = resultOf(*process, m_request);
    if (result)
        emit finished(*result);
    else
        emit failed(result.error());
}

} // namespace sundial
