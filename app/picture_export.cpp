// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/picture_export.h"

#include "views/render.h"
#include "views/view.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSaveFile>

namespace sundial
{

namespace
{

constexpr double kPixelRatio = 2; // of a PNG: sharp on paper and on dense screens

void tellFailure(const QString& path, const QString& why, QWidget* parent)
{
    QMessageBox box(QMessageBox::Warning, View::tr("Export picture"), View::tr("The picture could not be written."),
                    QMessageBox::Ok, parent);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(path + QStringLiteral(": ") + why);
    box.exec();
}

} // namespace

void exportPictureOf(View* view, const QString& profilePath, QWidget* parent)
{
    const QFileInfo profile(profilePath);
    const QString folder = profilePath.startsWith(u':') ? QString() : profile.path() + u'/';
    const QString path = QFileDialog::getSaveFileName(
        parent, View::tr("Export picture"),
        folder + profile.completeBaseName() + u'-' + view->objectName() + QStringLiteral(".png"),
        View::tr("PNG picture (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"));
    if (path.isEmpty())
        return;
    const std::optional<PictureFormat> format = pictureFormatOf(path);
    if (!format) {
        tellFailure(path, View::tr("the name has to end in .png, .svg or .pdf."), parent);
        return;
    }
    const QSize size = view->size();
    const QByteArray bytes =
        renderPicture({*format, size, *format == PictureFormat::Png ? kPixelRatio : 1.0, profile.fileName()},
                      [view, size](QPainter& painter) { view->paintPicture(painter, size); });
    QSaveFile file(path);
    if (bytes.isEmpty() || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        tellFailure(path, bytes.isEmpty() ? View::tr("it is too large.") : file.errorString(), parent);
}

} // namespace sundial
