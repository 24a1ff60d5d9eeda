// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/source_view.h"

#include "model/frame_name.h"
#include "views/elided_label.h"
#include "views/number_text.h"
#include "views/on_worker.h"
#include "views/source_editor.h"
#include "views/text_fit.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>
#include <QToolButton>

namespace sundial
{

namespace
{

constexpr int kHeader = 28;
constexpr int kSide = 16;
constexpr int kMessageWidth = 560;

bool isFileHere(const std::string& path)
{
    return QFileInfo(QString::fromStdString(path)).isFile();
}

bool isFolderHere(const std::string& path)
{
    return QFileInfo(QString::fromStdString(path)).isDir();
}

} // namespace

SourceView::SourceView(ViewContext* context, QWidget* parent)
    : View(context, parent), m_stack(new QStackedWidget(this)), m_editor(new SourceEditor)
{
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(m_stack, 1);
    m_stack->addWidget(makeMessage());
    m_stack->addWidget(m_editor);
    setFocusProxy(m_editor);
    connect(m_editor, &SourceEditor::lineActivated, this, &SourceView::selectLine);
    connect(context, &ViewContext::analysisChanged, this, &SourceView::refresh);
    connect(context, &ViewContext::stateChanged, this, &SourceView::refresh);
    connect(context, &ViewContext::pathMapChanged, this, &SourceView::refresh);
    connect(context, &ViewContext::themeChanged, this, &SourceView::applyTheme);
    applyTheme();
}

SourceView::~SourceView() = default;

QWidget* SourceView::makeHeader()
{
    m_header = new QWidget(this);
    m_header->setFixedHeight(scaled(kHeader));
    auto* const row = new QHBoxLayout(m_header);
    row->setContentsMargins(scaled(kSide), 0, scaled(kSide), 0);
    row->setSpacing(scaled(16));
    m_path = new ElidedLabel(ElidedLabel::Kind::Text, m_header);
    m_columns = new QLabel(m_header);
    m_columns->setTextFormat(Qt::PlainText);
    row->addWidget(m_path, 1);
    row->addWidget(m_columns);
    return m_header;
}

QWidget* SourceView::makeMessage()
{
    auto* const page = new QWidget(this);
    auto* const column = new QVBoxLayout(page);
    column->setSpacing(scaled(16));
    m_message = new QLabel(page);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setFixedWidth(scaled(kMessageWidth));
    m_map = new QToolButton(page);
    m_map->setProperty("primary", true);
    connect(m_map, &QToolButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, m_map->text());
        if (!folder.isEmpty())
            mapTo(folder);
    });
    column->addStretch(1);
    column->addWidget(m_message, 0, Qt::AlignHCenter);
    column->addWidget(m_map, 0, Qt::AlignHCenter);
    column->addStretch(2);
    return page;
}

void SourceView::applyTheme()
{
    const Theme& theme = context()->theme();
    m_editor->setTheme(theme);
    QPalette quiet = theme.palette();
    quiet.setColor(QPalette::WindowText, theme.text.secondary);
    for (QWidget* const label : std::initializer_list<QWidget*>{m_path, m_columns, m_message}) {
        label->setFont(uiFont(label == m_message ? 13 : 12));
        label->setPalette(quiet);
    }
}

QString SourceView::hint() const
{
    return tr("Click a marked line to select its function");
}

void SourceView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    refresh();
}

FrameId SourceView::wanted() const
{
    const Analysis& analysis = *context()->analysis();
    if (const FrameId selected = context()->state().selected)
        return selected;
    FrameId largest;
    for (std::uint32_t i = 0; i < analysis.functions().size(); ++i) {
        const FrameId f{i};
        if (analysis.modules.isOwn(f) && analysis.frames().line(f) > 0 &&
            (!largest || analysis.functions().self[i] > analysis.functions().self[largest.value]))
            largest = f;
    }
    return largest;
}

std::string_view SourceView::fileOf(FrameId function) const
{
    return m_analysis->frames().file(function);
}

void SourceView::forget()
{
    m_isReading = false;
    ++m_request;
    m_page = {};
    m_analysis.reset();
    m_function = {};
}

void SourceView::refresh()
{
    if (!isVisible())
        return;
    const AnalysisPtr& analysis = context()->analysis();
    if (!analysis) {
        m_analysis.reset();
        m_function = {};
        return;
    }
    const FrameId function = wanted();
    const bool isSameFile = m_analysis == analysis && m_function && function && m_pathMap == context()->pathMap() &&
                            fileOf(function) == fileOf(m_function);
    m_analysis = analysis;
    m_function = function;
    if (!isSameFile)
        read();
    else if (!m_isReading && m_page.file.state == SourceFile::State::Read)
        showFunction();
}

