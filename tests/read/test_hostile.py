"""Reports come from strangers: bombs, lies and damage cost one input, in bounded time and memory, and say so in one line."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import struct
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from memcon.errors import ReadError
from memcon.model import Document
from memcon.read import files, isolate
from memcon.read.expand import Bounds, Passed, SetAside
from memcon.read.inputs import outcomes

from .conftest import look, one, wrong
from .test_formats import BODY, PAGE, mail, pdf, rss, tarred, word, zipped

FUZZED = sorted((Path(__file__).parent / "fuzzed").glob("*"))
ZEROS = b"\0" * 1_000_000


@pytest.fixture(autouse=True)
def five_seconds() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < 5


def zeros_gzip(megabytes: int) -> bytes:
    tool = zlib.compressobj(9, wbits=31)
    return b"".join(tool.compress(ZEROS) for _ in range(megabytes)) + tool.flush()


@pytest.mark.parametrize("pack", [lambda: zeros_gzip(60), lambda: bz2.compress(ZEROS * 25), lambda: lzma.compress(ZEROS * 25)], ids=["gzip", "bzip2", "xz"])
def test_a_bomb_in_one_file(pack: object) -> None:
    assert "an archive bomb; left out" in wrong(pack(), "a.gz")  # type: ignore[operator]


def test_a_bomb_in_a_zip_costs_its_member() -> None:
    found = look(zipped({"a.txt": ZEROS * 30, "b.txt": BODY.encode()}), "p.zip")
    assert isinstance(found[0], ReadError)
    assert "an archive bomb" in str(found[0])
    assert isinstance(found[1], Document)


def test_members_that_overlap() -> None:
    # One compressed stretch under a hundred names: each is small for its own size, together they are not.
    data = zlib.compress(b"x" * 1_000_000, 9, -15)
    name = b"a.txt"
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, zlib.crc32(b"x" * 1_000_000), len(data), 1_000_000, len(name), 0) + name + data
    central = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, zlib.crc32(b"x" * 1_000_000), len(data), 1_000_000, len(name), 0, 0, 0, 0, 0, 0) + name for _ in range(200)
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 200, 200, len(central), len(local), 0)
    found = look(local + central + end, "p.zip")
    assert "an archive bomb; the rest of it is left out" in str(found[-1])
    assert len(found) < 60


def test_a_zip_that_contains_itself_many_times_over(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped({f"{i}.txt": BODY.encode() for i in range(20)})
    middle = zipped({f"{i}.zip": inner for i in range(20)})
    found = look(zipped({f"{i}.zip": middle for i in range(20)}), "p.zip", bounds=Bounds(members=500))
    assert "more than 500 parts" in str(found[-1])
    assert len(found) <= 501


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "/etc/passwd.txt", "a/../../b.txt", "..\\..\\b.txt", "C:\\b.txt", "C:/b.txt"])
def test_path_traversal(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for data, archive in ((zipped({name: BODY.encode(), "b.txt": BODY.encode()}), "p.zip"), (tarred({name: BODY.encode(), "b.txt": BODY.encode()}), "p.tar")):
        bad, good = look(data, archive)
        assert isinstance(bad, ReadError)
        assert "path traversal" in str(bad)
        assert isinstance(good, Document)
    assert not list(tmp_path.iterdir())


def test_links_and_devices_in_a_tar() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.LNKTYPE), ("c.txt", tarfile.CHRTYPE), ("d.txt", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found = look(out.getvalue(), "p.tar")
    assert [type(x) for x in found] == [ReadError, ReadError, Passed, Passed]
    assert all("a link, not a file; not followed" in str(x) for x in found[:2])


def test_a_link_in_a_zip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "a link, not a file" in wrong(out.getvalue(), "p.zip")


def test_a_tar_whose_header_asks_for_everything() -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 2**33
    assert "damaged" in str(look(info.tobuf(tarfile.GNU_FORMAT) + b"x" * 2000, "p.tar")[-1])
    info = tarfile.TarInfo("a.txt")
    info.size = 2**40
    assert "more than there are" in str(look(info.tobuf(tarfile.GNU_FORMAT) + BODY.encode(), "p.tar")[0])


@pytest.mark.parametrize("name", ["p.zip", "p.tar", "p.tar.gz", "p.tar.xz", "c.warc.gz", "c.warc", "d.docx", "d.pdf", "f.xml", "m.eml", "j.json"])
def test_cut_off_anywhere(name: str, packed: ModuleType) -> None:
    record = packed.record(next(packed.items(1)))
    whole = {
        "p.zip": zipped({"a.txt": BODY.encode() * 9, "b.txt": BODY.encode()}), "p.tar": tarred({"a.txt": BODY.encode() * 9}), "p.tar.gz": tarred({"a.txt": BODY.encode() * 9}, "w:gz"),
        "p.tar.xz": tarred({"a.txt": BODY.encode() * 9}, "w:xz"), "c.warc.gz": gzip.compress(record) * 2, "c.warc": record * 2, "d.docx": word(BODY), "d.pdf": pdf([BODY[:60]]),
        "f.xml": rss(f"<item><title>t</title><description>{BODY}</description></item>" * 3), "m.eml": mail(), "j.json": json.dumps([{"text": BODY}] * 3).encode(),
    }[name]  # fmt: skip
    for cut in range(0, len(whole), max(1, len(whole) // 12)):
        found = look(whole[:cut], name)
        assert found or not cut
        assert all(len(str(x).splitlines()) == 1 for x in found if isinstance(x, ReadError))


def test_a_cut_web_archive_gives_what_is_whole(packed: ModuleType) -> None:
    record = packed.record(next(packed.items(1)))
    for data in (record + record[:-300], gzip.compress(record) + gzip.compress(record)[:-100]):
        found = look(data, "c.warc")
        assert isinstance(found[0], Document)
        assert "cut off" in str(found[1])


@pytest.mark.parametrize("length", ["0", "-5", "9223372036854775808", "18446744073709551616", "99999999999999999999999999", "abc", "", "1e3", "٣"])
def test_lengths_that_lie(length: str, packed: ModuleType) -> None:
    record = packed.record(next(packed.items(1)))
    head, rest = record.split(b"Content-Length: ", 1)
    liar = head + b"Content-Length: " + length.encode() + b"\r\n" + rest.split(b"\r\n", 1)[1]
    for data in (liar + record, gzip.compress(liar) + gzip.compress(record)):
        found = look(data, "c.warc")
        assert [x for x in found if isinstance(x, Document)], "the sound record behind it is read"
        assert not [x for x in found if not isinstance(x, Document | ReadError | Passed)]


def test_garbage_between_records(packed: ModuleType) -> None:
    record = packed.record(next(packed.items(1)))
    for data in (record + b"garbage\r\n" * 50 + record, gzip.compress(record) + b"garbage" * 50 + gzip.compress(record)):
        found = look(data, "c.warc")
        assert [type(x) for x in found] == [Document, ReadError, Document]


def test_a_bomb_in_a_record(packed: ModuleType) -> None:
    item = next(packed.items(1))
    bomb = packed.record(item, media="text/html\r\nContent-Encoding: gzip", body=zeros_gzip(30))
    found = look(bomb + packed.record(item), "c.warc")
    assert "unpacks to more than" in str(found[0])
    assert isinstance(found[1], Document)
    large = packed.record(item, body=ZEROS * 30)
    found = look(gzip.compress(large, 1) + gzip.compress(packed.record(item)), "c.warc.gz")
    assert "10,000,000 at most" in str(found[0])
    assert isinstance(found[1], Document)


def test_billion_laughs() -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    assert "an XML bomb is built so" in wrong(laughs.encode(), "f.xml")
    assert "an XML bomb is built so" in wrong(laughs.encode("utf-16"), "f.rss")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(BODY))) as old, zipfile.ZipFile(out, "w") as new:
        for x in old.infolist():
            new.writestr(x, laughs.encode() if x.filename == "word/document.xml" else old.read(x))
    assert "a document type is declared in it" in wrong(out.getvalue(), "d.docx")


def test_a_feed_with_an_outer_entity_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    data = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><rss><channel><item><title>&x;</title><description>{BODY}</description></item></channel></rss>'
    assert "SECRET" not in str(look(data.encode(), "f.xml"))


@pytest.mark.parametrize("page", ["<div>" * 100_000, "<b>" * 5000 + BODY, "<p>x" * 300_000, "<" * 500_000, "<a href='" * 100_000, "<!--" * 100_000, "<table><tr><td>" * 300 + BODY, "&#" * 200_000, "<p " + "a=1 " * 200_000])
def test_pages_built_to_be_slow(page: str) -> None:
    found = look(f"<html><body>{page}</body></html>".encode(), "p.html")
    assert len(found) == 1


@pytest.mark.parametrize("markup", ["<b>" * 100_000 + BODY, "<div><script>" * 3000 + BODY, "<p>x" * 100_000, "<ul><li>" * 30_000])
def test_mails_built_to_be_slow(markup: str) -> None:
    assert len(look(mail(None, markup), "m.eml")) == 1


def test_hidden_words_are_not_read() -> None:
    made = one(mail(None, f"<div><p>{BODY}</p><style>p {{}}</style><script>var x</script> after <noscript>no<b>ne</b></noscript> end</div>"), "m.eml")
    assert made.text.split("\n\n")[2:] == ["after end\n"]


def test_endless_lines() -> None:
    assert "at most" in wrong(b"word " * 150_000, "a.txt")
    found = look(b'{"text": "' + b"x" * 6_000_000 + b'"}\n' + json.dumps({"text": BODY}).encode(), "d.jsonl")
    assert "a line of more than 5 MB" in str(found[0])
    assert isinstance(found[1], Document)
    assert look(b"text\n" + b"x" * 6_000_000, "d.csv")
    assert look(b"From a b 00:00:00 2024\n" + b"x" * 3_000_000, "d.mbox")


def test_deep_json() -> None:
    assert "nested too deep" in wrong(b"[" * 100_000 + b"]" * 100_000, "d.json")
    assert "nested too deep" in wrong(b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n", "d.jsonl")


def test_numbers_without_end() -> None:
    assert look(b'{"text": "' + BODY.encode() + b'", "date": ' + b"9" * 4000 + b"}\n", "d.jsonl")
    for day in ("NaN", "Infinity", "-1", "1e400", "99999999999999"):
        assert one(f'{{"text": "{BODY}", "date": {day}}}\n'.encode(), "d.jsonl").published is None


def test_nul_and_control_characters_do_not_reach_facts() -> None:
    made = one(json.dumps({"text": BODY, "title": "a\0b\x1b[31m\u202ec\nd", "author": "x\0y", "url": "https://e.example/\x07"}).encode() + b"\n", "d.jsonl")
    assert made.title == "a b [31m c d"
    assert made.authors == ["x y"]
    assert made.url == "https://e.example/"
    assert "\0" not in made.text
    assert "\x1b" not in made.text
    assert "NUL" in wrong(json.dumps({"text": BODY + "\0"}).encode() + b"\n", "d.jsonl")


def test_surrogates() -> None:
    made = one(b'{"text": "' + BODY.encode() + b' \\ud800", "title": "\\udfff x"}\n', "d.jsonl")
    made.text.encode()
    assert one(PAGE.replace("Oslo", "Oslo&#xD800;").encode(), "p.html").text.encode()


def test_a_format_under_a_false_name() -> None:
    assert one(pdf([BODY[:80]]), "n.txt").extractor.startswith("pdf")
    assert one(zipped({"a.txt": BODY.encode()}), "n.html").path == "n.html: a.txt"
    assert one(PAGE.encode(), "n.pdf").title == "Lund receives Odera"
    assert "no compressed file" in wrong(BODY.encode(), "n.gz")
    assert "binary data" in wrong(b"\x89PNG\r\n\x1a\n" + os.urandom(100), "n.bin")
    assert "damaged, or no ZIP" in wrong(b"PK\3\4" + b"x" * 100, "n.zip")


def test_an_encrypted_zip() -> None:
    data = bytearray(zipped({"a.txt": BODY.encode()}))
    data[6] |= 1
    data[data.rfind(b"PK\1\2") + 8] |= 1
    assert wrong(bytes(data), "p.zip") == "a password is needed to read it"


# -- the watched process ----------------------------------------------------------------------------------------------

SLOW = """
import time, os
from memcon.read.reader import TOLD, NEVER, Facts, raw_bytes
from memcon.read import make
class Slow:
    name, version, endings, largest, container, safe = "slow", "slow 1", (".slow",), 10**9, False, False
    def identify(self, raw): return TOLD + 5 if raw.ending == ".slow" or raw.facts.media == "slow" else NEVER
    def read(self, raw):
        text = raw.all().decode()
        if "HANG" in text:
            while True: pass
        if "DIE" in text: os._exit(9)
        if "EAT" in text: x = [bytes(10**8) for _ in range(100)]
        yield make.document(raw, text, raw.facts, extractor="slow 1")
