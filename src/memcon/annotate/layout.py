"""The furniture of a report: headline, dateline, caption, agency and end marks. Facts about the report, not its prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from memcon.langs import places

_CITY = r"[^\W\d_][\w'’.-]*(?:[ ](?:of|de|la|el|es|[^\W\d_][\w'’.-]*)){0,4}"
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    r"(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t|tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s+\d{4})?|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
)
_AGENCY = r"\([^()\n]{2,60}\)|/[^/\n]{2,30}/|\[[^\[\]\n]{2,40}\]"
# PHNOM PENH — / Hanoi (VNA) - / MOSCOW, June 26. /TASS/. / SEOUL, March 3 (Yonhap) -- / Astana. 12 March. KAZINFORM -
_DATELINE = re.compile(
    rf"(?P<city>{_CITY}(?:,\s*{_CITY})?)"
    rf"(?:[.,:]?\s*,?\s*(?P<day>{_DAY}))?"
    rf"[.,]?\s*(?P<agency>{_AGENCY})?[.,]?\s*(?P<agency2>[A-Z]{{3,12}}|(?<=\d, )(?:[A-Z][\w.]{{0,14}} ?){{1,4}}(?=:))?[.,]?\s*(?P<late>{_DAY})?\s*"
    r"(?P<dash>—|–|--?|―|:|(?<=/)\.?|(?<=\))\.?|(?<=[A-Z]{3}\.))\s*(?=[\"'A-Z0-9À-Ỹ])"
)
# (Lima, 18 September 1981) The Minister …
_WEEKDAY = re.compile(r"(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?[.,]?(?: (?:morning|afternoon|evening))?", re.I)  # "Friday, April 20, 2018" is no city's line
_BRACKETED = re.compile(rf"\((?P<city>{_CITY}),?\s+(?P<day>{_DAY})\)\s*(?:--?|—|–|:)?\s*(?=[\"'A-ZÀ-Ỹ])")
_LEAD_AGENCY = re.compile(r"\s*\((?:[A-Z][A-Za-z/ -]{1,30})\)\s*(?:-{1,2}|—|–|:)?\s*(?=[A-Z\"])")
# A dateline on a line of its own: "Baku, September 12, AZERTAC".
_ALONE = re.compile(rf"(?:\d{{1,2}}:\d\d\s*[|,]\s*)?(?P<city>{_CITY})(?:,\s*{_CITY})?[.,:]?\s*(?P<day>{_DAY})?[.,]?\s*(?P<agency>{_AGENCY}|[A-Z][A-Za-z]{{1,14}})?[.,\s–—-]*$")
# A dateline that lost its dash: "LUXEMBOURG The U.S. Secretary of State …", "BEIJING/SEOUL China …".
_BARE = re.compile(r"(?P<city>[A-Z]{4,}(?: [A-Z]{2,}){0,2})(?:/[A-Z]{4,}(?: [A-Z]+)*)?\s+(?=[A-Z](?:[a-z]|\.[A-Z]\.))")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]?\s+(?=[\"'A-ZÀ-Ỹ])")
_PROSE = 60  # characters that a paragraph has at least, and a headline in capitals may not have
_SMALL = frozenset(("of", "de", "la", "el", "es", "al", "and", "del", "da", "do", "y"))
_CAPTION = re.compile(r"\(?\s*(?:photos?|picture|image|file photo|handout)\s*(?::|by|from|courtesy|/)|\(\s*(?:file )?photo|/\s*photo\b|photo:\s", re.I)
_END_MARK = re.compile(r"\s*(?:\./\.|(?:--|—|–)\s*[A-Z]{2,10}(?:/[A-Z]+)?\s*$|\(END\)|###|#{2,}|(?:--|—)\s*(?:Bernama|BERNAMA)\s*$|\([A-Z]{2,8}\)\s*$)")
_METADATA = re.compile(
    r"^\s*(?:published|updated|posted|source|by|date|time|tags?|read more|related|location|category|editor|reporting by|written by|release date|"
    r"last updated|first published|contact|press release|photo|image|video|share|media note|readout)\b[^\n]{0,80}$",
    re.I,
)
# A text is taken for wrapped from so many lines with another below, at a width between these, most of them full.
_PAIRS, _NARROW, _WIDE, _MOST = 4, 45, 110, 0.6
_PARAGRAPH = 130  # a line longer than this holds a whole paragraph
_TIGHT, _RAGGED = 2, 12  # room left at the right edge, after a sentence's end and in mid-sentence
_ITEM = re.compile(r"[-*•–—]\s|\(?\d{1,2}[.)]\s")
_SENTENCE_END = re.compile(r"[.!?…:;][\"')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: ``start`` to ``end`` in the normal text, ``body`` where its prose starts, and its kind."""

    start: int
    end: int
    body: int
    kind: str  # body, headline, caption, metadata
    city: tuple[int, int] | None = None