void SourceView::read()
{
    m_pathMap = context()->pathMap();
    m_page = {};
    m_isReading = false;
    ++m_request; // what is still being read finds no one
    if (!m_function) {
        showMessage(tr("Select a function to see its source."));
        return;
    }
    const FrameTable& frames = m_analysis->frames();
    const QString name = displayText(frameName(frames, m_function));
    const std::string file(fileOf(m_function));
    if (frames.kind(m_function) == FrameKind::Builtin || file == "~") {
        showMessage(tr("%1 is a built-in: it has no source file.").arg(name));
    } else if (file.empty()) {
        showMessage(tr("This profile does not tell the source file of %1.").arg(name));
    } else if (file.starts_with('<')) {
        showMessage(tr("%1 comes from %2, which is no file: such code is frozen into Python or made while the program "
                       "runs.")
                        .arg(name, displayText(file)));
    } else {
        m_isReading = true;
        onWorker(
            this,
            [analysis = m_analysis, function = m_function, file, map = m_pathMap] {
                Page page;
                page.file = readSource(file, map);
                const QByteArray& text = page.file.text;
                page.marks = sourceMarks(*analysis, function, {text.constData(), std::size_t(text.size())});
                return page;
            },
            [this, request = m_request](const Page& page) {
                if (request == m_request)
                    showPage(page);
            });
    }
}

void SourceView::showPage(const Page& page)
{
    m_isReading = false;
    m_page = page;
    const std::string file(fileOf(m_function));
    const QString path = m_page.file.path.isEmpty() ? displayText(file) : m_page.file.path;
    switch (m_page.file.state) {
    case SourceFile::State::Read:
        m_editor->showText(m_page.file.text, path, context()->theme());
        m_editor->showMarks(*m_analysis, m_page.marks);
        m_path->setFullText(path, true);
        m_columns->setText(m_editor->columnTitles().isEmpty() ? QString()
                                                              : tr("In the margin: %1").arg(m_editor->columnTitles()));
        m_header->show();
        m_stack->setCurrentWidget(m_editor);
        setFocusProxy(m_editor);
        layout()->activate(); // what is in sight depends on the height
        showFunction();
        return;
    case SourceFile::State::NotHere: {
        const QString folder = displayText(missingFolder(file, isFolderHere));
        showMessage(tr("%1 is not on this machine.").arg(path),
                    folder.isEmpty() ? tr("Choose its folder…") : tr("Map %1 to a folder…").arg(folder));
        return;
    }
    case SourceFile::State::TooLarge:
        showMessage(tr("%1 is larger than %2: too large to be shown.")
                        .arg(path, valueText(double(kLargestSource), Unit::Bytes)));
        return;
    case SourceFile::State::NotText:
        showMessage(tr("%1 holds bytes that are no text.").arg(path));
        return;
    case SourceFile::State::Unreadable:
        showMessage(tr("%1 cannot be read. Check whether you may read it.").arg(path));
        return;
    }
}

void SourceView::showMessage(const QString& text, const QString& mapText)
{
    m_message->setText(text);
    m_map->setText(mapText);
    m_map->setVisible(!mapText.isEmpty());
    m_header->hide();
    m_stack->setCurrentIndex(0);
    setFocusProxy(mapText.isEmpty() ? nullptr : m_map);
}

QString SourceView::message() const
{
    return m_stack->currentIndex() == 0 ? m_message->text() : QString();
}

void SourceView::showFunction()
{
    const SourceMark* const mark = markOf(m_page.marks, m_function);
    m_editor->markLine(mark && context()->state().selected ? mark->line : 0);
    if (mark)
        m_editor->revealLine(mark->line);
}

void SourceView::selectLine(quint32 line)
{
    for (const SourceMark& mark : m_page.marks) {
        if (mark.line != line)
            continue;
        // Several functions begin in one line: the next of them with every click.
        const auto at = std::find(mark.functions.begin(), mark.functions.end(), context()->state().selected);
        const FrameId next =
            at == mark.functions.end() || at + 1 == mark.functions.end() ? mark.functions.front() : *(at + 1);
        context()->select(next);
        emit described(displayText(frameLabel(m_analysis->frames(), next)));
    }
}

void SourceView::mapTo(const QString& folder)
{
    const std::optional<PathMapping> mapping = mappingInto(fileOf(m_function), folder.toStdString(), isFileHere);
    if (!mapping) {
        showMessage(
            tr("%1 is not below %2. Choose the folder that holds it.").arg(displayText(fileOf(m_function)), folder),
            m_map->text());
        return;
    }
    PathMap map = context()->pathMap();
    map.add(*mapping);
    context()->setPathMap(std::move(map));
}

void SourceView::zoomIn()
{
    m_editor->zoomIn();
}

void SourceView::zoomOut()
{
    m_editor->zoomOut();
}

void SourceView::fit()
{
    m_editor->zoomTo(0);
}

void SourceView::paintPicture(QPainter& painter, const QSize& size)
{
    painter.save();
    painter.scale(double(size.width()) / width(), double(size.height()) / height());
    render(&painter, {}, {}, DrawChildren);
    painter.restore();
}

static View* create(ViewContext* context, QWidget* parent)
{
    return new SourceView(context, parent);
}

// One profile alone: the weights of a comparison's functions belong to two versions of a file.
extern const ViewType sourceView{"source", QT_TRANSLATE_NOOP("View", "Source"), "source", create, ViewMode::Single};

} // namespace sundial
