"""Takes README's picture: the first screen of a leadership page.

    auditlib page                                     # after `make demo`
    python -m tests.picture page.html docs/page.png

Needs Chromium. Look at the picture before you commit it.
"""

from __future__ import annotations

import pathlib
import shutil
import sys

from playwright.sync_api import sync_playwright

SIZE = {"width": 1280, "height": 1480}


def take(page: pathlib.Path, to: pathlib.Path) -> None:
    """The first screen of a page as PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport=SIZE, color_scheme="light")
        tab.goto(page.resolve().as_uri())
        tab.screenshot(path=to)
        browser.close()


if __name__ == "__main__":
    take(*map(pathlib.Path, sys.argv[1:3]))
