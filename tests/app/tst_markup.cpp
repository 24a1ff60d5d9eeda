// SPDX-License-Identifier: GPL-3.0-or-later
// Words of a file are never markup: functions named like HTML, XML, Markdown, Graphviz and workflow commands show as
// such in every label, tooltip, picture and report.
#include "app/analysis_page.h"
#include "app/main_window.h"
#include "app/note_popup.h"
#include "app/verdict_banner.h"
#include "tests/support/cli.h"
#include "views/changes_table_view.h"
#include "views/view_table.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QJsonArray>
#include <QLabel>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QXmlStreamReader>

using namespace sundial;
using namespace sundial::test;

namespace
{

const QString kHostile = QStringLiteral("<img src=x>]]>&amp|`**_[a](b)\"'%s::error");
const QString kTag = QStringLiteral("<img src=x>");

/// All text of an XML document by element; fails the test where it is none.
QString xmlText(const QByteArray& xml, QSet<QString>* elements)
{
    QXmlStreamReader reader(xml);
    QString text;
    while (!reader.atEnd()) {
        const auto token = reader.readNext();
        if (token == QXmlStreamReader::StartElement) {
            elements->insert(reader.name().toString());
            for (const QXmlStreamAttribute& attribute : reader.attributes())
                text += attribute.value().toString() + u'\n';
        } else if (token == QXmlStreamReader::Characters) {
            text += reader.text().toString() + u'\n';
        }
    }
    return reader.hasError() ? QStringLiteral("no XML: ") + reader.errorString() : text;
}

} // namespace

class TestMarkup : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void labels_data();
    void labels();
    void tooltipsArePlain();
    void pictures_data();
    void pictures();
    void graphvizText();
    void tables();
    void checkReports();

private:
    QByteArray read(const QString& name) const;

    QTemporaryDir m_folder;
    QString m_before, m_after;
};

void TestMarkup::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    installApplicationFont();
    const auto write = [this](const char* name, int weight) {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write a temporary file");
        file.write("main;" + kHostile.toUtf8() + ' ' + QByteArray::number(weight) + "\nmain;calm 100\n");
        return file.fileName();
    };
    m_before = write("<b>before.folded", 300);
    m_after = write("<b>after.folded", 900);
}

QByteArray TestMarkup::read(const QString& name) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestMarkup::labels_data()
{
    QTest::addColumn<bool>("isComparison");
    QTest::newRow("one profile") << false;
    QTest::newRow("comparison") << true;
}

/// In every view, with the function selected: no label reads its text as markup.
void TestMarkup::labels()
{
    QFETCH(bool, isComparison);
    auto* const style = new SundialStyle(Theme::light());
    QApplication::setStyle(style);
    MainWindow window(style, Settings(), false);
    window.resize(1440, 900);
    window.show();
    if (isComparison)
        window.compare({m_before}, {m_after});
    else
        window.open(m_before);
    QTRY_VERIFY(window.context()->analysis() && !window.isBusy());
    const FrameTable& frames = window.context()->analysis()->frames();
    for (std::uint32_t f = 0; f < frames.size(); ++f) {
        if (frames.name(FrameId{f}).find("<img") != std::string_view::npos)
            window.context()->select(FrameId{f});
    }
    QVERIFY(window.context()->state().selected);
    int shown = 0;
    for (const ViewType* type : viewTypes()) {
        if ((type->mode == ViewMode::Comparison) != isComparison)
            continue;
        window.showView(QLatin1String(type->id));
        QTRY_VERIFY(!window.isBusy());
        for (const QLabel* label : window.findChildren<QLabel*>()) {
            const bool isMarkup = label->textFormat() == Qt::RichText ||
                                  (label->textFormat() != Qt::PlainText && Qt::mightBeRichText(label->text()));
            QVERIFY2(!isMarkup || !label->text().contains(kTag), qPrintable(label->text()));
            shown += label->text().contains(kTag) ? 1 : 0;
        }
    }
    if (isComparison) {
        // The verdict and the table are painted, as plain text; what is compared opens as labels.
        auto* const banner = window.findChild<VerdictBanner*>();
        QVERIFY2(banner && banner->accessibleName().contains(kTag), qPrintable(banner->accessibleName()));
        const auto* const table = window.findChild<ChangesTableView*>()->findChild<QAbstractItemView*>();
        for (int row = 0; row < table->model()->rowCount(); ++row)
            shown += table->model()->index(row, 0).data().toString().contains(kTag) ? 1 : 0;
        for (QToolButton* button : banner->findChildren<QToolButton*>()) {
            if (button->isVisible())
                button->click();
        }
        const QWidgetList all = QApplication::allWidgets();
        const auto isAbout = [](const QWidget* w) { return qobject_cast<const NotePopup*>(w) && w->isVisible(); };
        const auto about = std::find_if(all.begin(), all.end(), isAbout);
        QVERIFY(about != all.end());
        bool namesFile = false;
        for (const QLabel* label : (*about)->findChildren<QLabel*>()) {
            namesFile = namesFile || label->text().contains(QStringLiteral("<b>before.folded"));
            QVERIFY(label->textFormat() == Qt::PlainText || !label->text().contains(u'<'));
        }
        QVERIFY(namesFile);
        (*about)->close();
    }
    QVERIFY(shown > 0); // the name stands somewhere, or this shows nothing
}

