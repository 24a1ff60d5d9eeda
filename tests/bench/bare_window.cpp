// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a Qt program with a window costs: what Sundial's start is measured against.
#include "tests/bench/first_paint.h"

#include <QApplication>
#include <QMainWindow>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
