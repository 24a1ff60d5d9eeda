// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_palette.h"

#include "model/fuzzy.h"
#include "views/text_fit.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace sundial
{

namespace
{

constexpr int kWidth = 560;
constexpr int kRow = 36;
constexpr int kRows = 10;
constexpr int kPadding = 10;
constexpr std::size_t kMostFunctions = 20'000; // beyond them a name is found by the search field

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

void PaletteModel::setEntries(std::vector<PaletteEntry> entries)
{
    m_entries = std::move(entries);
    filter({});
}

void PaletteModel::filter(const QString& text)
{
    const bool functionsOnly = text.startsWith(u'@');
    const std::string pattern = (functionsOnly ? text.mid(1) : text).trimmed().toStdString();
    struct Scored {
        int score;
        std::size_t entry;
    };
    std::vector<Scored> scored;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (functionsOnly && !m_entries[i].keys.startsWith(u'@'))
            continue;
        if (const auto score = fuzzyScore(pattern, m_entries[i].title.toStdString()))
            scored.push_back({*score, i});
    }
    std::stable_sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < std::min<std::size_t>(scored.size(), kMost); ++i)
        m_shown.push_back(scored[i].entry);
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

CommandPalette::CommandPalette(const Theme& theme, std::vector<PaletteEntry> entries, QWidget* window)
    : QFrame(window), m_theme(theme), m_model(new PaletteModel(this)), m_field(new QLineEdit(this)),
      m_list(new QListView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("commandPalette"));
    m_model->setEntries(std::move(entries));
    m_field->setPlaceholderText(tr("Run a command, or find a function (@ for functions only)"));
    m_field->setAccessibleName(tr("Command palette"));
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
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { run(index.row()); });
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

void CommandPalette::run(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const std::function<void()> action = m_model->at(row).run;
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
        run(row);
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

std::vector<PaletteEntry> menuEntries(const QList<QAction*>& menus)
{
    std::vector<PaletteEntry> entries;
    for (const QAction* menu : menus) {
        if (!menu->menu())
            continue;
        for (QAction* action : menu->menu()->actions()) {
            if (action->isSeparator() || !action->isEnabled() || action->menu())
                continue;
            entries.push_back({action->text().remove(u'&'), menu->text().remove(u'&'),
                               action->shortcut().toString(QKeySequence::NativeText), [action] { action->trigger(); }});
        }
    }
    return entries;
}

std::vector<PaletteEntry> functionEntries(ViewContext* context, const std::function<void(FrameId)>& show)
{
    std::vector<PaletteEntry> entries;
    const AnalysisPtr& analysis = context->analysis();
    if (!analysis)
        return entries;
    const FunctionTable& functions = analysis->functions();
    std::vector<std::uint32_t> order(functions.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return functions.total[a] > functions.total[b]; });
    order.resize(std::min(order.size(), kMostFunctions));
    for (const std::uint32_t f : order) {
        const FrameId frame{f};
        entries.push_back({displayText(analysis->frames().name(frame)),
                           displayText(frameLocation(analysis->frames(), frame)), QStringLiteral("@"),
                           [show, frame] { show(frame); }});
    }
    return entries;
}

} // namespace sundial
