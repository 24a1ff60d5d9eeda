// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/plot_style.h"

#include "views/theme.h"

#include <qcustomplot.h>

namespace sundial
{

namespace
{

class UnitTicker : public QCPAxisTicker
{
public:
    explicit UnitTicker(const QString& symbol) : m_symbol(symbol) {}

protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        if (tick == 0)
            return QStringLiteral("0");
        const QString number = QLocale().toString(tick, 'g', 6);
        return m_symbol.isEmpty() ? number : number + u' ' + m_symbol;
    }

private:
    QString m_symbol;
};

} // namespace

QSharedPointer<QCPAxisTicker> unitTicker(const QString& symbol, int count)
{
    const auto ticker = QSharedPointer<UnitTicker>::create(symbol);
    ticker->setTickCount(count);
    return ticker;
}

void stylePlot(QCustomPlot* plot, const Theme& theme)
{
    plot->setBackground(theme.surface.panel);
    for (QCPAxis* axis : {plot->xAxis, plot->yAxis}) {
        axis->setBasePen(axis == plot->xAxis ? QPen(theme.line.strong, 1) : QPen(Qt::NoPen));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelFont(uiFont(11));
        axis->setTickLabelColor(theme.text.secondary);
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setPen(QPen(theme.line.hair, 1));
    }
    plot->xAxis->grid()->setVisible(false);
}

} // namespace sundial
