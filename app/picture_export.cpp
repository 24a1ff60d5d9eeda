// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/picture_export.h"

#include "views/render.h"
#include "views/view.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>
#include <QSaveFile>

#include <algorithm>

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

void copyPictureOf(View* view)
{
    const QSize size = view->size();
    QImage image(size * kPixelRatio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(kPixelRatio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    view->paintPicture(painter, size);
    painter.end();
    QGuiApplication::clipboard()->setImage(image);
}

void printPictureOf(View* view, const QString& profilePath, QWidget* parent)
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setDocName(QFileInfo(profilePath).fileName());
    printer.setPageOrientation(QPageLayout::Landscape);
    QPrintDialog dialog(&printer, parent);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const QSizeF page = printer.pageRect(QPrinter::DevicePixel).size();
    const QSize size = view->size();
    const double scale = std::min(page.width() / size.width(), page.height() / size.height());
    QPainter painter(&printer);
    if (!painter.isActive()) {
        tellFailure(printer.outputFileName(), View::tr("the printer does not answer."), parent);
        return;
    }
    painter.scale(scale, scale);
    view->paintPicture(painter, size);
}

} // namespace sundial
