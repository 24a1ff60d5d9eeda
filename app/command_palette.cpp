// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_palette.h"

#include "model/fuzzy.h"
#include "model/go_to.h"
#include "views/search_field.h"
#include "views/text_fit.h"

#include <QAction>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace sundial
{

namespace
{

constexpr int kWidth = 560;
constexpr int kRow = 36;
constexpr int kRows = 10;
constexpr int kPadding = 10;

class PaletteDelegate : public QStyledItemDelegate
{
public:
    PaletteDelegate(const Theme& theme, const PaletteModel* model, QObject* parent)
        : QStyledItemDelegate(parent), m_theme(theme), m_model(model)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, scaled(kRow)}; }
    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const PaletteEntry& entry = m_model->at(index.row());
        p->save();
        if (option.state.testFlag(QStyle::State_Selected))
            p->fillRect(option.rect, m_theme.selection.row);
        QRectF row = QRectF(option.rect).adjusted(scaledF(12), 0, -scaledF(12), 0);
        p->setFont(uiFont(12));
        p->setPen(m_theme.text.tertiary);
        p->drawText(row, int(Qt::AlignVCenter | Qt::AlignRight), entry.keys);
        if (!entry.keys.isEmpty())
            row.setRight(row.right() - QFontMetricsF(p->font()).horizontalAdvance(entry.keys) - scaledF(12));
        p->setFont(uiFont(13));
        const QFontMetricsF metrics(p->font());
        const QString title = elideMiddle(entry.title, metrics, row.width() * 0.62);
        p->setPen(m_theme.text.primary);
        p->drawText(row, Qt::AlignVCenter | Qt::TextSingleLine, title);
        row.setLeft(row.left() + metrics.horizontalAdvance(title) + scaledF(12));
        p->setFont(uiFont(12));
        p->setPen(m_theme.text.tertiary);
        p->drawText(row, Qt::AlignVCenter | Qt::TextSingleLine,
                    elidePath(entry.detail, QFontMetricsF(p->font()), row.width()));
        p->restore();
    }

private:
    const Theme& m_theme;
    const PaletteModel* m_model;
};

} // namespace

PaletteModel::PaletteModel(std::vector<PaletteEntry> entries, PalettePlaces places, PaletteScope scope, QObject* parent)
    : QAbstractListModel(parent), m_entries(std::move(entries)), m_places(std::move(places)), m_scope(scope)
{
    filter({});
}

void PaletteModel::addEntries(std::vector<Scored>& found, const std::string& text) const
{
    for (const PaletteEntry& entry : m_entries) {
        if (const std::optional<int> score = fuzzyScore(text, entry.title.toStdString()))
            found.push_back({*score, entry});
    }
}

void PaletteModel::addFunctions(std::vector<Scored>& found, const std::string& text) const
{
    const FrameTable& frames = m_places.analysis->frames();
    for (const FrameId frame : functionsLike(*m_places.analysis, text, kMost))
        found.push_back(
            {fuzzyScore(text, frames.name(frame)).value_or(0),
             {displayText(frames.name(frame)), displayText(frameLocation(frames, frame)), QStringLiteral("@"),
              [go = m_places.goTo, frame] { go(frame); }, [select = m_places.selectAlone, frame] { select(frame); }}});
}

void PaletteModel::addFiles(std::vector<Scored>& found, const std::string& text, int score) const
{
    const FrameTable& frames = m_places.analysis->frames();
    for (const FrameId frame : functionsAt(*m_places.analysis, text, kMost))
        found.push_back({score,
                         {displayText(shortPath(frames.file(frame))),
                          tr("%1, line %2").arg(displayText(frames.name(frame))).arg(frames.line(frame)),
                          QStringLiteral(":"), [go = m_places.goToSource, frame] { go(frame); },
                          [select = m_places.selectAlone, frame] { select(frame); }}});
}