void TestMarkup::tooltipsArePlain()
{
    QApplication::setStyle(new SundialStyle(Theme::light()));
    QWidget owner;
    owner.show();
    QToolTip::showText(QPoint(10, 10), kTag, &owner);
    const auto isTip = [](const QWidget* widget) { return widget->inherits("QTipLabel"); };
    const QWidgetList all = QApplication::allWidgets();
    const auto found = std::find_if(all.begin(), all.end(), isTip);
    QVERIFY(found != all.end());
    QCOMPARE(qobject_cast<QLabel*>(*found)->textFormat(), Qt::PlainText);
    QCOMPARE(qobject_cast<QLabel*>(*found)->text(), kTag);
    QToolTip::hideText();
}

void TestMarkup::pictures_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::newRow("icicle") << QStringList{"flame", m_before};
    QTest::newRow("sunburst") << QStringList{"sunburst", m_before};
    QTest::newRow("graph") << QStringList{"graph", m_before};
    QTest::newRow("comparison") << QStringList{"diff", m_before, m_after};
}

void TestMarkup::pictures()
{
    QFETCH(QStringList, command);
    const Finished run = runSundial(command + QStringList{"-o", m_folder.filePath("out.svg")});
    QVERIFY2(run.status == 0, qPrintable(run.err));
    QSet<QString> elements;
    const QString text = xmlText(read("out.svg"), &elements);
    QVERIFY2(!text.startsWith(QStringLiteral("no XML")), qPrintable(text));
    QVERIFY(!elements.contains(QStringLiteral("img")) && !elements.contains(QStringLiteral("b")));
}

void TestMarkup::graphvizText()
{
    const Finished run = runSundial({"graph", m_before, "-o", m_folder.filePath("out.dot")});
    QVERIFY2(run.status == 0, qPrintable(run.err));
    const QString text = QString::fromUtf8(read("out.dot"));
    QVERIFY(text.contains(QStringLiteral("<img src=x>")));
    QVERIFY(!text.contains(QStringLiteral("label=<"))); // HTML-like labels are markup
    QVERIFY(text.contains(QStringLiteral("\\\"'%s")));  // the quote does not end the label
}

void TestMarkup::tables()
{
    const Finished markdown = runSundial({"top", m_before, "--markdown"});
    QCOMPARE(markdown.status, 0);
    QVERIFY2(markdown.out.contains(QStringLiteral("\\<img src=x\\>")), qPrintable(markdown.out));
    QVERIFY(markdown.out.contains(QStringLiteral("\\|\\`\\*\\*\\_\\[a\\](b)")));
    const Finished change = runSundial({"diff", m_before, m_after, "--markdown"});
    QCOMPARE(change.status, 0);
    QVERIFY2(!QString(change.out).remove(QStringLiteral("\\<")).contains(kTag), qPrintable(change.out));
    QVERIFY(!change.out.contains(kTag) || change.out.contains(QStringLiteral("\\<img")));
    const Finished csv = runSundial({"top", m_before, "--csv"});
    QVERIFY2(csv.out.contains(QString(kHostile).replace(u'"', QStringLiteral("\"\""))), qPrintable(csv.out));
    const Finished json = runSundial({"top", m_before, "--json"});
    bool isThere = false;
    for (const QJsonValue& row : json.json()[QStringLiteral("rows")].toArray())
        isThere |= row[QStringLiteral("name")].toString() == kHostile;
    QVERIFY(isThere);
}

void TestMarkup::checkReports()
{
    const Finished run = runSundial({"check", m_before, m_after, "--fail-if", "self(*img*)>+1%", "--github", "--junit",
                                     m_folder.filePath("out.xml"), "--sarif", m_folder.filePath("out.sarif")});
    QVERIFY2(run.status == 1, qPrintable(run.err));
    const Finished calm = runSundial({"check", m_before, m_after, "--fail-if", "self(*calm*)<200"});
    QVERIFY2(calm.status == 1, qPrintable(calm.err));
    QSet<QString> elements;
    const QString text = xmlText(read("out.xml"), &elements);
    QVERIFY2(text.contains(kTag), qPrintable(text));
    QVERIFY(!elements.contains(QStringLiteral("img")));
    QVERIFY(!QJsonDocument::fromJson(read("out.sarif")).isNull());
    // One annotation, whose words cannot start another.
    QCOMPARE(run.out.count(QStringLiteral("\n::error")), 1);
}

QTEST_MAIN(TestMarkup)
#include "tst_markup.moc"
