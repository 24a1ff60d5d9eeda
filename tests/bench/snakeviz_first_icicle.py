#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""snakeviz from its start to its first icicle in Chromium: what a person waits for. Prints JSON.

    PYTHON snakeviz_first_icicle.py PROFILE

PYTHON is an interpreter which has snakeviz and selenium; chromium and chromedriver are looked for in PATH. The clock
starts with the server's process; the browser runs already, as a person's does, and asks for the page until the server
answers. It stops when the page's picture holds boxes."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse

GIVE_UP_S = 150


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    profile = os.path.abspath(sys.argv[1])
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,900"):
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium")
    options.page_load_strategy = "none"
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    port = free_port()
    start = time.monotonic()
    server = subprocess.Popen([sys.executable, "-m", "snakeviz", "-s", "-p", str(port), profile],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.monotonic() - start < GIVE_UP_S:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.01)
        browser.get(f"http://127.0.0.1:{port}/snakeviz/" + urllib.parse.quote(profile, safe=""))
        while time.monotonic() - start < GIVE_UP_S:
            boxes = browser.execute_script("return document.querySelectorAll('#chart svg rect, #chart svg path').length")
            if boxes > 1:
                print(json.dumps({"seconds": time.monotonic() - start, "boxes": boxes}))
                return 0
            time.sleep(0.02)
    finally:
        server.kill()
        browser.quit()
    print(json.dumps({"seconds": None, "gaveUpAfter": GIVE_UP_S}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
