// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/profile_page.h"

#include "model/frame_name.h"
#include "views/fact_text.h"
#include "views/icons.h"
#include "views/number_text.h"
#include "views/paragraph.h"
#include "views/text_fit.h"

#include <QGridLayout>
#include <QLabel>

namespace sundial
{

namespace
{

constexpr std::size_t kTopRows = 5;

/// What a place holds gives way to `content`, whose parts are all there already: each that is added to what is shown
/// lays out all of the page.
void replace(QLayout& place, QWidget* content)
{
    while (QLayoutItem* const item = place.takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (content)
        place.addWidget(content);
}

} // namespace

ProfilePage::ProfilePage(const ViewContext* context, QWidget* parent) : QWidget(parent), m_context(context)
{
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_title = new QLabel(tr("Whole profile"), this);
    m_subtitle = new QLabel(this);
    m_subtitle->setWordWrap(true);
    column->addWidget(m_title);
    column->addSpacing(scaled(2));
    column->addWidget(m_subtitle);
    column->addSpacing(scaled(12));
    auto* const tiles = new QGridLayout;
    tiles->setSpacing(scaled(8));
    tiles->setHorizontalSpacing(scaled(12));
    m_total = new StatTile(this);
    m_functions = new StatTile(this);
    m_calls = new StatTile(this);
    m_edges = new StatTile(this);
    tiles->addWidget(m_total, 0, 0);
    tiles->addWidget(m_functions, 0, 1);
    tiles->addWidget(m_calls, 1, 0);
    tiles->addWidget(m_edges, 1, 1);
    column->addLayout(tiles);
    column->addSpacing(scaled(16));
    m_warningsTitle = new QLabel(tr("Warnings"), this);
    m_warnings = new QVBoxLayout;
    m_notesTitle = new QLabel(tr("Notes"), this);
    m_notesColumn = new QVBoxLayout;
    for (const auto& [title, sentences] :
         {std::pair(m_warningsTitle, m_warnings), std::pair(m_notesTitle, m_notesColumn)}) {
        column->addWidget(title);
        column->addLayout(sentences);
        sentences->setContentsMargins(0, scaled(6), 0, scaled(14));
    }
    m_top = new RankedSection(this);
    column->addWidget(m_top);
    column->addSpacing(scaled(18));
    m_factsTitle = new QLabel(tr("Facts"), this);
    column->addWidget(m_factsTitle);
    column->addSpacing(scaled(6));
    m_facts = new QVBoxLayout;
    column->addLayout(m_facts);
    column->addStretch(1);
    connect(&m_top->list(), &RankedList::functionActivated, this, &ProfilePage::functionActivated);
}

void ProfilePage::applyTheme()
{
    const Theme& t = m_context->theme();
    setPalette(t.palette());
    m_title->setFont(uiFont(16, QFont::DemiBold));
    m_subtitle->setFont(uiFont(12));
    QPalette quiet = t.palette();
    quiet.setColor(QPalette::WindowText, t.text.secondary);
    m_subtitle->setPalette(quiet);
    for (QLabel* const title : {m_warningsTitle, m_notesTitle, m_factsTitle})
        title->setFont(uiFont(13, QFont::DemiBold));
    for (StatTile* const tile : {m_total, m_functions, m_calls, m_edges})
        tile->setTheme(t);
    m_shown.clear();
    m_top->setTheme(t);
    showProfile();
}

void ProfilePage::showProfile()
{
    if (!m_context->analysis())
        return;
    const Analysis& analysis = *m_context->analysis();
    const Profile& profile = *analysis.profile;
    const FunctionTable& functions = analysis.functions();
    m_subtitle->setText(displayText(profile.producer.empty() ? profile.formatId : profile.producer));
    const auto listed = std::count(functions.listed.begin(), functions.listed.end(), true);
    double calls = 0;
    bool hasCalls = false;
    for (std::uint32_t f = 0; f < functions.size(); ++f) {
        if (functions.listed[f] && functions.calls[f] >= 0) {
            calls += double(functions.calls[f]);
            hasCalls = true;
        }
    }
    const bool isSampled = analysis.graph.dialect().sampled;
    hasCalls = hasCalls && !analysis.graph.dialect().callsUnknown && !isSampled;
    m_total->setTexts(tr("Total"), valueText(analysis.total, analysis.metricInfo().unit),
                      displayText(analysis.metricInfo().title).toLower());
    m_functions->setTexts(tr("Functions"), countText(double(listed)), {});
    m_calls->setTexts(tr("Calls"), countText(calls), {});
    m_calls->setVisible(hasCalls);
    m_edges->setTexts(tr("Caller–callee pairs"), countText(double(analysis.graph.edges().size())), {});
    m_edges->setVisible(hasCalls);
    QStringList warnings;
    for (const std::string& warning : profile.warnings)
        warnings << displayText(warning);
    showSentences(m_warnings, m_warningsTitle, warnings, QStringLiteral("warning"));
    showNotes();
    showTop();
    showFacts();
}

void ProfilePage::setPart(bool isPart)
{
    if (isPart == m_isPart)
        return;
    m_isPart = isPart;
    if (m_context->analysis())
        showNotes();
}

/// They are about a whole: what they say of a part may not be true in the end.
void ProfilePage::showNotes()
{
    QStringList notes;
    for (const ProfileNote& note : m_context->analysis()->notes) {
        if (!m_isPart)
            notes << displayText(note.text);
    }
    showSentences(m_notesColumn, m_notesTitle, notes, QStringLiteral("info"));
}

void ProfilePage::showTop()
{
    const Analysis& analysis = *m_context->analysis();
    const FunctionTable& functions = analysis.functions();
    std::vector<std::uint32_t> order;
    for (std::uint32_t f = 0; f < functions.size(); ++f) {
        if (functions.listed[f] && functions.self[f] > 0)
            order.push_back(f);
    }
    const auto last = order.begin() + std::ptrdiff_t(std::min(order.size(), kTopRows));
    std::partial_sort(order.begin(), last, order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return functions.self[a] != functions.self[b] ? functions.self[a] > functions.self[b] : a < b;
    });
    order.erase(last, order.end());
    const double largest = order.empty() ? 0 : functions.self[order.front()];
    const DisplayUnit unit = columnUnit(largest, analysis.metricInfo().unit);
    std::vector<RankedRow> rows;
    for (const std::uint32_t f : order) {
        const FrameId frame{f};
        RankedRow& row = rows.emplace_back();
        row.function = frame;
        row.swatch = m_context->theme().swatch(m_context->palette().color(frame));
        row.name = displayText(frameName(analysis.frames(), frame));
        row.isOwn = m_context->palette().isOwn(frame);
        row.value = QString::fromStdString(formatCell(functions.self[f], unit, localeStyle()));
        row.share = percentText(analysis.total > 0 ? functions.self[f] / analysis.total : 0);
        row.bar = functions.self[f] / largest;
        row.toolTip = displayText(frameLabel(analysis.frames(), frame));
    }
    const QString symbol = QString::fromStdString(unit.symbol);
    m_top->head().setTexts(tr("Top %1 by self").arg(rows.size()), {},
                           symbol.isEmpty() ? tr("self") : tr("self") + QStringLiteral("  ") + symbol, tr("of total"));
    m_top->setVisible(!rows.empty());
    m_top->list().setRows(std::move(rows));
}

/// Whether `texts` stand at a place already. The caller puts them there if not.
bool ProfilePage::stands(const QVBoxLayout* place, const QStringList& texts)
{
    const auto [entry, isNew] = m_shown.try_emplace(place);
    if (!isNew && entry->second == texts)
        return true;
    entry->second = texts;
    return false;
}

void ProfilePage::showSentences(QVBoxLayout* place, QLabel* title, const QStringList& sentences, const QString& icon)
{
    if (stands(place, sentences))
        return;
    title->setVisible(!sentences.isEmpty());
    place->setContentsMargins(0, sentences.isEmpty() ? 0 : scaled(6), 0, sentences.isEmpty() ? 0 : scaled(14));
    if (sentences.isEmpty())
        return replace(*place, nullptr);
    auto* const list = new QWidget;
    list->setPalette(palette());
    auto* const column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    const Theme& t = m_context->theme();
    const bool isWarning = icon == QLatin1String("warning");
    for (const QString& sentence : sentences) {
        auto* const row = new QHBoxLayout;
        row->setSpacing(scaled(8));
        auto* const mark = new QLabel(list);
        mark->setPixmap(
            iconPixmap(icon, isWarning ? t.status.warnText : t.text.secondary, scaled(16), devicePixelRatioF()));
        row->addWidget(mark, 0, Qt::AlignTop);
        row->addWidget(new Paragraph(sentence, uiFont(12), list), 1);
        column->addLayout(row);
    }
    replace(*place, list);
}

void ProfilePage::showFacts()
{
    const Analysis& analysis = *m_context->analysis();
    const Profile& profile = *analysis.profile;
    std::vector<std::pair<QString, QString>> facts{{tr("Format"), displayText(profile.formatId)}};
    const QString tree = profile.origin == TreeOrigin::Exact       ? tr("exact: the file holds paths")
                         : profile.origin == TreeOrigin::Estimated ? tr("estimated: the file holds callers, not paths")
                                                                   : tr("none: the file holds a table only");
    facts.emplace_back(tr("Call tree"), tree);
    facts.emplace_back(tr("Numbers"),
                       analysis.metricInfo().kind == NumberKind::Sampled ? tr("sampled") : tr("counted exactly"));
    if (profile.lanes.size() > 1)
        facts.emplace_back(tr("Threads"), countText(double(profile.lanes.size())));
    for (const auto& [key, value] : profile.meta) {
        const FactText fact = factText(key, value);
        facts.emplace_back(fact.label, fact.value);
    }
    QStringList texts;
    for (const auto& [label, value] : facts)
        texts << label << value;
    if (stands(m_facts, texts))
        return;
    QPalette quiet = m_context->theme().palette();
    quiet.setColor(QPalette::WindowText, m_context->theme().text.secondary);
    auto* const table = new QWidget;
    table->setPalette(palette());
    auto* const grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(6));
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [label, value] : facts) {
        auto* const name = new QLabel(label, table);
        name->setPalette(quiet);
        name->setTextFormat(Qt::PlainText);
        name->setFont(uiFont(12));
        grid->addWidget(name, row, 0, Qt::AlignTop);
        grid->addWidget(new Paragraph(value, uiFont(12), table), row++, 1);
    }
    replace(*m_facts, table);
}

} // namespace sundial
