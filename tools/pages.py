"""Take docs/page.png, the page of a half-solved kata, from a real run: `nox -s picture`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

from playwright.sync_api import expect, sync_playwright

from tools.picture import ROOT, half_solved, plain_environment

PICTURE = ROOT / "docs" / "page.png"
SIZE = {"width": 1400, "height": 1010}
PATIENCE = 120_000.0  # milliseconds


def take(address: str) -> None:
    """Once everything has been judged."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        tab.goto(address)
        expect(tab.get_by_text("Waiting for a save.")).to_be_visible(timeout=PATIENCE)
        tab.screenshot(path=PICTURE)
        browser.close()


def main() -> None:
    with half_solved() as root:
        env = {**plain_environment(), "PYTHONPATH": str(root), "TF_KATAS_HOME": str(root / "home")}
        page = subprocess.Popen(
            [sys.executable, "-m", "dojo", "page", "q09"], cwd=root, env=env, stdout=subprocess.PIPE
        )
        assert page.stdout
        try:
            lines = (line.decode() for line in page.stdout)
            found = (re.search(r"http://127\.0\.0\.1:\d+/[\w-]+/", line) for line in lines)
            take(next(address[0] for address in found if address))
        finally:
            page.terminate()
            page.wait()


if __name__ == "__main__":
    main()
