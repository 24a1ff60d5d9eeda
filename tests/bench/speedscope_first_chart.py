#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""speedscope from its page to its first chart in Chromium: what a person waits for. Prints JSON.

    PYTHON speedscope_first_chart.py RELEASE PROFILE

PYTHON is an interpreter which has selenium; chromium and chromedriver are looked for in PATH. RELEASE is the folder with
speedscope's index.html (dist/release of its npm package); both are served from this machine. The browser runs already, as a
person's does; the clock starts when it is asked for the page. It stops when the charts of the profile are there, which are
canvases beside the one that the page always has."""

import functools
import http.server
import json
import os
import shutil
import sys
import tempfile
import threading
import time

GIVE_UP_S = 240


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def main():
    release, profile = map(os.path.abspath, sys.argv[1:3])
    from selenium import webdriver
    from selenium.common.exceptions import TimeoutException, WebDriverException
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
                     "--ignore-gpu-blocklist", "--window-size=1440,900"):
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium")
    options.page_load_strategy = "none"
    with tempfile.TemporaryDirectory() as folder:
        for name in os.listdir(release):
            os.symlink(os.path.join(release, name), os.path.join(folder, name))
        os.symlink(profile, os.path.join(folder, "profile.json"))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = f"http://127.0.0.1:{server.server_port}/"
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        start = time.monotonic()
        canvases = 0
        try:
            browser.get(page + "index.html#profileURL=" + page + "profile.json")
            while canvases < 2 and time.monotonic() - start < GIVE_UP_S:
                time.sleep(0.02)
                try:
                    canvases = browser.execute_script("return document.querySelectorAll('canvas').length")
                except TimeoutException:
                    pass  # the page is at work and answers nobody
            seconds = time.monotonic() - start
            if len(sys.argv) > 3:
                browser.save_screenshot(sys.argv[3])
        except WebDriverException as error:  # the page has crashed
            seconds, canvases = 0, 0
            print(error.msg, file=sys.stderr)
        finally:
            browser.quit()
            server.shutdown()
    print(json.dumps({"seconds": seconds if canvases >= 2 else None, "canvases": canvases}))


if __name__ == "__main__":
    sys.exit(main())
