"""Records as HTML: the templates, and the few words they need about values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from markupsafe import Markup

from memcon.export import briefs
from memcon.export.wording import country, label, language, period
from memcon.export.wording import day as wording_day
from memcon.follow.topics import label as topic
from memcon.web.contact import FAMILY, wording
from memcon.web.marking import shown

__all__ = ["assets", "link", "prepare", "render", "version"]

_CLIP: Final = 300
_LONGEST: Final = 300  # characters of a value in an address
_PATHS: Final = {"people": "person", "visits": "visit", "meetings": "meeting", "agreements": "agreement", "statements": "statement"}


class _Loader(BaseLoader):
    """Templates of the package, each read once."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:  # noqa: ARG002 — Jinja's signature
        found = files("memcon.web").joinpath("templates", template)
        if not found.is_file():
            raise TemplateNotFound(template)
        return found.read_text(encoding="utf-8"), template, lambda: True


def text(value: object) -> str:
    """A report's words on a page: no control characters, no overrides of direction."""
    return shown(str(value))


def clip(value: object, size: int = _CLIP) -> str:
    """A text cut to a length that a heading or a cell can hold."""
    words = " ".join(shown(str(value)).split())
    return words if len(words) <= size else words[: size - 1] + "…"


def link(identifier: str) -> str:
    """Where a thing's page is, by its id; a body's by its name or key."""
    if identifier.startswith("d-"):
        return f"/report/{identifier}"
    if identifier.startswith("k-"):
        return f"/commitment/{identifier}"
    if identifier.startswith("b:"):
        return f"/body/{quote(identifier[2:], safe='')}"
    return f"/{_PATHS[FAMILY[identifier.lstrip('c')[0]]]}/{identifier}"


def at(words: Any) -> str:
    """The page of a report, opened at words."""
    document = getattr(words, "report", "") if not hasattr(words, "document") else words.document
    return f"/report/{document}?at={words.start}-{words.end}#at"


def day(edtf: str) -> str:
    """An EDTF day as words, a day of an unknown month too.

    >>> day("XXXX-XX-04")
    'the 4th (month and year not known)'
    """
    m = re.fullmatch(r"(X{4}|\d{4})-XX-(\d\d)", edtf)
    if m is None:
        return wording_day(edtf)
    number = int(m[2])
    end = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"the {number}{end} ({'month and year' if m[1] == 'XXXX' else f'month of {m[1]}'} not known)"


def lasting(length: str) -> str:
    """A length of time (ISO 8601, in years or months) in words.

    >>> lasting("P2Y"), lasting("P1M")
    ('for 2 years', 'for 1 month')
    """
    number, unit = length[1:-1], {"Y": "year", "M": "month"}.get(length[-1:], "")
    return f"for {number} {unit}{'' if number == '1' else 's'}" if unit else length


def in_order(known: Mapping[str, Any], ids: Iterable[str]) -> list[Any]:
    """Of things by id, those with some ids, in that order."""
    return [known[i] for i in ids if i in known]


def body_link(name: str) -> str:
    """A body's page."""
    return f"/body/{quote(name[:_LONGEST], safe='')}"


def outside(url: str | None) -> str | None:
    """An address that a report gives, if it is one of the web; anything else is no link."""
    return url if url and url.lower().startswith(("https://", "http://")) and url.isprintable() and " " not in url else None


def asked(params: Mapping[str, Any], **changes: Any) -> str:
    """The query of an address with some values changed; None takes one away, and the place in the list goes with any change."""
    kept = {k: str(v)[:_LONGEST] for k, v in {**params, "after": None, **changes}.items() if v not in (None, "")}
    if changes.get("after"):
        kept["after"] = changes["after"]
    return ("?" + urlencode(kept)) if kept else "?"


@cache
def _environment() -> Environment:
    env = Environment(loader=_Loader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    env.filters.update(
        t=text, clip=clip, label=label, country=country, day=day, language=language, link=link, at=at, body_link=body_link, outside=outside, in_order=in_order, lasting=lasting
    )
    env.globals.update(period=period, wording=wording, asked=asked, version=version(), wordings={"label": label, "country": country, "plain": str, "topic": topic})
    env.finalize = lambda x: x if isinstance(x, Markup) or not isinstance(x, str) else shown(x)
    return env


@cache
def version() -> str:
    """The version of memcon; asking for it reads a file."""
    return metadata.version("memcon")


def render(name: str, **values: Any) -> str:
    """A page."""
    return _environment().get_template(name).render(**values)


def prepare() -> None:
    """Read and compile every template, which the first page of each kind would otherwise wait for."""
    for found in files("memcon.web").joinpath("templates").iterdir():
        if found.name.endswith(".html"):
            _environment().get_template(found.name)


@cache
def assets() -> Mapping[str, tuple[str, bytes]]:
    """Style, scripts and pictures by name, with their types: all that is served as a file."""
    kinds = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
    root = files("memcon.web").joinpath("static")
    shared = {"brief.css": (kinds["css"], briefs.style_sheet().encode())}  # as the files that are made of a brief have it
    return shared | {f.name: (kinds[f.name.rsplit(".", 1)[-1]], f.read_bytes()) for f in root.iterdir() if f.is_file() and f.name.rsplit(".", 1)[-1] in kinds}
