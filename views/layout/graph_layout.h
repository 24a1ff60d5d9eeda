// SPDX-License-Identifier: GPL-3.0-or-later
// Where the boxes and curves of a graph go: asked of sundial-layout, a helper process that alone links Graphviz and can
// be killed at any moment. Lengths are the caller's pixels, y downwards, the origin at the top left.
#pragma once

#include "model/result.h"

#include <QObject>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <cstdint>
#include <vector>

class QProcess;

namespace sundial
{

/// A graph as the helper needs it: sizes, and who is connected.
struct GraphLayoutRequest {
    struct Edge {
        std::uint32_t from = 0, to = 0; ///< Indices into nodeSizes.
        int weight = 1;                 ///< 1…1000: how much the edge should be short and straight.
        bool back = false;              ///< Runs upwards; without these edges the graph has no cycles.
    };
    std::vector<QSizeF> nodeSizes;
    std::vector<Edge> edges;
    std::vector<std::vector<std::uint32_t>> clusters; ///< Disjoint.
    double rankSeparation = 26;
    double nodeSeparation = 14;
};

struct GraphLayout {
    QSizeF size;
    std::vector<QRectF> nodes;
    std::vector<std::vector<QPointF>> edges; ///< Control points of cubic Bézier paths, 1 + 3k of them.
    std::vector<QRectF> clusters;
};

/// The helper: as SUNDIAL_LAYOUT_HELPER says (for tests and odd installations), beside this program, or in the libexec
/// folder of its prefix. Empty if it is in none of them.
QString findLayoutHelper();

/// Lays out and waits. Needs no event loop. Errors: Io if the helper is missing, crashes, answers nonsense or takes
/// longer than `timeoutMs`.
Result<GraphLayout> layoutGraph(const GraphLayoutRequest& request, const QString& helper, int timeoutMs = 60'000);

/// The same without waiting, one layout at a time: a new start() drops the one under way.
class GraphLayouter : public QObject
{
    Q_OBJECT

public:
    explicit GraphLayouter(QString helper, QObject* parent = nullptr);
    ~GraphLayouter() override;

    void start(GraphLayoutRequest request);
    /// Kills the helper; neither signal follows.
    void stop();
    bool isRunning() const { return m_process != nullptr; }

signals:
    void finished(const sundial::GraphLayout& layout);
    void failed(const sundial::Error& error);

private:
    void readResult();
    QProcess* release();

    QString m_helper;
    GraphLayoutRequest m_request;
    QProcess* m_process = nullptr;
};

} // namespace sundial
