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
from memcon.model import Document, Evidence, Meeting, Memorandum, Person, Position
from memcon.web.app import create_app

ROOT = Path(__file__).resolve().parents[1]
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1360, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1360, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}


# In each script a report of one meeting, told here and not read: who received, the office, who came, the place, and the whole text.
SCRIPTS: dict[str, tuple[str, str, str, str, str]] = {
    "ar": ("سامي الخطيب", "وزير الخارجية", "ليلى المنصوري", "تونس", "تونس، 4 مارس 2024. استقبل وزير الخارجية سامي الخطيب نظيرته ليلى المنصوري في تونس يوم الاثنين.\n\nوبحث الجانبان التعاون في مجال المياه والطاقة (اتفاقية 2019)، واتفقا على عقد اجتماع ثانٍ قبل نهاية العام."),
    "he": ("נועם לביא", "שר החוץ", "דנה ברק", "ירושלים", "ירושלים, 4 במרץ 2024. שר החוץ נועם לביא קיבל את פניה של עמיתתו דנה ברק בירושלים.\n\nהשניים דנו בהסכם המים משנת 2019."),
    "km": ("សុខ ចាន់", "រដ្ឋមន្ត្រីការបរទេស", "ម៉ែន ស្រីពៅ", "ភ្នំពេញ", "ភ្នំពេញ ថ្ងៃទី៤ ខែមីនា ឆ្នាំ២០២៤។ រដ្ឋមន្ត្រីការបរទេស លោក សុខ ចាន់ បានទទួលជួបជាមួយលោកស្រី ម៉ែន ស្រីពៅ នៅភ្នំពេញ។\n\nភាគីទាំងពីរបានពិភាក្សាអំពីកិច្ចសហប្រតិបត្តិការលើវិស័យទឹក និងថាមពល។"),
    "lo": ("ບຸນມີ ວົງສາ", "ລັດຖະມົນຕີການຕ່າງປະເທດ", "ຄຳພອນ ສີສຸກ", "ວຽງຈັນ", "ວຽງຈັນ, ວັນທີ 4 ມີນາ 2024. ລັດຖະມົນຕີການຕ່າງປະເທດ ທ່ານ ບຸນມີ ວົງສາ ໄດ້ຕ້ອນຮັບ ທ່ານ ຄຳພອນ ສີສຸກ ທີ່ວຽງຈັນ.\n\nສອງຝ່າຍໄດ້ປຶກສາຫາລືກ່ຽວກັບການຮ່ວມມືດ້ານນ້ຳ ແລະ ພະລັງງານ."),
    "zh": ("李明远", "外交部长", "陈雅琴", "万象", "万象,2024年3月4日。外交部长李明远在万象会见来访的陈雅琴。\n\n双方就水资源和能源合作交换意见,并商定年底前再次会晤。"),
    "vi": ("Nguyễn Thị Hồng Ánh", "Bộ trưởng Ngoại giao", "Trần Quốc Đạt", "Hà Nội", "Hà Nội, ngày 4/3/2024. Bộ trưởng Ngoại giao Nguyễn Thị Hồng Ánh đã tiếp ông Trần Quốc Đạt tại Hà Nội.\n\nHai bên trao đổi về hợp tác nguồn nước và năng lượng."),
}  # fmt: skip


def tell_scripts(ledger: Ledger) -> None:
    """Reports in other scripts, with the records of a reader that knows them."""
    for code, (host, title, guest, place, text) in SCRIPTS.items():

        def at(words: str, text: str = text) -> Evidence:
            start = text.index(words)
            return Evidence(start=start, end=start + len(words))

        people = [Person(name=host, positions=[Position(title=title, evidence=at(title))], evidence=at(host)), Person(name=guest, evidence=at(guest))]
        meeting = Meeting(kind="talks", hosts=[host], guests=[guest], date="2024-03-04", place=place, evidence=at(guest))
        document = Document(id=f"report-{code}", text=text, published="2024-03-04", outlet=place, language=code)
        ledger.keep(
            document,
            Memorandum(id=document.id, published="2024-03-04", outlet=place, language=code, version="told", people=people, meetings=[meeting]),
        )


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
    for m in meetings:
        code = m.sources[0].report.removeprefix("report-")
        if code in SCRIPTS:
            q = m.sources[0]
            found |= {
                f"{code}-meeting": f"/meeting/{m.id}", f"{code}-report": f"/report/{q.document}?at={q.start}-{q.end}#at",
                f"{code}-person": f"/person/{m.hosts[0].id}", f"{code}-search": f"/search?q={m.hosts[0].name}",
            }  # fmt: skip
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
                tell_scripts(ledger)
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
