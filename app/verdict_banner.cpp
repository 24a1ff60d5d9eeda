// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/verdict_banner.h"

#include "app/note_popup.h"
#include "views/icons.h"
#include "views/number_text.h"
#include "views/text_fit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

namespace sundial
{

namespace
{

constexpr int kBanner = 84;
constexpr int kSide = 12;
constexpr int kDisc = 38;
constexpr int kTextLeft = kSide + 20 + kDisc + 18;
constexpr int kGap = 16; // between the sentences and the buttons
constexpr int kMostLines = 2;
constexpr int kEvidenceLine = 17;
constexpr int kPillHeight = 40;
constexpr int kPillWidth = 300;

struct VerdictLook {
    QColor text, ground;
    QString sign;
};

VerdictLook lookOf(VerdictKind kind, const Theme& t)
{
    switch (kind) {
    case VerdictKind::Faster:
        return {t.status.lessText, t.status.lessSoft, QStringLiteral("▼")};
    case VerdictKind::Slower:
        return {t.status.moreText, t.status.moreSoft, QStringLiteral("▲")};
    case VerdictKind::Relocated:
        return {t.status.movedText, t.status.movedSoft, QStringLiteral("⇢")};
    case VerdictKind::Unchanged:
        return {t.status.sameText, t.status.sameSoft, QStringLiteral("=")};
    case VerdictKind::Mixed:
        return {t.status.sameText, t.status.sameSoft, QStringLiteral("◆")};
    }
    return {};
}

} // namespace

VerdictBanner::VerdictBanner(ViewContext* context, QWidget* parent)
    : QWidget(parent), m_context(context), m_more(new QToolButton(this)), m_about(new QToolButton(this)),
      m_copy(new QToolButton(this))
{
    setFixedHeight(scaled(kBanner));
    setFocusPolicy(Qt::TabFocus);
    m_more->setText(tr("More"));
    m_more->setToolTip(tr("The whole verdict"));
    m_about->setText(tr("What is compared"));
    m_copy->setText(tr("Copy verdict"));
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, scaled(2 * kSide), 0);
    row->setSpacing(scaled(8));
    row->addStretch(1);
    for (QToolButton* button : {m_more, m_about, m_copy}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        row->addWidget(button);
    }
    m_more->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_more->hide();
    connect(m_more, &QToolButton::clicked, this, &VerdictBanner::showAll);
    connect(m_about, &QToolButton::clicked, this, &VerdictBanner::showWhatIsCompared);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(displayText(m_context->analysis()->comparison->verdict.text()));
    });
    connect(m_context, &ViewContext::analysisChanged, this, &VerdictBanner::refresh);
    connect(m_context, &ViewContext::themeChanged, this, &VerdictBanner::refresh);
    refresh();
}

void VerdictBanner::refresh()
{
    const Theme& t = m_context->theme();
    m_about->setIcon(themedIcon(QStringLiteral("info"), t.text.primary, t.text.disabled));
    m_copy->setIcon(themedIcon(QStringLiteral("copy"), t.text.primary, t.text.disabled));
    const AnalysisPtr& analysis = m_context->analysis();
    setVisible(analysis && analysis->comparison);
    if (analysis && analysis->comparison)
        setAccessibleName(displayText(analysis->comparison->verdict.text()));
    fitEvidence();
    update();
}

void VerdictBanner::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitEvidence();
}

void VerdictBanner::fitEvidence()
{
    const AnalysisPtr& analysis = m_context->analysis();
    if (!analysis || !analysis->comparison)
        return;
    const QString text = displayText(analysis->comparison->verdict.evidence);
    const QFont font = uiFont(13);
    const auto room = [&](std::initializer_list<const QToolButton*> buttons) {
        double taken = scaledF(kTextLeft + kGap + 2 * kSide);
        for (const QToolButton* button : buttons)
            taken += button->sizeHint().width() + layout()->spacing();
        return width() - taken;
    };
    const QStringList whole = wrappedLines(text, font, room({m_about, m_copy}), kMostLines + 1);
    const bool isCut = whole.size() > kMostLines;
    m_more->setVisible(isCut);
    m_evidence = isCut ? wrappedLines(text, font, room({m_more, m_about, m_copy}), kMostLines) : whole;
}

