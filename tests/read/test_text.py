"""Bytes → Document: encodings, newlines, and everything that is no report."""

from __future__ import annotations

import codecs
import hashlib
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.errors import ReadError
from memcon.read.text import DEEPEST, LARGEST, LONGEST_LINE, Labels, decode, document, language_of
from tests.timing import assert_grows, seconds

FRENCH = "Le ministre des affaires étrangères a reçu l’ambassadeur à Paris – « une visite très utile », a-t-il déclaré.\n"
VIETNAMESE = "Đồng chí Võ Văn Thưởng hội kiến Quốc vương Norodom Sihamoni tại Phnôm Pênh.\n"


def wrong(data: bytes) -> str:
    """What is wrong with ``data``."""
    with pytest.raises(ReadError) as caught:
        document(data, identifier="r", path="r.txt")
    line = str(caught.value)
    assert line.startswith("r.txt: ")
    assert len(line.splitlines()) == 1
    return caught.value.what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), "r.txt") == FRENCH


@pytest.mark.parametrize(
    ("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")]
)
def test_byte_orders(mark: bytes, encoding: str) -> None:
    assert decode(mark + VIETNAMESE.encode(encoding), "r.txt") == VIETNAMESE


def test_latin_1_is_read() -> None:
    text = "Der Außenminister empfing den Botschafter von Österreich in München.\n"
    assert decode(text.encode("latin-1"), "r.txt") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Министр иностранных дел встретился с послом в Москве.", "cp1251"),
        ("Министр иностранных дел встретился с послом в Москве.", "koi8-r"),
        ("外交部长在北京会见了大使。", "gb18030"),
        ("外務大臣は東京で大使と会談した。", "shift_jis"),
        ("외교부 장관은 서울에서 대사를 만났다.", "euc-kr"),
        ("التقى وزير الخارجية السفير في عمان.", "cp1256"),
        ("Ο υπουργός συναντήθηκε με τον πρέσβη στην Αθήνα.", "iso8859-7"),
        ("รัฐมนตรีพบกับเอกอัครราชทูตที่กรุงเทพ", "tis-620"),
    ],
)
def test_other_encodings_are_refused(text: str, encoding: str) -> None:
    assert "not text in a known encoding" in wrong((text * 3).encode(encoding))


def test_damaged_utf8_is_no_windows_1252() -> None:
    data = VIETNAMESE.encode("utf-8")
    assert wrong(data[:-3] + b"\xe1" + data[-3:]).startswith("damaged UTF-8: bad byte at offset")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_newlines_are_those_of_read_text(tmp_path: Path, end: str) -> None:
    data = f"One met two.{end}{end}Three\u2028 spoke.{end}".encode()
    (tmp_path / "r.txt").write_bytes(data)
    assert document(data, identifier="r", path="").text == (tmp_path / "r.txt").read_text(encoding="utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_text_is_what_read_text_gives(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "given.txt"
    path.write_bytes(text.encode("utf-8"))
    if text.startswith(("%PDF-", "{\\rtf", "PK\x03\x04", "GIF8")):
        return
    assert decode(path.read_bytes(), "r.txt") == path.read_text(encoding="utf-8-sig")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_one_line(data: bytes) -> None:
    try:
        text = document(data, identifier="r", path="a\nb", labels=Labels(language="en")).text
    except ReadError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert text.strip()
        assert "\0" not in text
        assert "\r" not in text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty file"),
        (b" \r\n\t \n", "only white space"),
        (codecs.BOM_UTF8, "only white space"),
        (codecs.BOM_UTF16_LE, "only white space"),
        ("\u200b\u00a0\n".encode(), "only white space"),
        (b"2022-10-17 ... 42", "no words"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG image"),
        (b"%PDF-1.7\nThe minister met", "a PDF file"),
        (b"PK\x03\x04" + bytes(100), "a zip archive or an office document"),
        (b"The minister\0met", "NUL byte at offset 12"),
        ("The minister met".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        ("The minister\0met".encode("utf-16"), "NUL character at character 12"),
        (codecs.BOM_UTF16_LE + b"a", "damaged utf-16 text"),
        (b"The \x01\x02\x03 minister", "control characters"),
        (random.Random(0).randbytes(5000).replace(b"\0", b""), "not text in a known encoding"),
        (b"a" * (LONGEST_LINE + 1), "line 1 has 500,001 characters"),
        (b"One.\n" + b"word " * 150_000, "line 2 has 750,000 characters"),
        (b"The minister " + b"(" * 10_000 + b"met" + b")" * 10_000, "brackets are nested 10,000 deep"),
        (b"The minister " + b"[" * (DEEPEST + 1), "brackets are nested 501 deep"),
        (b"The minister met the envoy.\n" * 2_000_000, "56 MB"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_what_is_no_report(data: bytes, what: str) -> None:
    assert what in wrong(data)


def test_the_limits_are_inside() -> None:
    line = b"word " * (LONGEST_LINE // 5)
    assert len(document(line, identifier="r", path="").text) == LONGEST_LINE
    paragraph = b"The minister met the envoy in Oslo (again).\n"
    assert document(paragraph * (LARGEST // len(paragraph)), identifier="r", path="").text
    assert document(b"a) one b) two " * 5000, identifier="r", path="").text
    assert document(b"The " + b"(" * DEEPEST, identifier="r", path="").text


def test_time_is_linear() -> None:
    def measure(copies: int) -> float:
        data = ("The minister (née Berg) met [the envoy] in Oslo. " * 20 + "\n").encode() * copies
        return seconds(lambda: document(data, identifier="r", path="", labels=Labels(language="en")))

    assert_grows(measure, 200, 800, factor=8, floor=0.005)


def test_labels_and_hash() -> None:
    made = document(b"They met.\r\n", identifier="r", path="in/r.txt", labels=Labels("2022", "VNA", "vi"))
    assert made.sha256 == hashlib.sha256(b"They met.\r\n").hexdigest()
    assert (made.id, made.path, made.published, made.outlet, made.language) == ("r", "in/r.txt", "2022", "VNA", "vi")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The foreign minister received the ambassador in his office on Tuesday.", "en"),
        (FRENCH, "fr"),
        (VIETNAMESE, "vi"),
        ("Министр иностранных дел встретился с послом в Москве.", "ru"),
        ("ok", None),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert language_of(text) == code
