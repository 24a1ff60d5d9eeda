// SPDX-License-Identifier: GPL-3.0-or-later
// What a pair of files looks like before it is opened: the outermost calls of both sides in one scale, where the change
// stands out.
#pragma once

#include "app/artifact_list.h"
#include "model/analysis.h"
#include "views/before_after_paint.h"
#include "views/palette.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

namespace sundial
{

/// Reads both files on a worker, once the pair has been shown for a moment. Takes no room for what is no pair, has no
/// tree, or would take long to read.
class PairPreview : public QWidget
{
    Q_OBJECT

public:
    explicit PairPreview(QWidget* parent = nullptr);
    ~PairPreview() override;

    void setTheme(const Theme& theme);
    /// A row of `list`; null for none. The pair that is shown already stays.
    void showPair(std::shared_ptr<const ArtifactList> list, const ArtifactRow* row);
    bool isBusy() const { return m_rest.isActive() || m_progress; }
    bool hasPicture() const { return m_picture != nullptr; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Picture {
        AnalysisPtr analysis;
        IcicleLayout layout;
        SideLayouts sides;
    };
    using PicturePtr = std::shared_ptr<const Picture>;

    static PicturePtr read(const QString& before, const QString& after, Progress& progress);
    void cancel();
    void start();

    const Theme* m_theme = &Theme::light();
    QString m_before, m_after; ///< Paths of the pair; empty for none.
    QTimer m_rest;
    std::shared_ptr<Progress> m_progress; ///< Of the pair that is being read, else null.
    PicturePtr m_picture;
    std::optional<FramePalette> m_palette; ///< Of the picture.
};

} // namespace sundial