void VerdictBanner::showAll()
{
    const Verdict& verdict = m_context->analysis()->comparison->verdict;
    QStringList sentences{displayText(verdict.change)};
    sentences << displayText(verdict.evidence);
    (new NotePopup(displayText(verdict.title), sentences, m_context->theme(), this))->popupBelow(m_more);
}

void VerdictBanner::paintEvent(QPaintEvent*)
{
    const AnalysisPtr& analysis = m_context->analysis();
    if (!analysis || !analysis->comparison)
        return;
    const Theme& t = m_context->theme();
    const Verdict& verdict = analysis->comparison->verdict;
    const VerdictLook look = lookOf(verdict.kind, t);
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), t.surface.window);
    const QRectF card = QRectF(rect()).adjusted(scaledF(kSide), scaledF(8), -scaledF(kSide), -scaledF(8));
    p.setPen(Qt::NoPen);
    p.setBrush(look.ground);
    p.drawRoundedRect(card, 8, 8);
    if (hasFocus()) {
        p.setPen(QPen(t.focus, 2));
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(card.adjusted(-2, -2, 2, 2), 9, 9);
        p.setPen(Qt::NoPen);
    }
    p.setBrush(look.text);
    p.drawRect(QRectF(card.left(), card.top(), 4, card.height()));
    const double disc = scaledF(kDisc);
    const QRectF sign(card.left() + scaledF(20), card.center().y() - disc / 2, disc, disc);
    p.drawEllipse(sign);
    p.setFont(uiFont(16, QFont::DemiBold));
    p.setPen(look.ground);
    p.drawText(sign, Qt::AlignCenter, look.sign);
    const QToolButton* const firstButton = m_more->isHidden() ? m_about : m_more;
    QRectF text(scaledF(kTextLeft), card.top() + scaledF(5), firstButton->geometry().left() - scaledF(kTextLeft + kGap),
                scaledF(28));
    p.setFont(uiFont(20, QFont::DemiBold));
    const QFontMetricsF large(p.font());
    const QString title = large.elidedText(displayText(verdict.title), Qt::ElideRight, text.width());
    p.setPen(t.text.primary);
    p.drawText(text, Qt::AlignVCenter | Qt::TextSingleLine, title);
    p.setFont(uiFont(14, QFont::DemiBold));
    p.setPen(look.text);
    p.drawText(text.adjusted(large.horizontalAdvance(title) + scaledF(14), 2, 0, 0),
               Qt::AlignVCenter | Qt::TextSingleLine, displayText(verdict.change));
    QRectF line(text.left(), text.bottom(), text.width(), scaledF(kEvidenceLine));
    p.setFont(uiFont(13));
    p.setPen(t.text.primary);
    for (const QString& sentence : m_evidence) {
        p.drawText(line, Qt::AlignVCenter | Qt::TextSingleLine, sentence);
        line.translate(0, line.height());
    }
    setToolTip(displayText(verdict.text()));
}

void VerdictBanner::showWhatIsCompared()
{
    const CompareAnalysis& info = *m_context->analysis()->comparison;
    const Comparison& sides = *info.comparison;
    std::array<int, 6> kinds{};
    for (const FrameMatch& match : sides.matches)
        ++kinds[std::size_t(match.kind)];
    QStringList lines;
    const auto runs = [](std::size_t n) { return n == 1 ? tr("1 run") : tr("%1 runs").arg(n); };
    lines << tr("Before: %1 (%2). After: %3 (%4).")
                 .arg(displayText(info.beforeName), runs(sides.before.runs()), displayText(info.afterName),
                      runs(sides.after.runs()));
    lines
        << tr("Functions matched at the same place: %1, moved lines: %2, another file: %3, probably renamed: %4; new: "
              "%5, removed: %6.")
               .arg(kinds[0])
               .arg(kinds[1])
               .arg(kinds[2])
               .arg(kinds[3])
               .arg(kinds[4])
               .arg(kinds[5]);
    switch (info.noise.basis) {
    case NoiseBasis::None:
        lines << tr(
            "One run on each side: nothing tells the noise. Small differences are not called changes. Several runs "
            "on a side measure it.");
        break;
    case NoiseBasis::Runs:
        lines << tr(
            "The noise is measured over the runs: Welch's t for each function, at a false-discovery rate of 5 %.");
        break;
    case NoiseBasis::Profilers:
        lines << tr("One side was traced call by call, the other one sampled: what tracing may add to each call, and "
                    "what chance alone explains, is not called a change.");
        break;
    case NoiseBasis::Samples:
        lines << tr("Both sides are sampled: what chance alone explains is not called a change.");
        break;
    }
    for (const std::string& note : sides.notes)
        lines << displayText(note);
    (new NotePopup(tr("What is compared"), lines, m_context->theme(), this))->popupBelow(m_about);
}

