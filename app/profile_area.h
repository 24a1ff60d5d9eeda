// SPDX-License-Identifier: GPL-3.0-or-later
// What the window shows of an open profile or comparison: header, filters, verdict, warnings, and the page below them.
#pragma once

#include "app/header_bar.h"
#include "app/pipeline.h"
#include "app/recompare.h"

#include <QWidget>

namespace sundial
{

class AnalysisPage;
class Banner;

/// Its controls act on the pipeline and on the comparison; what concerns the window is signalled.
class ProfileArea : public QWidget
{
    Q_OBJECT

public:
    ProfileArea(ViewContext* context, Pipeline* pipeline, Recompare* recompare, const HeaderBar::Actions& actions,
                QWidget* parent = nullptr);

    HeaderBar* header() const { return m_header; }
    Banner* banner() const { return m_banner; }
    AnalysisPage* page() const { return m_page; }

signals:
    void widthChosen(sundial::CompareWidth width);

private:
    void applyTheme();

    ViewContext* m_context;
    AnalysisPage* m_page;
    HeaderBar* m_header;
    Banner* m_banner;
};

} // namespace sundial
