"""Take the pictures of the page, alone and of a pair, from a real run: `nox -s picture`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tools.picture import ROOT, half_solved, plain_environment

PICTURES = {
    "page.png": (["page", "q09"], {"width": 1400, "height": 1010}),
    "pair.png": (
        ["pair", "q09", "--with", "Ada", "Grace <grace@example.org>", "--page", "--plain"],
        {"width": 1400, "height": 860},
    ),
}
PATIENCE = 120_000.0  # milliseconds


def take(address: str, name: str, size: dict[str, int]) -> None:
    """Once everything has been judged."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = browser.new_page(viewport=size)  # type: ignore[arg-type]
        tab.goto(address)
        expect(tab.locator(".stubs .tests")).not_to_have_count(0, timeout=PATIENCE)
        for unfinished in ".stubs .tests:empty", "body.checking":
            expect(tab.locator(unfinished)).to_have_count(0, timeout=PATIENCE)
        tab.screenshot(path=ROOT / "docs" / name)
        browser.close()


def picture(name: str, command: list[str], size: dict[str, int]) -> None:
    with half_solved() as root:
        commit_all(root)
        env = {
            **plain_environment(),
            "PYTHONPATH": str(root),
            "TF_KATAS_HOME": str(root / ".git" / "home"),
        }
        page = subprocess.Popen(
            [sys.executable, "-m", "dojo", *command], cwd=root, env=env, stdout=subprocess.PIPE
        )
        assert page.stdout
        try:
            lines = (line.decode() for line in page.stdout)
            found = (re.search(r"http://127\.0\.0\.1:\d+/[\w-]+/", line) for line in lines)
            take(next(address[0] for address in found if address), name, size)
        finally:
            page.terminate()
            page.wait()


def commit_all(root: Path) -> None:
    """A pair commits to a branch of its own."""
    me = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    for command in ["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "The katas"]:
        subprocess.run(["git", *me, *command], cwd=root, check=True)


def main() -> None:
    for name, (command, size) in PICTURES.items():
        picture(name, command, size)


if __name__ == "__main__":
    main()
