"""The pages in a real browser: what a person does with the mouse, with the keys, without scripts, on paper, in the dark."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path
from typing import Any

import pytest

from memcon import Ledger
from memcon.model import Person
from tests.web.conftest import ROOT, SECOND, at, every_page, tell

AXE = Path(os.environ.get("MEMCON_AXE") or ROOT / ".tools/node_modules/axe-core/axe.min.js")
SAMPLES = ROOT.parent / "shared" / "reports"


def axe() -> Path:
    """The checker; the test is skipped where it is not installed."""
    if not AXE.is_file():
        pytest.skip("no axe-core: npm install --no-save --prefix .tools axe-core@4.14.1, or name its axe.min.js in MEMCON_AXE")
    return AXE


def lit(tab: Any) -> str:
    """The words that are lit, as they stand in the text."""
    return "".join(tab.locator("mark.at, [data-s].at").all_text_contents())


def test_a_person_finds_a_contact_and_opens_the_words_of_a_fact(tab: Any, ids: dict[str, str]) -> None:
    tab.goto("/")
    tab.fill("#bigfind", "tuilagi")
    tab.press("#bigfind", "Enter")
    tab.click(f"a[href='/meeting/{ids['meeting']}']")
    assert tab.locator("h1").inner_text() == "Courtesy call: Ana Tuilagi and Seru Naqa"
    tab.click("li:has(> .cap bdi:text-is('head')) > a.cite")
    assert lit(tab) == "head of the Reef Council of Tonga"
    assert tab.evaluate(
        "(() => { const m = document.querySelector('mark.at').getBoundingClientRect(); return m.top >= 0 && m.bottom <= innerHeight })()"
    )
    assert re.search(r"\?at=d-[0-9a-f]{12}:\d+-\d+$", tab.url)
    tab.reload()
    assert lit(tab) == "head of the Reef Council of Tonga"
    versus = tab.locator(".versus .val").all_inner_texts()
    assert {"head", "chairman"} <= {v.lower() for v in versus}


def test_the_same_without_a_script(chromium: Any, base: str, ids: dict[str, str]) -> None:
    context = chromium.new_context(base_url=base, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"/meeting/{ids['meeting']}")
    tab.click("li:has(> .cap bdi:text-is('head')) > a.cite")
    assert lit(tab) == "head of the Reef Council of Tonga"
    tab.goto("/statements")
    tab.fill("#f-person", "naqa")
    tab.click(".filters button")
    assert tab.locator("tbody tr").count() == 2
    tab.click(".facet a:text-is('thank')")
    assert tab.locator("tbody tr").count() == 1
    tab.click(".chips a:has-text('kind')")
    assert tab.locator("tbody tr").count() == 2
    context.close()


def test_keys_alone_lead_to_the_words(tab: Any, ids: dict[str, str]) -> None:
    tab.goto("/plans")
    tab.keyboard.press("/")
    tab.keyboard.type("naqa")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=naqa")
    tab.goto(f"/meeting/{ids['meeting']}")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    for _ in range(40):
        tab.keyboard.press("Tab")
        if "cite" in tab.evaluate("document.activeElement.className"):
            break
    focused = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert focused == "solid"
    tab.keyboard.press("Enter")
    assert lit(tab) != ""
    tab.keyboard.press("g")
    tab.keyboard.press("p")
    tab.wait_for_url("**/people")


def test_the_keys_can_be_turned_off(tab: Any) -> None:
    tab.goto("/keys")
    tab.click("#keys-off")
    assert tab.locator("#keys-off").inner_text() == "Turn the keys on"
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") != "find"
    tab.click("#keys-off")
    tab.locator("h1").click()
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "find"


def test_the_plan_leads_to_what_became_of_it(tab: Any, ids: dict[str, str]) -> None:
    tab.goto("/plans")
    tab.click(".c-occurred a")
    assert tab.url.endswith(f"/meeting/{ids['meeting']}")
    steps = tab.locator(".history .status").all_inner_texts()
    assert steps == ["planned", "occurred"]


def test_charts_draw_what_the_table_beside_them_says(tab: Any) -> None:
    tab.goto("/calendar?month=2022-08")
    assert tab.locator("canvas").count() == 1
    drawn = tab.evaluate("(() => { const c = Chart.getChart(document.querySelector('canvas')); return [c.data.labels, c.data.datasets[0].data] })()")
    rows = tab.locator("table.data tbody tr").all()
    assert drawn[0] == [r.locator("th").inner_text() for r in rows]
    assert drawn[1] == [int(r.locator("td").inner_text()) for r in rows]
    assert sum(drawn[1]) == 1
    assert tab.evaluate(
        "(() => { const c = document.querySelector('canvas'); return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0) })()"
    )


# Beside the whole of axe in the light: what the dark can spoil, and what a narrow screen can.
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"runOnly": ["color-contrast"]},
    "narrow": {"runOnly": ["target-size", "scrollable-region-focusable"]},
}


def test_no_page_has_a_serious_fault_light_dark_or_narrow(chromium: Any, base: str, ids: dict[str, str]) -> None:
    context = chromium.new_context(base_url=base, extra_http_headers={"Accept": "text/html"})
    context.add_init_script(path=axe())
    tab = context.new_page()
    errors: list[str] = []
    tab.on("console", lambda m: errors.append(m.text) if m.type == "error" and "404" not in m.text else None)
    found = []
    for address in (*every_page(ids), "/nowhere"):
        tab.goto(address)
        for look, options in LOOKS.items():
            tab.emulate_media(color_scheme="dark" if look == "dark" else "light")
            tab.set_viewport_size({"width": 390, "height": 844} if look == "narrow" else {"width": 1280, "height": 900})
            result = tab.evaluate("options => axe.run({ resultTypes: ['violations'], ...options })", options)
            found += [
                f"{address} {look}: {v['id']}: {v['nodes'][0]['html'][:160]}" for v in result["violations"] if v["impact"] in ("serious", "critical")
            ]
            if tab.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                found.append(f"{address} {look}: wider than the screen")
    context.close()
    assert found == []
    assert errors == []


def test_axe_finds_a_fault_where_there_is_one(tab: Any) -> None:
    tab.context.add_init_script(path=axe())
    tab.goto("/keys")
    tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<a href=\"/x\"></a>')")
    assert "link-name" in [v["id"] for v in tab.evaluate("axe.run()")["violations"]]


def test_paper_holds_facts_and_texts_and_no_forms(chromium: Any, base: str, ids: dict[str, str]) -> None:
    context = chromium.new_context(base_url=base)
    tab = context.new_page()
    tab.goto(f"/meeting/{ids['meeting']}")
    tab.emulate_media(media="print")
    assert tab.locator("form:visible, nav.places:visible").count() == 0
    assert tab.locator("aside.sources").evaluate("e => getComputedStyle(e).overflowY") == "visible"
    assert tab.pdf()[:5] == b"%PDF-"
    context.close()


def test_other_scripts_stand_in_their_own_direction(chromium: Any, serve: Any, tmp_path: Path) -> None:
    texts = {
        "ar": "التقى وزير الخارجية سامي الخطيب نظيره في تونس.", "he": "שר החוץ נועם לביא נפגש עם עמיתו.", "km": "លោក សុខ ចាន់ បានជួបជាមួយលោកស្រី ម៉ែន", "lo": "ທ່ານ ບຸນມີ ໄດ້ພົບປະກັບທ່ານ ນາງ ຄຳ",
        "zh": "外交部长李明在万象会见老挝同事。", "vi": "Bộ trưởng Ngoại giao Nguyễn Thị Hồng Ánh đã gặp người đồng cấp.",
    }  # fmt: skip
    names = {"ar": "سامي الخطيب", "he": "נועם לביא", "km": "សុខ ចាន់", "lo": "ບຸນມີ", "zh": "李明", "vi": "Nguyễn Thị Hồng Ánh"}
    path = tmp_path / "scripts.db"
    with Ledger(path) as ledger:
        reports = {k: tell(ledger, k, t, people=[Person(name=names[k], evidence=at(t, names[k], name=names[k]))]) for k, t in texts.items()}
    with serve(path) as base:
        context = chromium.new_context(base_url=base)
        tab = context.new_page()
        for code, report in reports.items():
            start = texts[code].index(names[code])
            tab.goto(f"/report/{report}?at={start}-{start + len(names[code])}#at")
            assert lit(tab) == names[code]
            assert tab.locator(".text").evaluate("e => getComputedStyle(e).direction") == ("rtl" if code in ("ar", "he") else "ltr")
        tab.goto("/people")
        assert set(tab.locator("tbody th a").all_inner_texts()) == set(names.values())
        context.close()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared sample reports are not beside the project")
def test_the_samples_as_a_person_reads_them(chromium: Any, serve: Any, tmp_path: Path) -> None:
    """Search "Trung", the courtesy call, a fact and its sentence, "head" beside "Chairman", the plan's link."""
    path = tmp_path / "samples.db"
    with Ledger(path) as ledger:
        ledger.add([SAMPLES])
    with serve(path) as base:
        context = chromium.new_context(base_url=base)
        tab = context.new_page()
        errors: list[str] = []
        tab.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        tab.goto("/")
        tab.fill("#find", "Trung")
        tab.press("#find", "Enter")
        tab.click("a:has-text('Courtesy call')")
        tab.click("dl.fields dd:has(> p.why) .told a.cite")
        assert lit(tab) == "August 23"
        assert {"head", "Chairman"} <= set(tab.locator(".versus .val").all_inner_texts())
        assert tab.locator(".history .status").all_inner_texts() == ["planned", "occurred"]
        call = tab.url.split("?")[0]
        tab.click("nav.places a:text-is('Plans')")
        tab.click(".c-occurred a:has-text('Courtesy call')")
        assert tab.url == call
        tab.goto("/meetings?person=Trung")
        tab.click("summary:has-text('Download')")
        with tab.expect_download() as waiting:
            tab.click("a[href^='/meetings.csv']")
        with Path(waiting.value.path()).open(encoding="utf-8-sig", newline="") as file:
            assert "courtesy_call" in {row["kind"] for row in csv.DictReader(file)}
        context.close()
        assert errors == []


def test_words_asked_for_are_the_report_s_own(tab: Any, ids: dict[str, str]) -> None:
    start = SECOND.index("Mr Naqa proposed")
    tab.goto(f"/report/{ids['report']}?at={start}-{start + 16}#at")
    assert lit(tab) == "Mr Naqa proposed"
    assert tab.locator("mark.near:not(.at)").first.evaluate("e => getComputedStyle(e).backgroundColor") != tab.locator("mark.at").first.evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