"""


@pytest.fixture
def brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader of another package, installed by its entry point."""
    place = tmp_path / "site"
    info = place / "slow-1.dist-info"
    info.mkdir(parents=True)
    (place / "slow_reader.py").write_text(SLOW)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: slow\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[memcon.readers]\nslow = slow_reader:Slow\n")
    monkeypatch.syspath_prepend(place)
    from memcon.read import registry

    registry._brought.cache_clear()
    registry.endings.cache_clear()
    yield tmp_path  # type: ignore[misc]
    registry._brought.cache_clear()
    registry.endings.cache_clear()


def test_what_hangs_dies_or_eats_costs_one_part(brought: Path) -> None:
    data = zipped({"a.slow": BODY.encode(), "b.slow": b"HANG", "c.slow": BODY.encode(), "d.slow": b"DIE", "e.slow": b"EAT", "f.txt": BODY.encode()})
    (brought / "p.zip").write_bytes(data)
    (brought / "z.slow").write_text(BODY)
    with isolate.Isolated(seconds=3.0, memory=1_500_000_000) as apart:
        found = list(apart.outcomes(isolate.Job(path=os.fsencode(brought / "p.zip"), identifier="p")))
        after = list(apart.outcomes(isolate.Job(path=os.fsencode(brought / "z.slow"), identifier="z")))
    assert [x.id if isinstance(x, Document) else str(x).split(": ", 2)[1:] for x in found] == [
        "p/a", ["b.slow", "took more than 3 s to read: left out"], "p/c", ["d.slow", "the process that read it died (out of memory?): left out"],
        ["e.slow", "more memory than allowed was needed to read it as slow: left out"], "p/f",
    ]  # fmt: skip
    assert [type(x) for x in after] == [Document]


