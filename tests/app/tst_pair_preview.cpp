// SPDX-License-Identifier: GPL-3.0-or-later
// The small picture beside a pair that is selected: when there is one, and what it shows.
#include "app/pair_preview.h"
#include "tests/support/files.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace sundial;
using namespace sundial::test;

class TestPairPreview : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void changeStandsOut();
    void onlyOfPairs();
    void passingByReadsNothing();

private:
    int addFile(const QString& name, const QByteArray& bytes);

    QTemporaryDir m_folder;
    std::shared_ptr<ArtifactList> m_list = std::make_shared<ArtifactList>();
    int m_before = -1, m_after = -1, m_broken = -1;
};

void TestPairPreview::initTestCase()
{
    installApplicationFont();
    m_before = addFile(QStringLiteral("before.txt"), "main;parse 40000\nmain;render 40000\n");
    m_after = addFile(QStringLiteral("after.txt"), "main;parse 40000\nmain;render 90000\n");
    m_broken = addFile(QStringLiteral("broken.prof"), "{");
}

int TestPairPreview::addFile(const QString& name, const QByteArray& bytes)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(name));
    m_list->files.push_back({.path = file.fileName(), .name = name, .kind = {}, .size = 40, .skipped = {}});
    return int(m_list->files.size()) - 1;
}

/// What got slower has the colour of more, and the shorter side leaves the difference free.
void TestPairPreview::changeStandsOut()
{
    PairPreview preview;
    preview.resize(300, preview.sizeHint().height());
    const ArtifactRow pair{.folder = {}, .name = {}, .before = m_before, .after = m_after};
    preview.showPair(m_list, &pair);
    QTRY_VERIFY(preview.hasPicture());
    QVERIFY(preview.isVisible() && !preview.isBusy());
    const QImage image = preview.grab().toImage();
    const QColor more = changeFill({ChangeMark::More, 4}, Theme::light());
    int places = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            places += image.pixelColor(x, y) == more;
    }
    QVERIFY2(places > 100, qPrintable(QString::number(places)));

    const ArtifactRow swapped{.folder = {}, .name = {}, .before = m_after, .after = m_before};
    preview.showPair(m_list, &swapped);
    QVERIFY(!preview.hasPicture());
    QTRY_VERIFY(preview.hasPicture());
    QVERIFY(preview.grab().toImage() != image);
}

void TestPairPreview::onlyOfPairs()
{
    PairPreview preview;
    const ArtifactRow alone{.folder = {}, .name = {}, .before = -1, .after = m_after};
    preview.showPair(m_list, &alone);
    QVERIFY(!preview.isBusy());
    const ArtifactRow broken{.folder = {}, .name = {}, .before = m_before, .after = m_broken};
    preview.showPair(m_list, &broken);
    QVERIFY(preview.isBusy());
    QTRY_VERIFY(!preview.isBusy());
    QVERIFY(!preview.hasPicture() && !preview.isVisible());
    ArtifactList large = *m_list;
    large.files[std::size_t(m_after)].size = std::uint64_t(1) << 30;
    const ArtifactRow pair{.folder = {}, .name = {}, .before = m_before, .after = m_after};
    preview.showPair(std::make_shared<const ArtifactList>(large), &pair);
    QVERIFY(!preview.isBusy());
}

void TestPairPreview::passingByReadsNothing()
{
    PairPreview preview;
    const ArtifactRow pair{.folder = {}, .name = {}, .before = m_before, .after = m_after};
    preview.showPair(m_list, &pair);
    preview.showPair(nullptr, nullptr);
    QVERIFY(!preview.isBusy());
    QTest::qWait(300);
    QVERIFY(!preview.hasPicture() && !preview.isVisible());
}

QTEST_MAIN(TestPairPreview)
#include "tst_pair_preview.moc"
