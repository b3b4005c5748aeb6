"""The page: self-contained, safe, and the report's text unchanged in it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from memcon.export.html import article, page
from memcon.model import Document, Evidence, Issue, Memorandum, Span, Statement

from .conftest import Report, make

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a browser would make of a page: elements, ids, links, and the text of each report."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self._depth = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self.open.append(tag)
        if dict(attrs).get("class") == "text":
            self.texts.append("")
            self._depth = len(self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if len(self.open) < self._depth:
            self._depth = 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts[-1] += data

    def ids(self) -> list[str]:
        return [x for _, attributes in self.tags if (x := attributes.get("id"))]


def built(*reports: Report) -> str:
    return page([(i, x.memorandum.id, article(*x, number=i)) for i, x in enumerate(reports)])


def test_the_text_is_whole(report: Report) -> None:
    assert Page(built(report)).texts == [report.document.text]


def test_anchors_lead_somewhere_and_are_unique(report: Report) -> None:
    seen = Page(built(report, make(report.document.text)))
    ids = seen.ids()
    assert len(ids) == len(set(ids))
    goals = {x["href"] for _, x in seen.tags if x.get("href")}
    assert goals
    assert goals <= {f"#{x}" for x in ids}


def test_facts_and_words_name_each_other(report: Report) -> None:
    seen = Page(built(report))
    facts = {x["id"] for tag, x in seen.tags if tag == "li" and x.get("id")}
    words = {fact for _, x in seen.tags for fact in (x.get("data-f") or "").split()}
    assert facts == words


def test_hostile_words_stay_words(hostile: Report, report: Report) -> None:
    source = built(hostile)
    seen, plain = Page(source), Page(built(report))
    assert [tag for tag, _ in seen.tags if tag in ("script", "img", "style", "iframe")] == ["style", "script"]
    assert {tag for tag, _ in seen.tags} == {tag for tag, _ in plain.tags}
    assert not [key for _, x in seen.tags for key in x if key.startswith("on") or key in ("style", "src")]
    assert not re.search("[\x00\x0b\x1b]", source)
    assert seen.texts == [re.sub("[\x00\x0b\x1b]", "\ufffd", hostile.document.text)]
    assert seen.open == []


def test_policy_allows_its_own_style_and_script_only(hostile: Report) -> None:
    source = built(hostile)
    policy = next(x["content"] for _, x in Page(source).tags if x.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert f"{tag}-src 'sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'" in policy


def test_nothing_comes_from_elsewhere(report: Report) -> None:
    source = built(report)
    assert not re.search(r"https?:|url\(|@import|//[a-z]", re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE))


def test_an_empty_page() -> None:
    assert "No report could be read." in page([])


def test_a_report_of_nothing() -> None:
    made = Report(Document(id="n", text="Prices rose."), Memorandum(id="n"), [Span(0, 12)])
    assert "The report tells of no contact." in built(made)


def test_right_to_left() -> None:
    text = "التقى الوزير السفير في عمان.\n"
    memo = Memorandum(id="r", language="ar", issues=[Issue(kind="k", message="عربي", spans=[Span(6, 12)])])
    source = built(Report(Document(id="r", text=text), memo, [Span(0, 28)]))
    assert 'lang="ar" dir="auto"' in source
    assert Page(source).texts == [text]


@given(
    st.text(st.sampled_from("ab <&>\"'\n😀é\u0301ع\u200f"), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=8),
)
def test_any_spans_leave_the_text_whole(text: str, spans: list[tuple[int, int]]) -> None:
    said = [Statement(speakers=["A"], act="thank", evidence=Evidence(start=a, end=b)) for a, b in spans]
    made = Report(Document(id="r", text=text), Memorandum(id="r", statements=said), [Span(0, len(text))])
    seen = Page(built(made))
    assert seen.texts == [text]
    assert len(seen.ids()) == len(set(seen.ids()))