void PaletteModel::filter(const QString& text)
{
    constexpr int kFirst = 1000, kLast = -1000; // beyond any score of letters
    const bool onlyFunctions = text.startsWith(u'@');
    const bool onlyFiles = text.startsWith(u':');
    const std::string pattern = (onlyFunctions || onlyFiles ? text.mid(1) : text).trimmed().toStdString();
    const bool looksLikeFile = pattern.find_first_of("./:") != pattern.npos;
    std::vector<Scored> found;
    if (!onlyFunctions && !onlyFiles && m_scope == PaletteScope::All)
        addEntries(found, pattern);
    if (m_places.analysis && !onlyFiles)
        addFunctions(found, pattern);
    if (m_places.analysis && !onlyFunctions && (onlyFiles || looksLikeFile || m_scope == PaletteScope::Places))
        addFiles(found, pattern, looksLikeFile ? kFirst : kLast);
    std::stable_sort(found.begin(), found.end(), [](const Scored& a, const Scored& b) {
        return a.score != b.score ? a.score > b.score : a.entry.lastUse > b.entry.lastUse;
    });
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), kMost); ++i)
        m_shown.push_back(std::move(found[i].entry));
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    const PaletteEntry& entry = at(index.row());
    if (role == Qt::DisplayRole)
        return entry.title;
    if (role == Qt::AccessibleDescriptionRole)
        return entry.detail;
    return {};
}

CommandPalette::CommandPalette(const Theme& theme, std::vector<PaletteEntry> entries, PalettePlaces places,
                               PaletteScope scope, QWidget* window)
    : QFrame(window), m_theme(theme), m_model(new PaletteModel(std::move(entries), std::move(places), scope, this)),
      m_field(new SearchField(this)), m_list(new QListView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("commandPalette"));
    m_field->setPlaceholderText(scope == PaletteScope::Places
                                    ? tr("Go to a function, or to file:line")
                                    : tr("Run a command, or find a function (@) or a file (:)"));
    m_field->setAccessibleName(scope == PaletteScope::Places ? tr("Go to") : tr("Command palette"));
    m_field->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(theme, m_model, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFixedHeight(scaled(kRow * kRows));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QPalette palette = m_list->palette();
    palette.setColor(QPalette::Base, theme.surface.raised);
    m_list->setPalette(palette);
    auto* const column = new QVBoxLayout(this);
    const int padding = scaled(kPadding);
    column->setContentsMargins(padding, padding, padding, padding);
    column->addWidget(m_field);
    column->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->filter(text);
        m_list->setCurrentIndex(m_model->index(0));
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { run(index.row(), false); });
}

void CommandPalette::popup()
{
    const QWidget* const window = parentWidget();
    const int width = std::min(scaled(kWidth), window->width() - 2 * scaled(24));
    setFixedWidth(width);
    adjustSize();
    move((window->width() - width) / 2, window->height() * 15 / 100);
    raise();
    show();
    m_list->setCurrentIndex(m_model->index(0));
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::run(int row, bool reveal)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const std::function<void()> action = reveal ? m_model->at(row).reveal : m_model->at(row).run;
    if (!action)
        return;
    close();
    action();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut) {
        close();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* const key = static_cast<QKeyEvent*>(event);
    const int row = m_list->currentIndex().row();
    switch (key->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(row, key->modifiers().testFlag(Qt::AltModifier));
        return true;
    case Qt::Key_Down:
    case Qt::Key_Up: {
        const int next = std::clamp(row + (key->key() == Qt::Key_Down ? 1 : -1), 0, m_model->rowCount() - 1);
        m_list->setCurrentIndex(m_model->index(next));
        return true;
    }
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), m_theme.surface.raised);
    p.setPen(QPen(m_theme.line.control, 1));
    p.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

std::vector<PaletteEntry> menuEntries(QMenuBar* menuBar)
{
    std::vector<PaletteEntry> entries;
    for (QAction* const title : menuBar->actions()) {
        QMenu* const menu = title->menu();
        if (!menu)
            continue;
        for (QAction* const action : menu->actions()) {
            if (action->isSeparator() || !action->isEnabled() || !action->isVisible() || action->menu())
                continue;
            entries.push_back({action->text().remove(u'&'), title->text().remove(u'&'),
                               action->shortcut().toString(QKeySequence::NativeText), [action] { action->trigger(); },
                               [menuBar, title, menu, action] {
                                   menuBar->show();
                                   menuBar->setActiveAction(title); // opens the menu
                                   menu->setActiveAction(action);
                               }});
        }
    }
    return entries;
}

} // namespace sundial