def blocks(text: str) -> list[Block]:
    """The paragraphs of a report in order, each with its dateline cut off and its kind."""
    spans = _paragraphs(text)
    out = [_block(text, start, end) for start, end in spans]
    return _headlines(text, out)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Line by line; a line that stops in mid-sentence and goes on in lower case below, or was broken at a fixed width, belongs to the next."""
    lines = text.split("\n")
    width = _width(lines)
    wrapped = max(map(len, lines)) <= _PARAGRAPH
    spans: list[tuple[int, int]] = []
    at, indented, last = 0, False, ""
    for line in lines:
        start, end = at, at + len(line)
        at = end + 1
        body = line.strip()
        if not body:
            spans.append((end, end))
            last = ""
            continue
        new_indent = line[0].isspace() and not indented
        indented = line[0].isspace()
        start += len(line) - len(line.lstrip())
        end = start + len(body)
        if last and not (width and new_indent) and (_wraps(last, body, wrapped) or _broken(last, body, width)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = line.rstrip()
    return [s for s in spans if s[1] > s[0]]


def _wraps(last: str, after: str, wrapped: bool) -> bool:
    """Whether a hard-wrapped line continues the one before. ``wrapped``: no line of the text is as long as a paragraph, so that a line may end before a capital."""
    if _SENTENCE_END.search(last[-12:]) or len(last) > _PARAGRAPH:
        return False
    return (after[0].islower() and len(last) > 20) or (wrapped and len(last) > 60)


def _width(lines: list[str]) -> int:
    """The width at which a text was wrapped by hand or by a mailer, 0 when it was not: there most lines end where the next word had no room."""
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip() and b[0].isspace() <= a[0].isspace()]
    longest = max((len(line.rstrip()) for line in lines), default=0)
    if len(pairs) < _PAIRS or not _NARROW <= longest <= _WIDE:
        return 0
    return longest if sum(_no_room(a, b, longest) for a, b in pairs) >= len(pairs) * _MOST else 0


def _no_room(line: str, below: str, width: int) -> bool:
    slack = _TIGHT if _SENTENCE_END.search(line[-12:]) else _RAGGED
    return len(line.rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > width - slack


def _broken(last: str, after: str, width: int) -> bool:
    """Whether a wrapped text's line was broken for want of room, wherever its sentence stands."""
    return bool(width) and _no_room(last, after, width) and not _ITEM.match(after)


def _block(text: str, start: int, end: int) -> Block:
    body = text[start:end]
    if _METADATA.match(body) and not _SENTENCE_END.search(body):
        return Block(start, end, start, "metadata")
    if len(body) < 300 and _CAPTION.search(body):
        return Block(start, end, start, "caption")
    found = _dateline(body)
    if found is not None:
        return Block(start, end, start + found[1], "body", (start + body.startswith("("), start + found[0]))
    alone = _ALONE.match(body)
    if alone is not None and re.search(r"\d", alone["day"] or "") and not _WEEKDAY.fullmatch(alone["city"]):
        return Block(start, end, end, "metadata", (start + alone.start("city"), start + alone.end("city")))
    lead = _LEAD_AGENCY.match(body) or _NUMBER.match(body)
    return Block(start, end, start + (lead.end() if lead else 0), "body")


def _dateline(body: str) -> tuple[int, int] | None:
    """Length of the city's name and of the whole dateline, when the paragraph starts with one."""
    m = _BRACKETED.match(body[:160])
    if m is not None:
        return len(m["city"]) + 1, m.end()
    m = _DATELINE.match(body[:160])
    if m is None:
        m = _BARE.match(body[:160]) if len(body) > _PROSE else None
        return (len(m["city"]), m.end()) if m is not None and places.city_country(m["city"].title()) else None
    city = m["city"]
    marked = m["agency"] or m["day"] or m["agency2"] or m["dash"] in ("—", "--", "―")
    # A bare "Word: " or "Name - " is a dateline only when the name is in capitals.
    if not marked and not city.split(",")[0].isupper():
        return None
    if m["dash"] in ("", ".") and not m["day"] and not (m["agency"] or "").startswith("/"):
        return None  # "Cambodian People's Party (CPP) President": a bracket alone makes no dateline
    if m["dash"] == ":" and not city.split(",")[0].isupper() and not (m["day"] and m["agency2"]):
        return None  # but "Antalya, March 3, 2024, The Europe Today: In …"
    if not m["dash"] and body[: m.end()].rstrip().endswith(".") and not (m["day"] and m["agency2"]) and not m["agency"]:
        return None  # "YEREVAN, 12 MARCH, ARMENPRESS. The …" is one, "He joined NATO. The …" none
    words = city.replace(",", " ").split()
    if len(words) > 6 or not all(w[0].isupper() or w in _SMALL for w in words) or words[0] in ("The", "A", "An", "In", "On", "At") or _WEEKDAY.fullmatch(words[0]):
        return None
    if m["dash"] in ("-", "–") and body[m.end() : m.end() + 1].isdigit() and body[m.end("dash") : m.end("dash") + 1].isdigit():
        return None  # "October 17-19" is a range, no dateline
    return len(city.split(",")[0]), m.end()


def _headlines(text: str, found: list[Block]) -> list[Block]:
    """Mark the first lines that end in no full stop, while prose follows, as headlines."""
    out = list(found)
    for i, block in enumerate(found[:3]):
        if block.kind != "body" or block.city or len(found) <= i + 1:
            break
        body = text[block.start : block.end]
        if len(body) > 220 or re.search(r"[.!?][\"')]*$", body):
            break
        out[i] = Block(block.start, block.end, block.body, "headline")
    return out


def end_mark(text: str, start: int, end: int) -> int:
    """Where the prose of ``text[start:end]`` stops, agency and end marks left out."""
    tail = text[max(start, end - 40) : end]
    m = _END_MARK.search(tail)
    if m is not None and not tail[m.end() :].strip():
        return max(start, end - 40) + m.start()
    return end
