// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pair_preview.h"

#include "app/loader.h"
#include "model/compare_analysis.h"
#include "views/on_worker.h"

#include <QPainter>

namespace sundial
{

namespace
{

constexpr std::uint32_t kRows = 5; // of a side
constexpr int kRestMs = 150;       // walking through the list by key reads nothing
constexpr std::uint64_t kMostBytes = std::uint64_t(64) << 20;

} // namespace

PairPreview::PairPreview(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Before and after in small"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &PairPreview::start);
    hide();
}

PairPreview::~PairPreview()
{
    cancel();
}

void PairPreview::cancel()
{
    m_rest.stop();
    if (m_progress)
        m_progress->cancel();
    m_progress.reset();
}

void PairPreview::setTheme(const Theme& theme)
{
    m_theme = &theme;
    if (m_picture)
        m_palette.emplace(*m_picture->analysis, theme, ColorBy::Change);
    update();
}

void PairPreview::showPair(std::shared_ptr<const ArtifactList> list, const ArtifactRow* row)
{
    QString before, after;
    if (list && row && row->isPair()) {
        const Artifact& first = list->files[std::size_t(row->before)];
        const Artifact& second = list->files[std::size_t(row->after)];
        if (first.size + second.size <= kMostBytes) {
            before = first.path;
            after = second.path;
        }
    }
    if (before == m_before && after == m_after)
        return;
    cancel();
    m_before = before;
    m_after = after;
    m_palette.reset();
    m_picture.reset();
    hide();
    if (!before.isEmpty())
        m_rest.start();
}

PairPreview::PicturePtr PairPreview::read(const QString& before, const QString& after, Progress& progress)
{
    const Result<ProfilePtr> first = loadFile(before, {}, progress);
    const Result<ProfilePtr> second = first ? loadFile(after, {}, progress) : first;
    if (!second)
        return nullptr;
    const Result<AnalysisPtr> joined =
        compareRuns(wholeRun(*first, MetricId{0}), wholeRun(*second, MetricId{0}), CompareWidth::Larger, progress);
    if (!joined || !((*joined)->total > 0))
        return nullptr;
    const Analysis& analysis = **joined;
    IcicleLayout layout(analysis.tree, analysis.metric, progress);
    return std::make_shared<const Picture>(Picture{*joined, std::move(layout), sideLayouts(analysis.tree)});
}

void PairPreview::start()
{
    m_progress = std::make_shared<Progress>();
    const auto job = [before = m_before, after = m_after, progress = m_progress] {
        return read(before, after, *progress);
    };
    onWorker(this, job, [this, progress = m_progress](const PicturePtr& picture) {
        if (progress != m_progress)
            return; // another pair was selected meanwhile
        m_progress.reset();
        m_picture = picture;
        if (picture)
            m_palette.emplace(*picture->analysis, *m_theme, ColorBy::Change);
        setVisible(picture != nullptr);
        update();
    });
}

QSize PairPreview::sizeHint() const
{
    return {0, int(beforeAfterHeight(kRows))};
}

void PairPreview::paintEvent(QPaintEvent*)
{
    if (!m_picture)
        return;
    QPainter painter(this);
    const SearchResult noSearch;
    const Analysis& analysis = *m_picture->analysis;
    paintBeforeAfter(painter,
                     {.analysis = analysis,
                      .layout = m_picture->layout,
                      .palette = *m_palette,
                      .theme = *m_theme,
                      .search = noSearch,
                      .rootName = {}},
                     {analysis.tree, m_picture->sides, rect()});
}

} // namespace sundial
