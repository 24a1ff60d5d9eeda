// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a Qt program with a window costs: what Sundial's start is measured against. With an argument, the
// window says it: what one word costs, for which fonts are looked up and one is opened.
#include "tests/bench/first_paint.h"

#include <QApplication>
#include <QLabel>
#include <QMainWindow>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1440, 900);
    if (argc > 1)
        window.setCentralWidget(new QLabel(QString::fromLocal8Bit(argv[1])));
    window.show();
    return QApplication::exec();
}