def test_an_input_that_is_left_halfway_says_nothing_of_the_next(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({f"{i}.txt": BODY.encode() for i in range(5)}))
    (tmp_path / "b.zip").write_bytes(zipped({"b.txt": BODY.encode()}))
    with isolate.Isolated() as apart:
        first = apart.outcomes(isolate.Job(path=os.fsencode(tmp_path / "a.zip"), identifier="a"))
        assert next(first)
        first.close()  # type: ignore[attr-defined]
        second = list(apart.outcomes(isolate.Job(path=os.fsencode(tmp_path / "b.zip"), identifier="b")))
    assert [x.id for x in second if isinstance(x, Document)] == ["b/b"]
    assert len(second) == 1


def test_a_folder_takes_the_endings_of_readers_that_others_bring(brought: Path) -> None:
    (brought / "in").mkdir()
    (brought / "in" / "r.slow").write_text(BODY)
    (made,) = outcomes(files.find([str(brought / "in")]))
    assert isinstance(made, Document)
    assert made.extractor == "slow 1"


def test_a_reader_that_is_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from memcon.read import registry

    info = tmp_path / "bad-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bad\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[memcon.readers]\nbad = json:loads\n")
    monkeypatch.syspath_prepend(tmp_path)
    registry._brought.cache_clear()
    try:
        with pytest.raises(registry.ReaderError, match="bad"):
            registry.readers()
    finally:
        registry._brought.cache_clear()