SidesBar::SidesBar(ViewContext* context, QWidget* parent)
    : QWidget(parent), m_context(context), m_swap(new QToolButton(this))
{
    m_swap->setProperty("quiet", true);
    m_swap->setToolTip(tr("Swap before and after (Ctrl+Shift+X)"));
    m_swap->setAccessibleName(tr("Swap before and after"));
    setMinimumWidth(scaled(360));
    connect(m_swap, &QToolButton::clicked, this, &SidesBar::swapRequested);
    const auto refresh = [this] {
        m_swap->setIcon(
            themedIcon(QStringLiteral("swap"), m_context->theme().text.primary, m_context->theme().text.disabled));
        update();
    };
    connect(context, &ViewContext::analysisChanged, this, refresh);
    connect(context, &ViewContext::themeChanged, this, refresh);
    refresh();
}

QRectF SidesBar::pill(int index) const
{
    const double gap = scaledF(44);
    const double pillWidth = std::min(scaledF(kPillWidth), (width() - gap) / 2);
    return {index * (pillWidth + gap), (height() - scaledF(kPillHeight)) / 2, pillWidth, scaledF(kPillHeight)};
}

void SidesBar::mousePressEvent(QMouseEvent* event)
{
    for (int i = 0; i < 2; ++i) {
        if (pill(i).contains(event->position()))
            emit openSideRequested(i == 1);
    }
}

void SidesBar::paintEvent(QPaintEvent*)
{
    const AnalysisPtr& analysis = m_context->analysis();
    if (!analysis || !analysis->comparison)
        return;
    const CompareAnalysis& info = *analysis->comparison;
    const Comparison& sides = *info.comparison;
    const Theme& t = m_context->theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < 2; ++i) {
        const QRectF box = pill(i);
        p.setPen(QPen(t.line.strong, 1));
        p.setBrush(t.surface.panel);
        p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        const double dot = scaledF(9);
        p.setPen(QPen(t.text.primary, 1.5));
        p.setBrush(i == 0 ? QBrush(Qt::NoBrush) : QBrush(t.text.primary));
        p.drawEllipse(QRectF(box.left() + scaledF(12), box.center().y() - dot / 2, dot, dot));
        QRectF text = box.adjusted(scaledF(30), 0, -scaledF(12), 0);
        p.setFont(uiFont(13, QFont::DemiBold));
        p.setPen(t.text.primary);
        const QString value =
            displayText(comparedValue(sides, i == 0 ? sides.before.total : sides.after.total, localeStyle()));
        p.drawText(text, int(Qt::AlignVCenter | Qt::AlignRight), value);
        const QFontMetricsF bold(p.font());
        text.setRight(text.right() - bold.horizontalAdvance(value) - scaledF(10));
        const QString side = i == 0 ? tr("Before") : tr("After");
        p.drawText(text, Qt::AlignVCenter, side);
        text.setLeft(text.left() + bold.horizontalAdvance(side) + scaledF(10));
        p.setFont(uiFont(12));
        p.setPen(t.text.secondary);
        p.drawText(
            text, Qt::AlignVCenter,
            elideMiddle(displayText(i == 0 ? info.beforeName : info.afterName), QFontMetricsF(p.font()), text.width()));
    }
    const QRectF left = pill(0);
    const int size = scaled(32);
    m_swap->setGeometry(int(left.right() + (pill(1).left() - left.right() - size) / 2), (height() - size) / 2, size,
                        size);
}

} // namespace sundial
