"""Every format gives its reports, with what is known of each."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType

import brotli
import pytest

from memcon.errors import ReadError
from memcon.model import Document
from memcon.read import files
from memcon.read.expand import SetAside
from memcon.read.furniture import marks
from memcon.read.inputs import outcomes
from memcon.read.reader import Facts, Passed
from memcon.read.text import Labels

from .conftest import look, one, wrong

BODY = "Foreign Minister Aino Lund received Ambassador Odera in Oslo on Monday. They spoke of fisheries and agreed to meet again."
PAGE = f"""<!doctype html><html lang="en"><head><title>Lund receives Odera | The Gazette</title><meta charset="utf-8">
<meta property="og:site_name" content="The Gazette"><meta property="og:title" content="Lund receives Odera">
<meta name="author" content="Ida Holm"><meta property="article:published_time" content="2024-03-12T23:30:00+07:00">
<link rel="canonical" href="https://gazette.example/2024/03/13/lund"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Lund receives Odera</h1>
<figure><img src="a.jpg"><figcaption>Lund and Odera shake hands. Photo: Ministry</figcaption></figure>
<p>OSLO (NTB) — {BODY}</p><p>{BODY.replace("Monday", "Tuesday")}</p></article><footer>All rights reserved</footer></body></html>"""


def test_a_page() -> None:
    made = one(PAGE.encode(), "lund.html")
    assert made.text.startswith("Lund receives Odera\n\nOSLO (NTB) — Foreign Minister")
    assert "Home" not in made.text
    assert "rights" not in made.text
    assert "shake" not in made.text
    assert (made.id, made.title, made.authors, made.outlet) == ("lund", "Lund receives Odera", ["Ida Holm"], "The Gazette")
    assert (made.published, made.published_by) == ("2024-03-12", "metadata")
    assert (made.url, made.language) == ("https://gazette.example/2024/03/13/lund", "en")
    assert made.captions == ["Lund and Odera shake hands. Photo: Ministry"]
    assert [(m.kind, made.text[m.start : m.end]) for m in made.marks] == [("dateline", "OSLO (NTB) —"), ("agency", "(NTB)")]
    assert made.extractor.startswith("html 1 (trafilatura ")
    assert made.sha256 == __import__("hashlib").sha256(PAGE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("change", "day", "by"),
    [
        (("/2024/03/13/", "/"), "2024-03-12", "metadata"),
        (("/2024/03/13/", "/2024/03/20/"), "2024-03-12", "metadata"),
        (("T23:30:00+07:00", "T23:30:00Z"), "2024-03-13", "url"),
        (("x", "x"), "2024-03-12", "metadata"),
        (('<meta property="article:published_time" content="2024-03-12T23:30:00+07:00">', ""), "2024-03-13", "url"),
        (
            (
                '<meta property="article:published_time" content="2024-03-12T23:30:00+07:00">',
                '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "datePublished": "2001-01-01"}, {"@type": "NewsArticle", "datePublished": "2024-03-11"}]}</script>',
            ),
            "2024-03-11",
            "metadata",
        ),
        (('content="2024-03-12T23:30:00+07:00"', 'content="Sat, 09 Mar 2024 09:00:00 GMT"'), "2024-03-09", "metadata"),
        (('content="2024-03-12T23:30:00+07:00"', 'content="2024-13-45"'), "2024-03-13", "url"),
    ],
)
def test_the_day_of_a_page_and_how_it_was_found(change: tuple[str, str], day: str, by: str) -> None:
    made = one(PAGE.replace(*change).encode(), "p.html")
    assert (made.published, made.published_by) == (day, by)


def test_a_page_without_a_day_has_none() -> None:
    page = PAGE.replace("2024-03-12T23:30:00+07:00", "soon").replace("/2024/03/13", "")
    made = one(page.encode(), "p.html")
    assert (made.published, made.published_by) == (None, None)
    labelled = one(page.encode(), "p.html", labels=Labels("2023-01", "Wire", None))
    assert (labelled.published, labelled.published_by, labelled.outlet) == ("2023-01", "given", "Wire")
    assert one(PAGE.encode(), "p.html", labels=Labels("2023-01")).published == "2024-03-12"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_lying_charsets(encoding: str) -> None:
    text = PAGE.replace("—", "-").replace("Oslo", "Malmö").replace('charset="utf-8"', 'charset="iso-8859-5"' if encoding.startswith("utf") else 'charset="windows-1252"')
    assert "Malmö" in one(text.encode(encoding), "p.html").text


def test_a_charset_that_is_no_encoding_of_text() -> None:
    for label in ("rot13", "zlib", "idna", "unicode_escape", "nonsense", "utf-7"):
        text = PAGE.replace('charset="utf-8"', f'charset="{label}"').replace("Oslo", "Malmö")
        assert "Malmö" in one(text.encode("cp1252", "replace"), "p.html").text


def rss(items: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Wire</title><language>en-gb</language>{items}</channel></rss>'.encode()


def test_a_feed() -> None:
    items = f"<item><title>One</title><link>https://w.example/1</link><pubDate>Tue, 12 Mar 2024 23:30:00 +0700</pubDate><description>&lt;p&gt;{BODY}&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</description></item>"
    items += f"<item><title>Two</title><content:encoded><![CDATA[<p>{BODY} Twice &amp; again.</p><script>no()</script>]]></content:encoded><description>short</description></item><item/>"
    first, second, third = look(rss(items), "feed.xml")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == f"One\n\n{BODY}\n\nMore.\n"
    assert (first.id, first.title, first.url, first.outlet, first.language) == ("feed#1", "One", "https://w.example/1", "The Wire", "en")
    assert (first.published, first.published_by) == ("2024-03-12", "metadata")
    assert second.text == f"Two\n\n{BODY} Twice & again.\n"
    assert isinstance(third, Passed)


def test_what_a_feed_says_of_its_language_is_not_believed_against_its_words() -> None:
    words = "Bộ trưởng Bộ Ngoại giao đã tiếp Đại sứ tại Hà Nội sáng thứ Hai và hai bên trao đổi về hợp tác thủy sản."
    (found,) = look(rss(f"<item><title>Tin</title><description>{words}</description></item>"), "feed.xml", sift=True)
    assert isinstance(found, Document)
    assert found.language == "vi"


def test_an_atom_feed() -> None:
    data = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>One</title><link href="https://w.example/1"/><updated>2024-03-12T01:00:00Z</updated><author><name>Ida</name></author><content type="html">&lt;p&gt;{BODY}&lt;/p&gt;</content></entry></feed>'
    made = one(data.encode(), "feed.atom")
    assert (made.text, made.authors, made.published) == (f"One\n\n{BODY}\n", ["Ida"], "2024-03-12")


def test_a_json_feed() -> None:
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [{"id": "1", "url": "https://w.example/1", "title": "One", "content_html": f"<p>{BODY}</p>", "date_published": "2024-03-12T00:00:00+07:00", "authors": [{"name": "Ida"}]}]}
    made = one(json.dumps(data).encode(), "feed.json")
    assert (made.text, made.authors, made.published, made.outlet, made.url) == (f"One\n\n{BODY}\n", ["Ida"], "2024-03-12", "Wire", "https://w.example/1")


@pytest.mark.parametrize(
    "record",
    [
        {"title": "One", "date": "2024-03-12", "text": BODY, "url": "https://w.example/1"},
        {"headline": "One", "pub_date": "2024-03-12T05:00:00Z", "maintext": BODY, "link": "https://w.example/1"},
        {"Title": "One", "Published At": 1710201600, "Full Text": BODY, "Source URL": "https://w.example/1"},
        {"subject": "One", "seendate": "20240312T110000Z", "bodyText": BODY, "documentIdentifier": "https://w.example/1"},
        {"title": "One", "timestamp": "1710201600000", "content": BODY, "uri": "https://w.example/1"},
    ],
)
def test_records_in_any_naming(record: dict[str, object]) -> None:
    made = one(json.dumps(record).encode() + b"\n", "dump.jsonl")
    assert (made.text, made.title, made.published, made.published_by, made.url) == (f"One\n\n{BODY}", "One", "2024-03-12", "metadata", "https://w.example/1")


def test_a_field_map_leads_inside() -> None:
    line = json.dumps({"a": {"b": {"c": BODY}}, "t": "One", "text": "not this"}).encode()
    assert one(line, "d.jsonl", fields={"text": "a.b.c", "title": "t"}).text == f"One\n\n{BODY}"


def test_lines_that_are_no_records() -> None:
    good = json.dumps({"text": BODY})
    found = look(f'{good}\nnot json\n[1]\n{{"title": "t", "url": "https://w.example/x"}}\n\n{good}\n'.encode(), "d.jsonl")
    assert [type(x) for x in found] == [Document, ReadError, ReadError, ReadError, Document]
    assert "line 2: damaged JSON" in str(found[1])
    assert "record 4: no text in this record (it has title, url); its page is https://w.example/x: add it with --fetch" in str(found[3])


def test_a_table() -> None:
    data = f'Title;Date;Text\nOne;2024-03-12;"{BODY}\n\nMore; words."\n;;\nTwo;12;x\n'.encode("cp1252")
    first, second = look(data, "t.csv")
    assert isinstance(first, Document)
    assert isinstance(second, ReadError) is False
    assert (first.text, first.published) == (f"One\n\n{BODY}\n\nMore; words.", "2024-03-12")
    assert "no column that holds the reports' text (it has a, b)" in wrong(b"a,b\n1,2\n", "t.csv")
    assert one(f"a,b\n{BODY.replace(',', '')},x\n".encode(), "t.csv", fields={"text": "a"}).id == "t#1"


def mail(plain: str | None = BODY, markup: str | None = None) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "Press Office <press@mfa.example>", "Fwd: Lund receives Odera", "Tue, 12 Mar 2024 23:30:00 +0700"
    if plain is not None:
        message.set_content(plain)
    if markup is not None:
        message.add_alternative(markup, subtype="html") if plain is not None else message.set_content(markup, subtype="html")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    return bytes(message)


def test_a_mail() -> None:
    made = one(mail(), "m.eml")
    assert made.text == f"Lund receives Odera\n\n{BODY}\n"
    assert (made.title, made.outlet, made.published, made.published_by) == ("Lund receives Odera", "Press Office", "2024-03-12", "metadata")
    assert one(mail(None, f"<div><p>{BODY}</p><style>p {{}}</style></div>"), "m.eml").text == made.text
    assert wrong(mail(""), "m.eml") == "no text in this message"


def test_a_mailbox() -> None:
    box = b"".join(b"From press@mfa.example Tue Mar 12 23:30:00 2024\n" + x + b"\n" for x in (mail(), mail("From the start, " + BODY), b"\n"))
    found = look(box.replace(b"\nFrom the start", b"\n>From the start"), "list.mbox")
    assert [x.id for x in found if isinstance(x, Document)] == ["list#1", "list#2"]
    assert isinstance(found[1], Document)
    assert "From the start" in found[1].text


def test_markdown() -> None:
    text = f"---\ntitle: 'One'\ndate: 2024-03-12\nauthors:\n  - Ida\n  - Ole\n---\n# One\n\n{BODY.replace('Oslo', '[Oslo](https://x.example) and **Bergen**')}\n\n![Hands](a.jpg)\n\n* first\n* second\n"
    made = one(text.encode(), "n.md")
    assert made.text == f"One\n\n{BODY.replace('Oslo', 'Oslo and Bergen')}\n\nfirst\n\nsecond\n"
    assert (made.title, made.published, made.published_by, made.authors, made.captions) == ("One", "2024-03-12", "metadata", ["Ida", "Ole"], ["Hands"])


def pdf(lines: list[str], extra: str = "") -> bytes:
    """A PDF with one page of text."""
    words = " ".join(f"({x}) Tj 0 -14 Td" for x in lines)
    stream = f"BT /F1 11 Tf 50 780 Td {words} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title (Lund receives Odera) /Author (Ida Holm) /CreationDate (D:20240312093000+07'00') {extra}>>",
    ]  # fmt: skip
    out, places = "%PDF-1.4\n", []
    for i, x in enumerate(objects, 1):
        places.append(len(out))
        out += f"{i} 0 obj\n{x}\nendobj\n"
    table = "".join(f"{p:010} 00000 n \n" for p in places)
    return f"{out}xref\n0 7\n0000000000 65535 f \n{table}trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode("latin-1")


def test_a_pdf() -> None:
    made = one(pdf(["Foreign Minister Aino Lund received Ambassador", "Odera in Oslo on Monday. They spoke of fish-", "eries and agreed to meet again."]), "n.pdf")
    assert "spoke of fisheries and agreed" in made.text
    assert (made.title, made.authors, made.published) == ("Lund receives Odera", ["Ida Holm"], "2024-03-12")
    assert "no text in it" in wrong(pdf([]), "n.pdf")
    assert "damaged PDF" in wrong(b"%PDF-1.7\nnothing", "n.pdf")


def word(*paragraphs: str) -> bytes:
    import docx

    file = docx.Document()
    for x in paragraphs:
        file.add_paragraph(x)
    table = file.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Host", "Lund"
    file.core_properties.title, file.core_properties.author = "Lund receives Odera", "Ida Holm"
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_a_word_document() -> None:
    made = one(word(BODY, "More."), "n.docx")
    assert made.text == f"Lund receives Odera\n\n{BODY}\n\nMore.\n\nHost | Lund\n"
    assert (made.title, made.authors, made.published) == ("Lund receives Odera", ["Ida Holm"], None)
    assert one(word(BODY), "without ending").extractor.startswith("docx 1")


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


MEMBERS = {"a/one.txt": BODY.encode(), "a/two.html": PAGE.encode(), "logo.png": b"\x89PNG", "__MACOSX/a/._one.txt": b"x", "three.eml": mail()}


@pytest.mark.parametrize("name", ["p.zip", "p.tar", "p.tar.gz", "p.tgz", "p.tar.bz2", "p.tar.xz", "unnamed"])
def test_archives(name: str) -> None:
    data = zipped(MEMBERS) if name in ("p.zip", "unnamed") else tarred(MEMBERS, {"p.tar": "w", "p.tar.gz": "w:gz", "p.tgz": "w:gz", "p.tar.bz2": "w:bz2", "p.tar.xz": "w:xz"}[name])
    found = look(data, name)
    kept = [x for x in found if isinstance(x, Document)]
    assert [x.id.split("/", 1)[1] for x in kept] == ["a/one", "a/two", "three"]
    assert [x.name.split(": ")[1] for x in found if isinstance(x, Passed)] == ["logo.png"]
    assert len(found) == 4
    assert kept[0].path == f"{name}: a/one.txt"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file(pack: object) -> None:
    assert one(pack(BODY.encode()), "r.txt.gz").text == BODY  # type: ignore[operator]
    assert one(pack(PAGE.encode()), "r").title == "Lund receives Odera"  # type: ignore[operator]


def test_archives_in_archives() -> None:
    data = {"r.txt": BODY.encode()}
    assert one(zipped({"in.zip": zipped(data)}), "p.zip").path == "p.zip: in.zip: r.txt"
    deep = zipped(data)
    for _ in range(5):
        deep = zipped({"in.zip": deep})
    assert "archives nested more than 4 deep" in wrong(deep, "p.zip")


def test_a_web_archive(packed: ModuleType) -> None:
    items = list(packed.items(3))
    records = [packed.record(items[0]), packed.record(items[1], status=404), packed.record(items[1], media="image/png", body=b"\x89PNG"), packed.record(items[2])]
    for data, name in ((b"".join(records), "c.warc"), (b"".join(map(gzip.compress, records)), "c.warc.gz"), (gzip.compress(b"".join(records)), "c.warc.gz"), (b"".join(records), "x")):
        found = look(data, name)
        assert [type(x) for x in found] == [Document, Passed, Passed, Document]
        assert [x.why for x in found if isinstance(x, Passed)] == ["the server's answer was 404", "no report: image/png"]
        first = found[0]
        assert isinstance(first, Document)
        assert (first.url, first.outlet, first.published, first.title) == (items[0].url, items[0].outlet, items[0].day, items[0].title)
        assert first.text.count(items[0].title) == 1


def test_the_content_of_a_record_is_unpacked(packed: ModuleType) -> None:
    item = next(packed.items(1))
    page = packed.page(item).encode()
    chunked = b"".join(f"{len(x):x}\r\n".encode() + x + b"\r\n" for x in (page[:100], page[100:])) + b"0\r\n\r\n"
    for fields, body in (("Content-Encoding: gzip", gzip.compress(page)), ("Content-Encoding: gzip", page), ("Content-Encoding: br", brotli.compress(page)), ("Content-Encoding: br", page), ("Transfer-Encoding: chunked", chunked), ("Content-Encoding: deflate", __import__("zlib").compress(page))):
        assert one(packed.record(item, media=f"text/html\r\n{fields}", body=body), "c.warc").title == item.title


def test_reports_that_cannot_tell_of_a_contact_are_set_aside() -> None:
    soup = b"Slice the onions and fry them in butter until they are golden. Then add the stock and let it simmer for an hour."
    (found,) = look(soup, "soup.txt", sift=True)
    assert isinstance(found, SetAside)
    assert found.why == "no office or body of state is named in it"
    assert isinstance(look(soup, "soup.txt")[0], Document)
    assert isinstance(look(BODY.encode(), "b.txt", sift=True)[0], Document)


def test_what_is_said_of_a_report_from_outside() -> None:
    facts = Facts(url="https://w.example/1", title="Other", outlet="Feed", published="2024-03-01", published_by="metadata")
    made = one(PAGE.encode(), "p.html", facts=facts)
    assert (made.url, made.title, made.outlet, made.published) == ("https://w.example/1", "Lund receives Odera", "The Gazette", "2024-03-12")


def test_files_of_something_else_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"people": [{"name": "x"}]}')
    (tmp_path / "b.csv").write_text("a,b\n1,2\n")
    (tmp_path / "c.xml").write_text("<urlset><url>x</url></urlset>")
    (tmp_path / "d.txt").write_text(BODY)
    found = list(outcomes(files.find([str(tmp_path)])))
    assert [type(x) for x in found] == [Passed, Passed, Passed, Document]
    named = list(outcomes(files.find([str(tmp_path / x) for x in ("a.json", "b.csv", "c.xml")])))
    assert all(isinstance(x, ReadError) for x in named)
    assert len(named) == 3
    (damaged,) = look(b"{", "a.json")
    assert isinstance(damaged, ReadError)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PHNOM PENH — They met.", [("dateline", "PHNOM PENH —")]),
        ("Hanoi (VNA) - They met ./.", [("dateline", "Hanoi (VNA) -"), ("agency", "(VNA)"), ("end", "./.")]),
        ("SEOUL, March 3 (Yonhap) -- They met.", [("dateline", "SEOUL, March 3 (Yonhap) --"), ("agency", "(Yonhap)")]),
        ("MOSCOW, June 26. /TASS/. They met.", [("dateline", "MOSCOW, June 26. /TASS/."), ("agency", "/TASS/")]),
        ("A title\n\nBy Ida Holm\n\nThey met. — VNS", [("byline", "By Ida Holm"), ("end", "— VNS")]),
        ("Lund and Odera (Photo: VNA)\n\nThey met.", [("caption", "Lund and Odera (Photo: VNA)")]),
        ("They met in October 17-19, said the CPP (ruling party) - nobody else.", []),
    ],
)
def test_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.kind, text[m.start : m.end]) for m in marks(text)] == expected
