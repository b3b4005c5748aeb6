"""Pictures of every page in light, dark and narrow, by one command, to be looked at.

    uv run python tools/screenshots.py --out /tmp/pictures                 over the examples of this repository
    uv run python tools/screenshots.py --ledger memcon.db --out pictures   over a ledger of yours

Needs Chromium (Debian's package, or MEMCON_CHROMIUM names another) and the dev dependencies.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from memcon import Ledger
from memcon.web.app import create_app

ROOT = Path(__file__).resolve().parents[1]
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1360, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1360, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}


def addresses(ledger: Ledger) -> dict[str, str]:
    """Every kind of page, by a name for its picture, for what the ledger holds."""
    found = {
        "home": "/", "keys": "/keys", "api": "/api", "error": "/nowhere", "search": "/search?q=president", "network": "/network",
        **{x: f"/{x}" for x in ("meetings", "visits", "people", "bodies", "pairs", "agreements", "plans", "statements", "reports", "conflicts", "issues")},
    }  # fmt: skip
    meetings = sorted(ledger.meetings(), key=lambda m: (-len(m.conflicts), -m.witnesses, m.id))
    if meetings:
        m = meetings[0]
        found["meeting"] = f"/meeting/{m.id}"
        found["meeting-words"] = f"/meeting/{m.id}?at={m.sources[0].document}:{m.sources[0].start}-{m.sources[0].end}#at"
        found["report"] = f"/report/{m.sources[0].document}"
        if m.date and m.date[:4].isdigit():
            found["calendar"] = f"/calendar?month={m.date[:7]}"
        pair = next((x.countries for x in meetings if len(x.countries) == 2), None)
        if pair:
            found["pair"] = f"/pair/{pair[0]}-{pair[1]}"
    for name, things in (
        ("visit", ledger.visits()),
        ("agreement", ledger.agreements()),
        ("statement", ledger.statements(limit=1)),
        ("person", ledger.people(limit=1)),
    ):
        if things:
            found[name] = f"/{name}/{things[0].id}"
    posts = [p for p in ledger.posts(limit=20) if p.organization]
    if posts:
        found["body"] = f"/body/{posts[0].organization}"
    return found


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The ledger on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(create_app(ledger), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def main(argv: Sequence[str] | None = None) -> None:
    """Take the pictures."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--ledger", type=Path)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--only", nargs="*", default=[], help="names of pages")
    p.add_argument("--looks", nargs="*", default=list(LOOKS), choices=list(LOOKS))
    p.add_argument("--whole", action="store_true", help="the whole length of each page")
    o = p.parse_args(argv)
    o.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = o.ledger or Path(folder) / "examples.db"
        if o.ledger is None:
            with Ledger(path) as ledger:
                ledger.add([ROOT / "examples"])
        with Ledger(path, readonly=True) as ledger:
            wanted = {n: a for n, a in addresses(ledger).items() if not o.only or n in o.only}
        with served(path) as base, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=os.environ.get("MEMCON_CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"])
            for look in o.looks:
                page = browser.new_context(**LOOKS[look]).new_page()
                page.on("console", lambda m: print(f"console: {m.text}") if m.type == "error" else None)
                for name, address in wanted.items():
                    page.goto(base + address)
                    page.wait_for_timeout(250)
                    page.screenshot(path=o.out / f"{name}-{look}.png", full_page=o.whole)
                    print(f"{name}-{look}.png  {address}")
            browser.close()


if __name__ == "__main__":
    main()