# -- fuzzing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FUZZED, ids=lambda p: p.name)
def test_cases_that_fuzzing_found(path: Path, bench: Callable[[str], ModuleType]) -> None:
    import importlib.util
    import sys

    if importlib.util.find_spec("atheris") is None:
        sys.modules.setdefault("atheris", _stand_in())
    bench("fuzz").one_input(path.read_bytes())


def _stand_in() -> ModuleType:
    """What bench/fuzz.py needs of atheris when only its check is wanted."""
    from contextlib import nullcontext

    module = ModuleType("atheris")
    module.__dict__["instrument_imports"] = lambda **_: nullcontext()
    return module


ENDINGS = [".html", ".xml", ".warc", ".warc.gz", ".zip", ".tar", ".gz", ".jsonl", ".json", ".csv", ".eml", ".mbox", ".pdf", ".docx", ".md", ".txt"]
STARTS = [b"", b"<html><body><article><p>", b"<rss version='2.0'><channel><item><title>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b"WARC/1.0\r\nContent-Length: 9\r\n", b"PK\3\4", b"\x1f\x8b\x08", b'{"text": "', b"[{", b"text,title\n", b"From: a\nSubject: b\n\n", b"From a b 00:00:00 2024\n", b"%PDF-1.4\n", b"---\ntitle: x\n"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ENDINGS), st.sampled_from(STARTS), st.binary(max_size=400) | st.text(max_size=300).map(lambda x: x.encode("utf-8", "replace")))
def test_any_bytes_give_reports_or_clear_lines(ending: str, start: bytes, data: bytes) -> None:
    for x in look(start + data, f"x{ending}"):
        assert isinstance(x, Document | ReadError | Passed | SetAside)
        assert not isinstance(x, ReadError) or len(str(x).splitlines()) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_changed_byte_costs_no_more_than_its_part(data: st.DataObject) -> None:
    name, whole = data.draw(st.sampled_from([(k, v) for k, v in _sound().items()]))
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255))
    for x in look(whole[:place] + bytes([byte]) + whole[place + 1 :], name):
        assert isinstance(x, Document | ReadError | Passed | SetAside)


def _sound() -> dict[str, bytes]:
    return {
        "p.zip": zipped({"a.txt": BODY.encode(), "b.html": PAGE.encode()}), "p.tar": tarred({"a.txt": BODY.encode()}), "p.tar.gz": tarred({"a.txt": BODY.encode()}, "w:gz"),
        "p.html": PAGE.encode(), "f.xml": rss(f"<item><title>t</title><description>{BODY}</description></item>"), "m.eml": mail(), "d.pdf": pdf([BODY[:60]]), "d.docx": word(BODY),
        "j.jsonl": json.dumps({"text": BODY}).encode() + b"\n",
    }  # fmt: skip
